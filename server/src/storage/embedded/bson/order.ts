import { compareNumbers } from './number.ts';
import {
  Binary,
  DateTime,
  type Doc,
  isDoc,
  isNumber,
  MinKey,
  ObjectId,
  Pattern,
  Timestamp,
  type Value,
} from './value.ts';

/** MongoDB's order of types. The gap at 2 is the empty array's place in an index (see bson/key.ts). */
export const RANK = {
  minKey: 1,
  emptyArray: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  maxKey: 14,
} as const;

/** Values of one rank are compared with each other; a query such as `$gt` never leaves the rank of its operand. */
export function rank(value: Value): number {
  if (value === null) return RANK.null;
  if (typeof value === 'string') return RANK.string;
  if (typeof value === 'boolean') return RANK.boolean;
  if (isNumber(value)) return RANK.number;
  if (isDoc(value)) return RANK.object;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof ObjectId) return RANK.objectId;
  if (value instanceof DateTime) return RANK.date;
  if (value instanceof Timestamp) return RANK.timestamp;
  if (value instanceof Binary) return RANK.binary;
  if (value instanceof Pattern) return RANK.regex;
  return value instanceof MinKey ? RANK.minKey : RANK.maxKey;
}

const difference = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** By code point, as MongoDB compares UTF-8; JavaScript's own order differs above U+FFFF. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xWide = x >= 0xd800 && x <= 0xdfff;
    const yWide = y >= 0xd800 && y <= 0xdfff;
    if (xWide !== yWide) return xWide ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

/** MongoDB's order over all values: negative, zero or positive. */
export function compare(a: Value, b: Value): number {
  const byRank = rank(a) - rank(b);
  if (byRank !== 0) return byRank;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isDoc(a) && isDoc(b)) return compareDocs(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return a.bytes.compare(b.bytes);
  if (a instanceof DateTime && b instanceof DateTime) return difference(a.ms, b.ms);
  if (a instanceof Timestamp && b instanceof Timestamp) return difference(a.value, b.value);
  if (a instanceof Binary && b instanceof Binary) {
    return a.bytes.length - b.bytes.length || a.subtype - b.subtype || a.bytes.compare(b.bytes);
  }
  if (a instanceof Pattern && b instanceof Pattern) {
    return compareStrings(a.source, b.source) || compareStrings(a.flags, b.flags);
  }
  return 0; // two nulls, two MinKeys or two MaxKeys
}

function compareDocs(a: Doc, b: Doc): number {
  const others = b.entries();
  for (const [name, value] of a) {
    const next = others.next();
    if (next.done) return 1;
    const [otherName, other] = next.value;
    const order = rank(value) - rank(other) || compareStrings(name, otherName) || compare(value, other);
    if (order !== 0) return order;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(a: Value[], b: Value[]): number {
  for (const [i, value] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    const order = compare(value, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0;

/** Sorting and `$expr` treat a missing field as null, except that `$expr` can tell them apart by this order. */
export const compareMissing = (a: Value | undefined, b: Value | undefined): number => {
  if (a === undefined || b === undefined) {
    const missing = (value: Value | undefined) => (value === undefined ? RANK.null - 0.5 : rank(value));
    return missing(a) - missing(b);
  }
  return compare(a, b);
};
