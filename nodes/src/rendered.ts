import { type Json, type JsonObject, jsonSize, limitedText, valueToText } from '@parley/runtime';
import { z } from 'zod';

/** Of a tag, a group, a label, a team: what still fits on a chip in a list. */
export const MAX_NAME = 100;
/** Names that one node adds or removes. */
const MAX_NAMES = 100;

export const NameList = z.array(limitedText(MAX_NAME)).max(MAX_NAMES).default([]);

/**
 * The names of a list whose templates were rendered: a lone `{{list}}` counts as its items, empty ones fall away, each
 * counts once. Throws words for the author where one is too long, or where they are too many.
 */
export function namesOf(list: readonly Json[], what: string): string[] {
  const names = new Set(list.flat().map((one) => valueToText(one).trim()));
  names.delete('');
  if (names.size > MAX_NAMES)
    throw new Error(`${names.size} ${what}s are too many at once. Give at most ${MAX_NAMES}.`);
  for (const name of names) textOf(name, MAX_NAME, what);
  return [...names];
}

/** A text as its template was rendered, without blanks around it. Throws words for the author where it is too long. */
export function textOf(text: string, limit: number, what: string): string {
  const given = text.trim();
  if (given.length > limit)
    throw new Error(`The ${what} "${given.slice(0, 40)}…" has ${given.length} characters. Keep it to ${limit}.`);
  return given;
}

/** Values as their templates were rendered. Throws words for the author where they are larger than `limit` characters of JSON. */
export function mustFit(values: JsonObject, limit: number, what: string): JsonObject {
  if (jsonSize(values, limit) < Infinity) return values;
  throw new Error(`The ${what} take more than ${limit} characters. Give less.`);
}
