import { isObject, type Json, type JsonObject } from '@parley/runtime';

/** What surrounds the facts and tells nothing of them. */
const ENVELOPE = new Set(['messaging_product', 'metadata', 'contacts']);
const DEEPEST = 4; // levels: `restriction_info[].restriction_type` has three
const MOST = 50; // entries of one list or object: a chunk of history holds thousands, and `raw` has them all
const LONGEST = 1_000; // characters of one text

/**
 * What a field tells, in Meta's own names, small enough to be read at once. Ids come as text whatever they were: a
 * template's is a bare number, in some samples a small one, that may exceed 2^53.
 */
export const factsOf = (value: unknown): JsonObject => {
  if (!isObject(value)) return {};
  const told = Object.entries(value).filter(([name]) => !ENVELOPE.has(name));
  return copyOf(Object.fromEntries(told), '', DEEPEST) as JsonObject;
};

function copyOf(value: unknown, name: string, levels: number): Json {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  if (typeof value === 'number') return isId(name) ? String(value) : value;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return levels === 0 ? [] : value.slice(0, MOST).map((one) => copyOf(one, name, levels - 1));
  if (!isObject(value) || levels === 0) return null;
  const entries = Object.entries(value).slice(0, MOST);
  return Object.fromEntries(entries.map(([key, one]) => [key, copyOf(one, key, levels - 1)]));
}

const isId = (name: string): boolean => name === 'id' || name.endsWith('_id') || name.endsWith('_ids');
