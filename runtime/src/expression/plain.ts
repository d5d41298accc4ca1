import { type Json, type JsonObject, MAX_DEPTH } from '../json.ts';
import type { Rendering } from './rendering.ts';
import { valueToNumber } from './value.ts';

/** NUL, which stores and providers refuse; overrides of direction, with which a name turns the rest of a message; halves of pairs. */
const UNWELCOME = /[\0\u{202d}\u{202e}\p{Cs}]/u;
const ALL_UNWELCOME = new RegExp(UNWELCOME, 'gu');

/** A text that every store and provider keeps as it is. Half a pair of surrogates becomes U+FFFD, as in UTF-8. */
export function plainText(text: string): string {
  if (!UNWELCOME.test(text)) return text;
  return text.toWellFormed().replace(ALL_UNWELCOME, '');
}

/**
 * The value as JSON: the same object where it is already, a copy where something had to go. Functions and what else is no
 * JSON become null, -0 becomes 0, `__proto__` is left out, what nests deeper than a session may remember becomes null.
 * Throws `TemplateLimit` where there is more than the budget lets read.
 */
export function plainJson(value: unknown, rendering: Rendering): Json {
  return plain(value, { rendering, cells: 0 }, MAX_DEPTH);
}

interface Walk {
  rendering: Rendering;
  cells: number;
}
const CELLS_AT_ONCE = 256; // paid together: a small value costs nothing

function plain(value: unknown, walk: Walk, depth: number): Json {
  if (typeof value === 'string') return plainText(value);
  if (typeof value === 'number') return valueToNumber(value);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  return Array.isArray(value) ? plainList(value, walk, depth) : plainObject(value, walk, depth);
}

function pay(walk: Walk): void {
  walk.cells += 1;
  if (walk.cells % CELLS_AT_ONCE === 0) walk.rendering.reads(CELLS_AT_ONCE);
}

function plainList(list: readonly unknown[], walk: Walk, depth: number): Json {
  let copy: Json[] | null = null;
  for (let i = 0; i < list.length; i++) {
    pay(walk);
    const item = plain(list[i], walk, depth - 1);
    if (copy === null && !Object.is(item, list[i])) copy = list.slice(0, i) as Json[];
    copy?.push(item);
  }
  return copy ?? (list as Json[]);
}

function plainObject(object: object, walk: Walk, depth: number): Json {
  const prototype: unknown = Object.getPrototypeOf(object);
  let same = prototype === Object.prototype || prototype === null;
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(object)) {
    pay(walk);
    const kept = key === '__proto__' || item === undefined || typeof item === 'function';
    if (!kept) entries.push([key, plain(item, walk, depth - 1)]);
    if (kept || !Object.is(entries.at(-1)?.[1], item)) same = false;
  }
  return same ? (object as JsonObject) : Object.fromEntries(entries);
}
