import { emptyArrayKey, keyOf } from '../bson/key.ts';
import { isIndex, type Path, visitPath } from '../bson/path.ts';
import { type Doc, doc, isDoc, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import type { IndexField, IndexSpec } from './spec.ts';

/** What an index holds for one document. `multikey` says that an array was met, which limits the planner. */
export interface IndexKeys {
  keys: Buffer[];
  multikey: boolean;
}

const MAX_KEYS = 50_000; // of one document in one index

const tooManyKeys = (name: string) =>
  new Refusal(171, `a document has more than ${MAX_KEYS} keys in the index ${name}: its arrays are too long`);

const NONE: IndexKeys = { keys: [], multikey: false };

export function keysOf(spec: IndexSpec, from: Doc, now: Date): IndexKeys {
  if (spec.covers && !spec.covers(from, now)) return NONE;
  if (spec.sparse && !spec.fields.some((field) => exists(from, field.path))) return NONE;
  const multikey = spec.fields.some((field) => passesArray(from, field.path));
  const [only] = spec.fields;
  if (only && spec.fields.length === 1) return { keys: distinct(partKeys(from, only), multikey), multikey };
  return { keys: distinct(compoundKeys(spec.name, spec.fields, from), multikey), multikey };
}

/**
 * The keys of several fields together. Fields that lead into the same array are taken from the same element of it.
 * Throws CannotIndexParallelArrays for fields that lead into different arrays; `name` is the index's, for errors.
 */
export function compoundKeys(name: string, fields: IndexField[], from: Doc): Buffer[] {
  const places = fields.map((field): Place => ({ field, value: from, rest: field.path }));
  const keys: Buffer[] = [];
  joinKeys(name, places, keys);
  return keys;
}

/** How far the path of one field has been walked: to `value`, with `rest` to go. `parts` are its keys once it is there. */
interface Place {
  field: IndexField;
  value: Value | undefined;
  rest: Path;
  parts?: Buffer[];
}

/** Different arrays are refused, for there would be a key for each element of one with each of the other. */
function joinKeys(name: string, places: Place[], keys: Buffer[]): void {
  const walked = places.map(walk);
  const inArrays = walked.filter(({ parts, value }) => !parts && Array.isArray(value));
  const [first] = inArrays;
  if (!first || !Array.isArray(first.value)) {
    join(name, walked, keys);
    return;
  }
  if (inArrays.some(({ value }) => value !== first.value)) throw parallel(inArrays);
  if (first.value.length === 0) {
    const none = (place: Place): Place => ({ ...place, parts: [ofNoElement(place)] });
    join(
      name,
      walked.map((place) => (inArrays.includes(place) ? none(place) : place)),
      keys,
    );
    return;
  }
  for (const element of first.value) {
    joinKeys(
      name,
      walked.map((place) => (inArrays.includes(place) ? intoElement(place, element) : place)),
      keys,
    );
  }
}

/** Walks through documents until the path ends or an array is met. */
function walk(place: Place): Place {
  if (place.parts) return place;
  const { field } = place;
  let { value, rest } = place;
  while (isDoc(value) && rest.length > 0) {
    const [part = '', ...further] = rest;
    value = value.get(part);
    rest = further;
  }
  if (!Array.isArray(value))
    return { ...place, parts: [keyOf((rest.length === 0 ? value : null) ?? null, field.descending)] };
  // A number may mean an element or a field of the elements: both are kept, as a query looks for both.
  if (isIndex(rest[0] ?? ''))
    return { ...place, parts: partKeys(new Map([['', value]]), { ...field, path: ['', ...rest] }) };
  return { ...place, value, rest };
}

function intoElement(place: Place, element: Value): Place {
  const { field, rest } = place;
  if (rest.length === 0) return { ...place, parts: [keyOf(element, field.descending)] };
  return isDoc(element) ? { ...place, value: element } : { ...place, parts: [keyOf(null, field.descending)] };
}

const ofNoElement = ({ field, rest }: Place): Buffer =>
  rest.length === 0 ? emptyArrayKey(field.descending) : keyOf(null, field.descending);

function join(name: string, places: Place[], keys: Buffer[]): void {
  let joined: Buffer[] = [Buffer.alloc(0)];
  for (const { parts = [] } of places) {
    if (joined.length * parts.length > MAX_KEYS) throw tooManyKeys(name);
    joined = joined.flatMap((prefix) => parts.map((part) => Buffer.concat([prefix, part])));
  }
  if (keys.length + joined.length > MAX_KEYS) throw tooManyKeys(name);
  keys.push(...joined);
}

const parallel = (places: Place[]) =>
  new Refusal(171, `cannot index parallel arrays ${places.map(({ field }) => `[${field.name}]`).join(' ')}`);

/** One field's keys in order of appearance; a missing field counts as null, an empty array is below it. */
export function partKeys(from: Doc, field: IndexField): Buffer[] {
  const { path, descending } = field;
  const keys: Buffer[] = [];
  visitPath(from, path, (value) => {
    if (!Array.isArray(value)) keys.push(keyOf(value ?? null, descending));
    else if (value.length === 0) keys.push(emptyArrayKey(descending));
    else for (const element of value) keys.push(keyOf(element, descending));
    return false;
  });
  // An array on the way whose elements are no documents: the field is nowhere in it.
  if (keys.length === 0) keys.push(keyOf(null, descending));
  return keys;
}

function distinct(keys: Buffer[], multikey: boolean): Buffer[] {
  if (!multikey) return keys;
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()];
}

const exists = (from: Doc, path: Path): boolean => visitPath(from, path, (value) => value !== undefined);

function passesArray(from: Doc, path: Path): boolean {
  let value: Value | undefined = from;
  for (const part of path) {
    if (!isDoc(value)) return false;
    value = value.get(part);
    if (Array.isArray(value)) return true;
  }
  return false;
}

/** The values behind a key that collided, for the error's `keyValue`. */
export function keyValues(spec: IndexSpec, from: Doc, key: Buffer): Doc {
  const values = doc({});
  let at = 0;
  for (const field of spec.fields) {
    const candidates: Value[] = [];
    visitPath(from, field.path, (value) => {
      if (Array.isArray(value) && value.length > 0) candidates.push(...value);
      else candidates.push(value ?? null);
      return false;
    });
    const parts = partKeys(from, field);
    const found = parts.findIndex((part) => part.equals(key.subarray(at, at + part.length)));
    at += parts[found]?.length ?? 0;
    values.set(field.name, candidates[found] ?? null);
  }
  return values;
}
