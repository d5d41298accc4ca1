import { useMutation, useQueryClient } from '@tanstack/react-query';
import { errorsAt } from '../api/field-errors.ts';
import { errorWords } from '../ui/error-words.ts';
import { clearAddress } from '../ui/use-address.ts';
import { type FieldCheck, useFields } from '../ui/use-fields.ts';

/** A form that ends with somebody being signed in; what the server refuses appears at its field, the rest above. */
export function useAccountForm<Name extends string>(
  initial: Record<Name, string>,
  checks: Partial<Record<Name, FieldCheck>>,
  send: (values: Record<Name, string>) => Promise<unknown>,
) {
  const client = useQueryClient();
  const fields = useFields(initial, checks, true);
  const sending = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      clearAddress(); // a used token has no business in the history
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      await client.resetQueries({ queryKey: ['me'] });
    },
    onError: (error) => fields.setErrors(errorsAt(error, fields.isField)),
  });
  const refused = sending.error && Object.keys(errorsAt(sending.error, fields.isField)).length === 0;
  return {
    form: fields.form,
    field: fields.field,
    onSubmit: fields.onSubmit((values) => sending.mutate(values)),
    isSending: sending.isPending,
    trouble: refused ? errorWords(sending.error) : null,
  };
}
