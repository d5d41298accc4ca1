import { decimalText } from './decimal.ts';
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
  type Value,
} from './value.ts';

/** A value as MongoDB prints it in its messages: `{ email: "a@b" }`. */
export function show(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(1) : String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (isDoc(value)) return showDoc(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Int32) return String(value.value);
  if (value instanceof ObjectId) return `ObjectId('${value.bytes.toString('hex')}')`;
  if (value instanceof DateTime) return `new Date(${value.ms})`;
  if (value instanceof Timestamp) return `Timestamp(${value.value >> 32n}, ${value.value & 0xffffffffn})`;
  if (value instanceof Binary) return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`;
  if (value instanceof Pattern) return `/${value.source}/${value.flags}`;
  if (value instanceof Decimal) return decimalText(value);
  return value.constructor.name;
}

const showDoc = (value: Doc): string =>
  value.size === 0 ? '{}' : `{ ${[...value].map(([name, inner]) => `${name}: ${show(inner)}`).join(', ')} }`;
