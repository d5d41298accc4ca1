import { type Exact, exact, type Numeric, subtractExact } from './number.ts';
import { RANK, rank } from './order.ts';
import { Binary, DateTime, Int32, isDoc, isNumber, ObjectId, Pattern, Timestamp, type Value } from './value.ts';

/**
 * Keys whose bytes compare as the values do (`memcmp(keyOf(a), keyOf(b))` has the sign of `compare(a, b)`), each one
 * telling by itself where it ends, so that a compound key is the parts one after the other.
 */
export function keyOf(value: Value, descending = false): Buffer {
  const parts: Buffer[] = [];
  append(value, parts);
  const key = Buffer.concat(parts);
  return descending ? invert(key) : key;
}

/** The empty array in an index lies below null: it has no element that could stand for it. */
export const emptyArrayKey = (descending: boolean): Buffer => {
  const key = Buffer.from([RANK.emptyArray]);
  return descending ? invert(key) : key;
};

export const invert = (bytes: Buffer): Buffer => {
  const made = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) made[i] = ~bytes.readUInt8(i) & 0xff;
  return made;
};

/** The first key after all that begin with `prefix`; null when there is none. */
export function after(prefix: Buffer): Buffer | null {
  for (let i = prefix.length - 1; i >= 0; i--) {
    const byte = prefix.readUInt8(i);
    if (byte === 0xff) continue;
    const made = Buffer.from(prefix.subarray(0, i + 1));
    made[i] = byte + 1;
    return made;
  }
  return null;
}

const END = Buffer.from([0]);

function append(value: Value, parts: Buffer[]): void {
  parts.push(Buffer.from([rank(value)]));
  appendPayload(value, parts);
}

function appendPayload(value: Value, parts: Buffer[]): void {
  if (value === null) return;
  if (typeof value === 'string') parts.push(textKey(value));
  else if (isNumber(value)) parts.push(numberKey(value));
  else if (typeof value === 'boolean') parts.push(Buffer.from([value ? 1 : 0]));
  else if (value instanceof ObjectId) parts.push(value.bytes);
  else if (value instanceof DateTime) parts.push(bigEndian(value.ms + (1n << 63n)));
  else if (value instanceof Timestamp) parts.push(bigEndian(value.value));
  else if (value instanceof Binary)
    parts.push(lengthKey(value.bytes.length), Buffer.from([value.subtype]), value.bytes);
  else if (value instanceof Pattern) parts.push(textKey(value.source), textKey(value.flags));
  else if (isDoc(value)) {
    // As MongoDB compares documents: type, then name, then value, field by field.
    for (const [name, inner] of value) {
      parts.push(Buffer.from([rank(inner)]), textKey(name));
      appendPayload(inner, parts);
    }
    parts.push(END);
  } else if (Array.isArray(value)) {
    for (const inner of value) append(inner, parts);
    parts.push(END);
  }
}

/** UTF-8, a zero byte escaped as 00 ff, closed by 00 01 (below the escape, so that "a" < "a\0" holds). */
function textKey(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (!bytes.includes(0)) {
    const made = Buffer.allocUnsafe(bytes.length + 2);
    bytes.copy(made);
    made[bytes.length] = 0;
    made[bytes.length + 1] = 1;
    return made;
  }
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(0xff);
  }
  escaped.push(0, 1);
  return Buffer.from(escaped);
}

const lengthKey = (length: number): Buffer => {
  const made = Buffer.allocUnsafe(4);
  made.writeUInt32BE(length);
  return made;
};

const bigEndian = (value: bigint): Buffer => {
  const made = Buffer.allocUnsafe(8);
  made.writeBigUInt64BE(value);
  return made;
};

const NAN = Buffer.from([0]);
const NEGATIVE = 1;
const POSITIVE = 2;

/**
 * The largest double whose magnitude does not exceed the number's, then what is left of it in decimal digits. Doubles and
 * small integers leave nothing; int64 above 2^53 and Decimal128 stay exact all the same.
 */
function numberKey(value: Numeric): Buffer {
  if (value instanceof Int32) return doubleKey(value.value);
  if (typeof value === 'number') return Number.isNaN(value) ? NAN : doubleKey(value);
  if (typeof value === 'bigint' && BigInt(Number(value)) === value) return doubleKey(Number(value));
  const parsed = exact(value);
  if (parsed === 'nan') return NAN;
  if (parsed === 'infinity') return doubleKey(Infinity);
  if (parsed === '-infinity') return doubleKey(-Infinity);
  const negative = parsed.coefficient < 0n;
  const magnitude: Exact = { ...parsed, coefficient: negative ? -parsed.coefficient : parsed.coefficient };
  const { floor, rest } = splitAtDouble(magnitude);
  const key = Buffer.concat([magnitudeKey(floor), restKey(rest)]);
  return Buffer.concat([Buffer.from([negative ? NEGATIVE : POSITIVE]), negative ? invert(key) : key]);
}

function doubleKey(value: number): Buffer {
  const made = Buffer.alloc(10);
  made[0] = value < 0 ? NEGATIVE : POSITIVE;
  made.writeDoubleBE(Math.abs(value), 1);
  if (value >= 0) return made;
  for (let i = 1; i < 10; i++) made[i] = ~made.readUInt8(i) & 0xff;
  return made;
}

const magnitudeKey = (value: number): Buffer => {
  const made = Buffer.allocUnsafe(8);
  made.writeDoubleBE(value);
  return made;
};

function splitAtDouble(magnitude: Exact): { floor: number; rest: Exact } {
  let floor = Math.min(Number(`${magnitude.coefficient}e${magnitude.exponent}`), Number.MAX_VALUE);
  for (;;) {
    const rest = subtractExact(magnitude, finite(floor));
    if (rest.coefficient >= 0n) return { floor, rest };
    floor = below(floor);
  }
}

function finite(value: number): Exact {
  const read = exact(value);
  if (typeof read === 'string') throw new Error('a finite double was expected');
  return read;
}

function below(value: number): number {
  const bytes = magnitudeKey(value);
  bytes.writeBigUInt64BE(bytes.readBigUInt64BE() - 1n);
  return bytes.readDoubleBE();
}

/** Nothing left: 00. Otherwise 01, the place of the first digit, the digits plus one, 00. */
function restKey(rest: Exact): Buffer {
  if (rest.coefficient === 0n) return END;
  const digits = rest.coefficient.toString().replace(/0+$/, '');
  const place = rest.coefficient.toString().length + rest.exponent + 0x8000;
  return Buffer.from([1, place >> 8, place & 0xff, ...[...digits].map((digit) => Number(digit) + 1), 0]);
}
