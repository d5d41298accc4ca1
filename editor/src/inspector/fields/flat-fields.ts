import { isObject } from '@parley/runtime';
import { asValue } from './as-text.ts';

export type FlatValue = string | number | boolean;

/** The names and values of an object that holds nothing deeper; none of what is not there; null where rows cannot show it. */
export function flatFields(value: unknown): [name: string, value: FlatValue][] | null {
  if (value === undefined || value === '') return [];
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  return entries.every((entry): entry is [string, FlatValue] => isFlat(entry[1])) ? entries : null;
}

const isFlat = (value: unknown): value is FlatValue => ['string', 'number', 'boolean'].includes(typeof value);

/**
 * What was typed into a row, as JSON holds it: `12` and `true` are a number and a yes. Where the row held them as a text,
 * such as a postcode, it stays a text.
 */
export function flatValue(text: string, before: unknown): FlatValue {
  const meant = readFlat(text);
  const wasText = typeof before === 'string' && before !== '' && typeof readFlat(before) !== 'string';
  return wasText ? text : meant;
}

const readFlat = (text: string): FlatValue => (text === 'true' ? true : text === 'false' ? false : asValue(text));
