import { useNodeWords } from '../../ui/node-words.ts';
import type { Field } from '../form/field.ts';
import { useForm } from '../form/form-context.ts';
import type { Path } from '../form/paths.ts';

/** The input that a field has, with its label in the person's language. */
export function FieldInput({ field, path, label }: { field: Field; path: Path; label?: string }) {
  const words = useNodeWords();
  const Input = useForm().inputs[field.input];
  return <Input field={field} path={path} label={label ?? words(field.label || field.key)} />;
}
