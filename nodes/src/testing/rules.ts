import type { z } from 'zod';

export type Path = (string | number)[];

/** One constraint of a type's config, as its schema declares it. */
export interface Rule {
  /** Where and what, as a person would say it: `buttons[].title longest 20`. The same for every value. */
  name: string;
  kind:
    | 'longest'
    | 'shortest'
    | 'most items'
    | 'fewest items'
    | 'highest'
    | 'lowest'
    | 'whole'
    | 'pattern'
    | 'one of'
    | 'known fields'
    | 'own';
  limit: number;
  pattern: RegExp | null;
}

/** A rule at work on a value of a config. `key` where it speaks of the name of a record's entry. */
export interface Applied {
  rule: Rule;
  path: Path;
  value: unknown;
  key: boolean;
}

type Schema = z.core.$ZodType;
type Given = { value: unknown; path: Path } | null;

/** zod's own bounds of a whole number: no limit of ours. */
const SAFE = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

/**
 * Every constraint of a schema, where `given` is null; else those that a config meets. Only `z.json()` is not looked into:
 * it takes whatever JSON holds.
 */
export function* rulesOf(schema: Schema, given: Given, at = '', key = false): Generator<Applied> {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  if (given && given.value === undefined) return;
  for (const [kind, limit, pattern] of checksOf(schema)) yield applied(kind, limit, pattern, given, at, key);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      if (given?.value !== null) yield* rulesOf(def.innerType, given, at, key);
      return;
    case 'pipe':
      yield* rulesOf(def.in, given, at, key);
      return;
    case 'enum':
    case 'literal':
      yield applied('one of', 0, null, given, at, key);
      return;
    case 'union':
      for (const [index, option] of def.options.entries())
        if (!given || fits(option, given.value)) yield* rulesOf(option, given, `${at}|${index}`, key);
      return;
    case 'object':
      if (def.catchall) yield applied('known fields', 0, null, given, at, key);
      for (const [field, inner] of Object.entries(def.shape))
        yield* rulesOf(inner, within(given, field), at === '' ? field : `${at}.${field}`);
      return;
    case 'array':
      if (!given) yield* rulesOf(def.element, null, `${at}[]`);
      else for (const index of indexesOf(given.value)) yield* rulesOf(def.element, within(given, index), `${at}[]`);
      return;
    case 'tuple':
      for (const [index, item] of def.items.entries()) yield* rulesOf(item, within(given, index), `${at}[${index}]`);
      return;
    case 'record':
      yield* recordRules(def, given, at);
  }
}

function* recordRules(def: z.core.$ZodRecordDef, given: Given, at: string): Generator<Applied> {
  if (!given) {
    yield* rulesOf(def.keyType, null, `${at}{name}`, true);
    yield* rulesOf(def.valueType, null, `${at}{}`);
    return;
  }
  for (const name of Object.keys(given.value as object)) {
    yield* rulesOf(def.keyType, { value: name, path: [...given.path, name] }, `${at}{name}`, true);
    yield* rulesOf(def.valueType, within(given, name), `${at}{}`);
  }
}

function applied(kind: Rule['kind'], limit: number, pattern: RegExp | null, given: Given, at: string, key: boolean) {
  const amount = kind === 'pattern' ? ` ${pattern?.source}` : limit === 0 ? '' : ` ${limit}`;
  const rule = { name: `${at || 'config'} ${kind}${amount}`, kind, limit, pattern };
  return { rule, path: given?.path ?? [], value: given?.value, key };
}

const within = (given: Given, key: string | number): Given =>
  given && {
    value: (given.value as Record<string | number, unknown> | undefined)?.[key],
    path: [...given.path, key],
  };

const indexesOf = (value: unknown): number[] => (Array.isArray(value) ? [...value.keys()] : []);

const fits = (option: Schema, value: unknown): boolean => (option as z.ZodType).safeParse(value).success;

/** What a schema checks itself, without what is inside it. */
export function* checksOf(schema: Schema): Generator<[Rule['kind'], number, RegExp | null]> {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  const items = def.type === 'array';
  // A limit that is checked only where there are no templates declares itself in the schema's meta (limitedText)
  const declared = (schema as z.ZodType).meta?.()?.maxLength;
  let own = 0;
  const checks = [...(def.checks ?? [])] as z.core.$ZodChecks[];
  // `z.int()` and `z.iso.date()` are checks themselves
  if ('check' in def) checks.push(schema as never);
  for (const check of checks) {
    const one = check._zod.def;
    if (one.check === 'max_length') yield [items ? 'most items' : 'longest', one.maximum, null];
    else if (one.check === 'min_length') {
      if (one.minimum > 0) yield [items ? 'fewest items' : 'shortest', one.minimum, null];
    } else if (one.check === 'less_than' && !SAFE.has(Number(one.value))) yield ['highest', Number(one.value), null];
    else if (one.check === 'greater_than' && !SAFE.has(Number(one.value))) yield ['lowest', Number(one.value), null];
    else if (one.check === 'number_format') yield ['whole', 0, null];
    else if (one.check === 'string_format') yield ['pattern', 0, one.pattern ?? null];
    else if (isOwn(one)) own++;
  }
  if (typeof declared === 'number' && def.type === 'string') {
    yield ['longest', declared, null];
    own--;
  }
  if (own > 0) yield ['own', 0, null];
}

/** `refine`, `superRefine` and `check`: rules that only their own code knows. */
const isOwn = ({ check }: { check: string }): boolean => check === 'custom';
