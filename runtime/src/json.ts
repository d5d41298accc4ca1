/** A value that survives `JSON.parse(JSON.stringify(value))` unchanged: everything that a session remembers. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Names that would reach an object's prototype; they are never a variable, a node or a property. */
const PROTOTYPE_NAMES = new Set(Object.getOwnPropertyNames(Object.prototype));

export const isPrototypeName = (name: string): boolean => PROTOTYPE_NAMES.has(name);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads `a.b.c` by own properties only, so that `__proto__` and `constructor` are simply not there. */
export function readPath(root: unknown, path: string): unknown {
  let value = root;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** A copy of `root` with `a.b.c` set; the segments between become objects. Prototype names are refused by the schema of variable names. */
export function writePath(root: JsonObject, path: string, value: Json): JsonObject {
  const [head = '', ...rest] = path.split('.');
  if (isPrototypeName(head)) return root;
  if (rest.length === 0) return { ...root, [head]: value };
  const child = Object.hasOwn(root, head) ? root[head] : undefined;
  return { ...root, [head]: writePath(isObject(child) ? (child as JsonObject) : {}, rest.join('.'), value) };
}

/** Both objects in one: where both hold an object under a key, those are merged as well, else the second wins. */
export function mergeObjects(first: JsonObject, second: JsonObject): JsonObject {
  const merged = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = Object.hasOwn(first, key) ? first[key] : undefined;
    merged[key] = isObject(before) && isObject(value) ? mergeObjects(before as JsonObject, value as JsonObject) : value;
  }
  return merged;
}

/** How deep a value may nest: documents of the store end at 100 levels, and a session's memory lies some levels down. */
export const MAX_DEPTH = 64;

/** The size of a value as JSON in characters, counted no further than `limit`; beyond it, or nested too deep, `Infinity`. */
export function jsonSize(value: unknown, limit: number, depth = MAX_DEPTH): number {
  if (typeof value === 'string') return value.length + 2 <= limit ? value.length + 2 : Infinity;
  if (typeof value !== 'object' || value === null) return 5;
  if (depth === 0) return Infinity;
  let size = 2;
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    size += (Array.isArray(value) ? 1 : key.length + 4) + jsonSize(item, limit - size, depth - 1);
    if (size > limit) return Infinity;
  }
  return size;
}

/** Bytes of a text as UTF-8, in which everything is stored. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** JSON with sorted keys: equal values give equal text, whatever order their keys were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${entries.join(',')}}`;
}

/** A 53-bit hash of a text, quick and good enough to tell changes apart; never used against an adversary. */
export function quickHash(text: string, seed = 0): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
