import { emptyArrayKey, keyOf } from '../bson/key.ts';
import { type Path, visitPath } from '../bson/path.ts';
import { type Doc, doc, isDoc, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import type { IndexField, IndexSpec } from './spec.ts';

/** What an index holds for one document. `multikey` says that an array was met, which limits the planner. */
export interface IndexKeys {
  keys: Buffer[];
  multikey: boolean;
}

const NONE: IndexKeys = { keys: [], multikey: false };

export function keysOf(spec: IndexSpec, from: Doc, now: Date): IndexKeys {
  if (spec.covers && !spec.covers(from, now)) return NONE;
  if (spec.sparse && !spec.fields.some((field) => exists(from, field.path))) return NONE;
  const arrays = spec.fields.filter((field) => passesArray(from, field.path));
  checkParallel(spec, arrays);
  const multikey = arrays.length > 0;
  const [only] = spec.fields;
  if (only && spec.fields.length === 1) return { keys: distinct(partKeys(from, only), multikey), multikey };
  let keys: Buffer[] = [Buffer.alloc(0)];
  for (const field of spec.fields) {
    const parts = distinct(partKeys(from, field), multikey);
    keys = keys.flatMap((prefix) => parts.map((part) => Buffer.concat([prefix, part])));
  }
  return { keys, multikey };
}

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

function checkParallel(spec: IndexSpec, arrays: IndexField[]): void {
  const [first] = arrays;
  if (!first || arrays.length === 1) return;
  // Two fields of one array's documents share an element; a unique key over both would need to know which.
  const sameRoot = arrays.every((field) => field.path[0] === first.path[0]);
  if (sameRoot && !spec.unique) return;
  throw new Refusal(171, `cannot index parallel arrays ${arrays.map((field) => `[${field.name}]`).join(' ')}`);
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
