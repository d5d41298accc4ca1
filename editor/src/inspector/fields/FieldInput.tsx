import { memo } from 'react';
import { useNodeWords } from '../../ui/node-words.ts';
import type { Field } from '../form/field.ts';
import { useForm } from '../form/form-context.ts';
import type { Path } from '../form/paths.ts';

interface FieldInputProps {
  field: Field;
  path: Path;
  label?: string;
}

/** The input that a field has, with its label in the person's language. Not drawn again because one beside it was. */
export const FieldInput = memo(function FieldInput({ field, path, label }: FieldInputProps) {
  const words = useNodeWords();
  const Input = useForm().inputs[field.input];
  return <Input field={field} path={path} label={label ?? words(field.label || field.key)} />;
}, isSame);

function isSame(before: FieldInputProps, after: FieldInputProps): boolean {
  const isSamePath =
    before.path.length === after.path.length && before.path.every((part, at) => part === after.path[at]);
  return isSamePath && before.field === after.field && before.label === after.label;
}
