import type { Numeric } from '../bson/number.ts';
import { Decimal, Int32 } from '../bson/value.ts';
import { badValue } from '../errors.ts';

const INT32_MAX = 2 ** 31;
const INT64_MAX = 2n ** 63n;

/**
 * MongoDB's promotion: int32 with int32 stays int32 until it overflows into int64; int64 that overflows is refused; a
 * double makes the result a double. Decimal128 is refused rather than rounded.
 */
function combine(
  a: Numeric,
  b: Numeric,
  doubles: (x: number, y: number) => number,
  longs: (x: bigint, y: bigint) => bigint,
): Numeric {
  if (a instanceof Decimal || b instanceof Decimal)
    throw badValue('arithmetic with Decimal128 is not supported by this store');
  if (typeof a === 'number' || typeof b === 'number') return doubles(asDouble(a), asDouble(b));
  if (a instanceof Int32 && b instanceof Int32) {
    const small = doubles(a.value, b.value);
    if (Number.isSafeInteger(small) && small >= -INT32_MAX && small < INT32_MAX) return new Int32(small + 0);
  }
  const result = longs(asLong(a), asLong(b));
  if (result >= INT64_MAX || result < -INT64_MAX) throw badValue('the result does not fit a 64-bit integer');
  return result;
}

const asDouble = (value: number | bigint | Int32): number =>
  value instanceof Int32 ? value.value : typeof value === 'bigint' ? Number(value) : value;
const asLong = (value: bigint | Int32): bigint => (value instanceof Int32 ? BigInt(value.value) : value);

export const add = (a: Numeric, b: Numeric): Numeric =>
  combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
  );
export const subtract = (a: Numeric, b: Numeric): Numeric =>
  combine(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
  );
export const multiply = (a: Numeric, b: Numeric): Numeric =>
  combine(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
  );
