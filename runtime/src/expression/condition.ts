import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { fold } from './fold.ts';
import { matchesPattern } from './pattern.ts';
import { valueToNumber, valueToText } from './value.ts';

export { compilePattern, matchesPattern } from './pattern.ts';

export const OPERATORS = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'greaterThan',
  'greaterOrEqual',
  'lessThan',
  'lessOrEqual',
  'between',
  'before',
  'after',
  'isEmpty',
  'isNotEmpty',
  'in',
  'notIn',
  'hasAny',
  'hasAll',
  'isPhone',
  'isEmail',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Both sides are templates; `right` is a list for `in`, `notIn`, `hasAny`, `hasAll`, and two values for `between`. */
export const Condition = z
  .object({
    left: z.union([z.string(), z.number(), z.boolean()]).meta({ label: 'Value' }),
    operator: z.enum(OPERATORS),
    right: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
    caseSensitive: z.boolean().optional(),
  })
  .meta({ input: 'condition' });
export type Condition = z.infer<typeof Condition>;

const MAX_EMAIL = 254; // characters, RFC 5321; the expression below takes quadratic time
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

interface Compared {
  left: unknown;
  right: unknown;
  caseSensitive?: boolean;
}

/** Whether a condition holds. Text ones fold case and accents unless told not to; two numbers compare as numbers. */
export function holds(operator: Operator, { left, right, caseSensitive = false }: Compared): boolean {
  const text = caseSensitive ? exactText : foldedText;
  const same = (a: unknown, b: unknown) => memberOf([a], text)(b);
  const [from, to] = listOf(right);
  switch (operator) {
    case 'equals':
      return same(left, right);
    case 'notEquals':
      return !same(left, right);
    case 'contains':
      return memberOf(listOf(left, false), text)(right) || text(left).includes(text(right));
    case 'notContains':
      return !holds('contains', { left, right, caseSensitive });
    case 'startsWith':
      return text(left).startsWith(text(right));
    case 'endsWith':
      return text(left).endsWith(text(right));
    case 'matches':
      return matchesPattern(valueToText(right), valueToText(left), caseSensitive);
    case 'greaterThan':
      return ordered(left, right, (sign) => sign > 0);
    case 'greaterOrEqual':
      return ordered(left, right, (sign) => sign >= 0);
    case 'lessThan':
      return ordered(left, right, (sign) => sign < 0);
    case 'lessOrEqual':
      return ordered(left, right, (sign) => sign <= 0);
    case 'between':
      return ordered(left, from, (sign) => sign >= 0) && ordered(left, to, (sign) => sign <= 0);
    case 'before':
      return dated(left, right, (sign) => sign < 0);
    case 'after':
      return dated(left, right, (sign) => sign > 0);
    case 'isEmpty':
      return isEmpty(left);
    case 'isNotEmpty':
      return !isEmpty(left);
    case 'in':
      return memberOf(listOf(right), text)(left);
    case 'notIn':
      return !holds('in', { left, right, caseSensitive });
    case 'hasAny':
      return listOf(right).some(memberOf(listOf(left), text));
    case 'hasAll':
      return listOf(right).every(memberOf(listOf(left), text));
    case 'isPhone':
      return parsePhoneNumberFromString(valueToText(left))?.isValid() ?? false;
    case 'isEmail':
      return isEmail(valueToText(left).trim());
  }
}

/**
 * Whether a value is the same as one of a list. Each item is read once, so that two long lists take the sum of their
 * lengths and not the product.
 */
function memberOf(list: unknown[], text: (value: unknown) => string): (value: unknown) => boolean {
  const [only] = list;
  if (list.length === 1) return sameAs(only, text);
  const numbers = new Set<number>();
  const texts = new Set<string>();
  const wordsOnly = new Set<string>(); // texts of what is no number
  for (const item of list) {
    const number = exactNumber(item);
    const words = text(item);
    texts.add(words);
    if (number === null) wordsOnly.add(words);
    else numbers.add(number);
  }
  return (value) => {
    const number = exactNumber(value);
    return number === null ? texts.has(text(value)) : numbers.has(number) || wordsOnly.has(text(value));
  };
}

/** Whether a value equals this one, as `equals` does; this one is folded once, for all that are compared with it. */
export function sameAs(wanted: unknown, text = foldedText): (value: unknown) => boolean {
  const number = exactNumber(wanted);
  let words: string | null = null;
  return (value) => {
    const other = number === null ? null : exactNumber(value);
    if (number !== null && other !== null) return number === other;
    words ??= text(wanted);
    return words === text(value);
  };
}

const exactText = (value: unknown): string => valueToText(value).trim();
const foldedText = (value: unknown): string => fold(valueToText(value));

/** Beyond 2^53 neighbours are the same number: ids of 17 digits and more compare as texts. */
function exactNumber(value: unknown): number | null {
  const number = valueToNumber(value);
  return number !== null && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null;
}

const isEmail = (text: string): boolean => text.length <= MAX_EMAIL && EMAIL.test(text);

/** A text with commas reads as a list, so that `in` works with `red, green`. */
function listOf(value: unknown, split = true): unknown[] {
  if (Array.isArray(value)) return value;
  if (split && typeof value === 'string' && value.includes(',')) return value.split(',').map((one) => one.trim());
  return value === null || value === undefined || value === '' || !split ? [] : [value];
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object'
      ? Object.keys(value).length === 0
      : valueToText(value).trim() === '');

function ordered(left: unknown, right: unknown, holdsFor: (sign: number) => boolean): boolean {
  const [a, b] = [valueToNumber(left), valueToNumber(right)];
  if (a !== null && b !== null) return holdsFor(Math.sign(a - b));
  return dated(left, right, holdsFor);
}

function dated(left: unknown, right: unknown, holdsFor: (sign: number) => boolean): boolean {
  const [a, b] = [
    DateTime.fromISO(valueToText(left), { zone: 'utc' }),
    DateTime.fromISO(valueToText(right), { zone: 'utc' }),
  ];
  return a.isValid && b.isValid && holdsFor(Math.sign(a.toMillis() - b.toMillis()));
}
