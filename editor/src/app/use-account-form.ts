import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RequestError } from '../api/request.ts';
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
    onError: (error) => fields.setErrors(atFields(error, fields.isField)),
  });
  const refused = sending.error && Object.keys(atFields(sending.error, fields.isField)).length === 0;
  return {
    form: fields.form,
    field: fields.field,
    onSubmit: fields.onSubmit((values) => sending.mutate(values)),
    isSending: sending.isPending,
    trouble: refused ? sending.error.message : null,
  };
}

/** `/email` belongs to the field `email`; its label names it, so its name is taken off the words. */
function atFields<Name extends string>(error: Error, isField: (name: string) => name is Name) {
  const found: Partial<Record<Name, string>> = {};
  for (const { path, message } of error instanceof RequestError ? error.errors : []) {
    const name = path.slice(1);
    if (isField(name)) found[name] = message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
  }
  return found;
}
