/** How a field is filled in; each has a component in `fields/`. */
export const INPUTS = [
  'text',
  'longText',
  'message',
  'number',
  'value',
  'boolean',
  'choice',
  'several',
  'names',
  'list',
  'choices',
  'variants',
  'object',
  'condition',
  'assignments',
  'pairs',
  'json',
  'body',
  'code',
  'duration',
  'date',
  'time',
  'timezone',
  'days',
  'hours',
  'holidays',
  'media',
  'header',
  'template',
  'emoji',
  'flow',
  'version',
  'node',
  'variable',
  'country',
  'way',
] as const;
export type InputName = (typeof INPUTS)[number];

/** One setting of a node as its form shows it; words are English and keys of the words of node types. */
export interface Field {
  key: string;
  input: InputName;
  label: string;
  hint: string | null;
  placeholder: string | null;
  isRequired: boolean;
  /** What counts while nothing is set. */
  fallback: unknown;
  /** Null as a value says something of its own, such as "take it away". */
  isNullable: boolean;
  maxLength: number | null;
  /** Of a number, or of how many items. */
  least: number | null;
  most: number | null;
  isWhole: boolean;
  options: readonly { value: string; label: string }[];
  /** Of an object. */
  fields: readonly Field[];
  /** Of a list's items. */
  item: Field | null;
  /** Of a list whose items are of several sorts: the key that tells them apart, and the fields of each. */
  tag: string | null;
  variants: readonly { value: string; fields: readonly Field[] }[];
  isRare: boolean;
}
