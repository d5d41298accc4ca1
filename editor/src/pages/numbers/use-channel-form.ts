import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/channels.ts';
import { errorsAt } from '../../api/field-errors.ts';
import { errorWords } from '../../ui/error-words.ts';
import { type FieldCheck, useFields } from '../../ui/use-fields.ts';
import { type FieldName, OPTIONAL, SECRET } from './channel-fields.ts';
import { NUMBERS } from './use-numbers.ts';

interface Form {
  names: readonly FieldName[];
  initial?: Partial<Record<string, string>>;
  /** Whether an empty secret means the stored one. */
  keepsSecrets?: boolean;
  send: (values: Record<string, string>) => Promise<Channel>;
  onDone: (channel: Channel) => void;
}

/** A form of a number's fields; what the server refuses appears at its field, the rest above. */
export function useChannelForm({ names, initial = {}, keepsSecrets = false, send, onDone }: Form) {
  const { t } = useTranslation('numbers');
  const client = useQueryClient();
  const needed: FieldCheck = (value) => (value.trim() ? null : t('missing'));
  const isNeeded = (name: FieldName) => !OPTIONAL.has(name) && !(keepsSecrets && SECRET.has(name));
  const empty: Record<string, string> = Object.fromEntries(names.map((name) => [name, initial[name] ?? '']));
  const checks: Record<string, FieldCheck> = Object.fromEntries(names.filter(isNeeded).map((name) => [name, needed]));
  const fields = useFields(empty, checks);
  const sending = useMutation({
    mutationFn: send,
    onSuccess: async (channel) => {
      fields.clear(names.filter((name) => SECRET.has(name)));
      await client.invalidateQueries({ queryKey: NUMBERS });
      onDone(channel);
    },
    onError: (error) => fields.setErrors(errorsAt(error, fields.isField)),
  });
  const atFields = sending.error ? Object.keys(errorsAt(sending.error, fields.isField)).length : 0;
  return {
    form: fields.form,
    field: fields.field,
    onSubmit: fields.onSubmit((values) => sending.mutate(filled(values))),
    isSending: sending.isPending,
    trouble: sending.error && atFields === 0 ? errorWords(sending.error) : null,
  };
}

/** Without the fields that were left empty: they stay as they are. */
const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
