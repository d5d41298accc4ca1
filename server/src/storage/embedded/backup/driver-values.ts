import {
  BSONRegExp,
  Decimal128,
  Double,
  Binary as DriverBinary,
  Int32 as DriverInt32,
  MaxKey as DriverMaxKey,
  MinKey as DriverMinKey,
  ObjectId as DriverObjectId,
  Timestamp as DriverTimestamp,
  Long,
} from 'mongodb';
import {
  Binary,
  DateTime,
  Decimal,
  type Doc,
  Int32,
  isDoc,
  MaxKey,
  MinKey,
  ObjectId,
  Pattern,
  Timestamp,
  type Value,
} from '../bson/value.ts';

const OLD_BINARY = 2; // a subtype whose bytes begin with their own length, which the driver writes by itself
const MAX_DATE = 8_640_000_000_000_000n; // ms from 1970 that a Date of JavaScript reaches

/**
 * A document as the driver writes it back byte by byte: a Map keeps the order also of names like "10", and numbers keep
 * their types. Throws for what the driver has no value for: a date beyond the year 275760.
 */
export const toDriver = (from: Doc): Map<string, unknown> =>
  new Map([...from].map(([name, value]) => [name, driverValue(value)]));

function driverValue(value: Value): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return new Double(value);
  if (typeof value === 'bigint') return Long.fromBigInt(value);
  if (Array.isArray(value)) return value.map(driverValue);
  if (isDoc(value)) return toDriver(value);
  if (value instanceof Int32) return new DriverInt32(value.value);
  if (value instanceof ObjectId) return new DriverObjectId(value.bytes);
  if (value instanceof DateTime) return dateOf(value);
  if (value instanceof Timestamp) return new DriverTimestamp(value.value);
  if (value instanceof Binary) {
    return new DriverBinary(value.subtype === OLD_BINARY ? value.bytes.subarray(4) : value.bytes, value.subtype);
  }
  if (value instanceof Pattern) return new BSONRegExp(value.source, value.flags);
  if (value instanceof Decimal) return new Decimal128(value.bytes);
  if (value instanceof MinKey) return new DriverMinKey();
  if (value instanceof MaxKey) return new DriverMaxKey();
  throw new Error('a value of an unknown type');
}

function dateOf({ ms }: DateTime): Date {
  if (ms > MAX_DATE || ms < -MAX_DATE)
    throw new Error(`the date ${ms} ms from 1970 is beyond what the driver can write`);
  return new Date(Number(ms));
}
