import type { Field, InputName } from './field.ts';

/** A field that no schema of a node describes, such as a setting of the bot. Its words are in the person's language already. */
export const plainField = (key: string, input: InputName, more: Partial<Field> = {}): Field => ({
  key,
  input,
  label: '',
  hint: null,
  placeholder: null,
  isRequired: false,
  fallback: undefined,
  isNullable: false,
  maxLength: null,
  least: null,
  most: null,
  isWhole: false,
  options: [],
  fields: [],
  item: null,
  tag: null,
  variants: [],
  isRare: false,
  ...more,
});
