import type { FieldProps } from './field-props.ts';

/** A choice's id is a port and is made from its words: nobody fills it in. */
export function Way(_: FieldProps) {
  return null;
}
