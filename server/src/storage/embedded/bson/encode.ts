import { Refusal } from '../errors.ts';
import {
  Binary,
  DateTime,
  Decimal,
  type Doc,
  Int32,
  isDoc,
  ObjectId,
  Pattern,
  Timestamp,
  typeCode,
  type Value,
} from './value.ts';

const FIRST_SIZE = 4096;
const KEEP_SIZE = 1 << 20; // the shared buffer is given back after a document larger than this
const MAX_DEPTH = 200; // levels: MongoDB's own limit

let buffer = Buffer.allocUnsafe(FIRST_SIZE);
let at = 0;
let deepest = MAX_DEPTH;

/** The document's bytes, in a buffer of their own. Throws Overflow (15) when it is nested deeper than so many levels. */
export function encode(value: Doc, levels = MAX_DEPTH): Buffer {
  at = 0;
  deepest = levels;
  writeDocument(value, 0);
  const made = Buffer.from(buffer.subarray(0, at));
  if (buffer.length > KEEP_SIZE) buffer = Buffer.allocUnsafe(FIRST_SIZE);
  return made;
}

function room(bytes: number): void {
  if (at + bytes <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes));
  buffer.copy(larger, 0, 0, at);
  buffer = larger;
}

function writeName(name: string): void {
  if (name.includes('\0')) throw new Refusal(2, 'a field name may not hold a null byte');
  room(name.length * 3 + 1);
  at += buffer.write(name, at);
  buffer[at++] = 0;
}

function writeString(text: string): void {
  room(text.length * 3 + 5);
  const length = buffer.write(text, at + 4);
  buffer.writeInt32LE(length + 1, at);
  at += 4 + length;
  buffer[at++] = 0;
}

function writeBytes(bytes: Buffer): void {
  room(bytes.length);
  at += bytes.copy(buffer, at);
}

function writeInt64(value: bigint): void {
  room(8);
  at = buffer.writeBigInt64LE(BigInt.asIntN(64, value), at);
}

function writeInt32(value: number): void {
  room(4);
  at = buffer.writeInt32LE(value, at);
}

function writeDocument(value: Doc | Value[], depth: number): void {
  if (depth > deepest) throw new Refusal(15, `the document is nested deeper than ${deepest} levels`);
  const start = at;
  room(5);
  at += 4;
  for (const [name, inner] of value.entries()) {
    room(1);
    buffer[at++] = typeCode(inner) & 0xff;
    writeName(typeof name === 'number' ? String(name) : name);
    writeValue(inner, depth);
  }
  room(1);
  buffer[at++] = 0;
  buffer.writeInt32LE(at - start, start);
}

function writeByte(byte: number): void {
  room(1);
  buffer[at++] = byte;
}

function writeDouble(value: number): void {
  room(8);
  at = buffer.writeDoubleLE(value, at);
}

/** null, MinKey and MaxKey have no bytes beyond their type. */
function writeValue(value: Value, depth: number): void {
  if (typeof value === 'string') writeString(value);
  else if (typeof value === 'number') writeDouble(value);
  else if (typeof value === 'bigint') writeInt64(value);
  else if (typeof value === 'boolean') writeByte(value ? 1 : 0);
  else if (isDoc(value) || Array.isArray(value)) writeDocument(value, depth + 1);
  else if (value instanceof Int32) writeInt32(value.value);
  else if (value instanceof DateTime) writeInt64(value.ms);
  else if (value instanceof Timestamp) writeInt64(value.value);
  else if (value instanceof ObjectId || value instanceof Decimal) writeBytes(value.bytes);
  else if (value instanceof Pattern) {
    writeName(value.source);
    writeName(value.flags);
  } else if (value instanceof Binary) {
    writeInt32(value.bytes.length);
    writeByte(value.subtype);
    writeBytes(value.bytes);
  }
}
