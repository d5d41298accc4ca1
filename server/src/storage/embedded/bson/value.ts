/**
 * Values as the store holds them. Every BSON type has exactly one form, so that a document that is decoded, changed and
 * encoded keeps the types and the order of all fields that were not touched: a double is a `number`, an int64 a `bigint`,
 * an int32 an `Int32`. Documents are Maps because objects reorder keys that look like integers.
 */
export type Doc = Map<string, Value>;

export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal
  | ObjectId
  | DateTime
  | Timestamp
  | Binary
  | Pattern
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

export class Int32 {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Decimal128 as its 16 bytes; decimal.ts reads and reckons with them. */
export class Decimal {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export class ObjectId {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** Milliseconds since 1970, the whole int64 range. */
export class DateTime {
  readonly ms: bigint;
  constructor(ms: bigint) {
    this.ms = ms;
  }
}

/** Seconds in the upper, a counter in the lower 32 bits. */
export class Timestamp {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class Binary {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(subtype: number, bytes: Buffer) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

export class Pattern {
  readonly source: string;
  readonly flags: string;
  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
  }
}

export class MinKey {}
export class MaxKey {}

export const isDoc = (value: unknown): value is Doc => value instanceof Map;

/** Builds a document from pairs; `undefined` leaves a field out. */
export function doc(fields: Record<string, Value | undefined>): Doc {
  const made: Doc = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) made.set(name, value);
  return made;
}

export const int = (value: number) => new Int32(value);

/** The deep copy that an update needs when one value lands in several documents. */
export function copy(value: Value): Value {
  if (Array.isArray(value)) return value.map(copy);
  if (!isDoc(value)) return value;
  const made: Doc = new Map();
  for (const [name, inner] of value) made.set(name, copy(inner));
  return made;
}

const TYPE_NAMES = new Map<number, string>([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
]);
const TYPE_CODES = new Map([...TYPE_NAMES].map(([code, name]) => [name, code]));

/** BSON's number of a type, as `$type` and the encoding use it (MinKey is -1). */
export function typeCode(value: Value): number {
  if (value === null) return 10;
  switch (typeof value) {
    case 'number':
      return 1;
    case 'string':
      return 2;
    case 'boolean':
      return 8;
    case 'bigint':
      return 18;
  }
  if (isDoc(value)) return 3;
  if (Array.isArray(value)) return 4;
  if (value instanceof Int32) return 16;
  if (value instanceof ObjectId) return 7;
  if (value instanceof DateTime) return 9;
  if (value instanceof Timestamp) return 17;
  if (value instanceof Binary) return 5;
  if (value instanceof Pattern) return 11;
  if (value instanceof Decimal) return 19;
  return value instanceof MinKey ? -1 : 127;
}

export const typeName = (value: Value): string => TYPE_NAMES.get(typeCode(value)) ?? 'unknown';
export const typeCodeOfName = (name: string): number | undefined => TYPE_CODES.get(name);
export const isTypeCode = (code: number): boolean => TYPE_NAMES.has(code);

export const isNumber = (value: Value | undefined): value is number | bigint | Int32 | Decimal =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal;
