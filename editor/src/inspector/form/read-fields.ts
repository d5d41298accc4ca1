import type { NodeType } from '@parley/runtime';
import { z } from 'zod';
import { LABELS, OPTION_LABELS } from '../../ui/node-types/labels.ts';
import { type Field, INPUTS, type InputName } from './field.ts';
import { RARE } from './rare.ts';

type Schema = z.core.$ZodType;

/** What wrappers and `.meta()` say about a schema, the outer ones winning. */
interface Told {
  label?: string;
  hint?: string;
  placeholder?: string;
  input?: string;
  options?: Record<string, string>;
  maxLength?: number;
}
interface Unwrapped {
  schema: z.core.$ZodTypes;
  told: Told;
  isRequired: boolean;
  isNullable: boolean;
  fallback: unknown;
}

/** The form of a node type, read from its schema: one field for each setting, in the schema's order. */
export function readFields(type: NodeType): Field[] {
  const isChat = type.group === 'chat';
  return fieldsOf(type.schema, isChat);
}

const fieldsOf = (schema: Schema, isChat: boolean): Field[] => {
  const { schema: inner } = unwrap(schema);
  const { def } = inner._zod;
  return def.type === 'object'
    ? Object.entries(def.shape).map(([key, value]) => fieldOf(key, value as Schema, isChat))
    : [];
};

function fieldOf(key: string, given: Schema, isChat: boolean): Field {
  const { schema, told, isRequired, isNullable, fallback } = unwrap(given);
  const { def } = schema._zod;
  const limits = limitsOf(schema);
  const input = inputOf(schema, told, isChat);
  const options = def.type === 'enum' ? Object.values(def.entries) : def.type === 'literal' ? def.values : [];
  const inner = def.type === 'array' ? unwrap(def.element as Schema).schema : null;
  const choices = inner?._zod.def.type === 'enum' ? Object.values(inner._zod.def.entries) : options;
  return {
    key,
    input,
    label: told.label ?? LABELS[key] ?? '',
    hint: told.hint ?? null,
    placeholder: told.placeholder ?? null,
    isRequired,
    fallback,
    isNullable,
    maxLength: told.maxLength ?? (def.type === 'string' ? limits.most : null),
    least: def.type === 'string' ? null : limits.least,
    most: def.type === 'string' ? null : limits.most,
    isWhole: def.type === 'number' && 'format' in def,
    options: choices.map(String).map((value) => ({
      value,
      label: told.options?.[value] ?? OPTION_LABELS[value] ?? value,
    })),
    fields: def.type === 'object' ? fieldsOf(schema, isChat) : [],
    item: def.type === 'array' ? fieldOf('', def.element as Schema, isChat) : null,
    ...variantsOf(inner, isChat),
    isRare: RARE.has(key) && !isRequired,
  };
}

/** Of a number, of a text's characters or of a list's items, as the checks of its schema say. */
function limitsOf({ _zod: { def } }: z.core.$ZodTypes): { least: number | null; most: number | null } {
  const found: { least: number | null; most: number | null } = { least: null, most: null };
  for (const one of def.checks ?? []) {
    const check = one._zod.def as { check: string; value?: number; minimum?: number; maximum?: number };
    if (check.check === 'greater_than') found.least = check.value ?? null;
    if (check.check === 'less_than') found.most = check.value ?? null;
    if (check.check === 'min_length') found.least = check.minimum ?? null;
    if (check.check === 'max_length') found.most = check.maximum ?? null;
  }
  return found;
}

function inputOf(schema: z.core.$ZodTypes, told: Told, isChat: boolean): InputName {
  if (told.input === 'textarea') return isChat ? 'message' : 'longText';
  if (isInput(told.input)) return told.input;
  const { def } = schema._zod;
  switch (def.type) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'enum':
    case 'literal':
      return 'choice';
    case 'object':
      return 'object';
    case 'record':
      return isScalar(def.valueType as Schema) ? 'pairs' : 'assignments';
    case 'array':
      return listInput(def.element as Schema);
    case 'union':
      return unionInput(def.options as readonly Schema[]);
    default:
      return 'json';
  }
}

const isInput = (name: string | undefined): name is InputName => (INPUTS as readonly string[]).includes(name ?? '');

function listInput(element: Schema): InputName {
  const { def } = unwrap(element).schema._zod;
  if (def.type === 'string') return 'names';
  if (def.type === 'enum') return 'several';
  if (def.type === 'object') return 'list';
  return def.type === 'union' && 'discriminator' in def ? 'variants' : 'json';
}

function unionInput(options: readonly Schema[]): InputName {
  const types = options.map((one) => unwrap(one).schema._zod.def.type);
  if (types.every((type) => ['string', 'number', 'boolean'].includes(type))) return 'value';
  if (types.includes('literal') && types.includes('number')) return 'version';
  if (types.includes('array') && types.includes('string')) return 'names';
  return 'json';
}

function isScalar(schema: Schema): boolean {
  const { def } = unwrap(schema).schema._zod;
  return def.type === 'string' || (def.type === 'union' && def.options.every((one) => isPlain(one as Schema)));
}
const isPlain = (schema: Schema): boolean => ['string', 'number', 'boolean'].includes(schema._zod.def.type);

function variantsOf(element: z.core.$ZodTypes | null, isChat: boolean): Pick<Field, 'tag' | 'variants'> {
  const def = element?._zod.def;
  if (def?.type !== 'union' || !('discriminator' in def)) return { tag: null, variants: [] };
  const tag = String(def.discriminator);
  const variants = def.options.map((one) => {
    const option = one as z.core.$ZodObject;
    const [value] = (option._zod.def.shape[tag] as z.core.$ZodLiteral)._zod.def.values;
    return { value: String(value), fields: fieldsOf(option, isChat).filter(({ key }) => key !== tag) };
  });
  return { tag, variants };
}

/** Goes through what only wraps: optional, default, nullable. */
function unwrap(given: Schema): Unwrapped {
  let schema = given as z.core.$ZodTypes;
  const layers: Told[] = [told(schema)];
  let isRequired = true;
  let isNullable = false;
  let fallback: unknown;
  for (;;) {
    const { def } = schema._zod;
    if (!('innerType' in def)) break;
    if (def.type === 'nullable') isNullable = true;
    else isRequired = false;
    if (def.type === 'default' || def.type === 'prefault') fallback = def.defaultValue;
    schema = def.innerType as z.core.$ZodTypes;
    layers.unshift(told(schema));
  }
  return { schema, told: Object.assign({}, ...layers) as Told, isRequired, isNullable, fallback };
}

const told = (schema: Schema): Told => (z.globalRegistry.get(schema) ?? {}) as Told;
