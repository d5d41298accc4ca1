import { addDecimals, multiplyDecimals, subtractDecimals } from '../bson/decimal.ts';
import { compareNumbers, decimalOf, type Numeric, toDouble } from '../bson/number.ts';
import { Decimal, Int32, typeCode } from '../bson/value.ts';
import { badValue } from '../errors.ts';

const INT32_MAX = 2 ** 31;
const INT64_MAX = 2n ** 63n;

interface Operation {
  doubles(x: number, y: number): number;
  longs(x: bigint, y: bigint): bigint;
  decimals(x: Decimal, y: Decimal): Decimal;
}

const ADD: Operation = { doubles: (x, y) => x + y, longs: (x, y) => x + y, decimals: addDecimals };
const SUBTRACT: Operation = { doubles: (x, y) => x - y, longs: (x, y) => x - y, decimals: subtractDecimals };
const MULTIPLY: Operation = { doubles: (x, y) => x * y, longs: (x, y) => x * y, decimals: multiplyDecimals };

/**
 * MongoDB's promotion: a decimal makes the result a decimal, else a double a double; int32 with int32 stays int32 until it
 * overflows into int64. Null when the result fits no int64.
 */
function combine(a: Numeric, b: Numeric, operation: Operation): Numeric | null {
  if (a instanceof Decimal || b instanceof Decimal) return operation.decimals(decimalOf(a), decimalOf(b));
  if (typeof a === 'number' || typeof b === 'number') return operation.doubles(toDouble(a), toDouble(b));
  if (a instanceof Int32 && b instanceof Int32) {
    const small = operation.doubles(a.value, b.value);
    if (Number.isSafeInteger(small) && small >= -INT32_MAX && small < INT32_MAX) return new Int32(small + 0);
  }
  const result = operation.longs(asLong(a), asLong(b));
  return result >= INT64_MAX || result < -INT64_MAX ? null : result;
}

const asLong = (value: bigint | Int32): bigint => (value instanceof Int32 ? BigInt(value.value) : value);

/** For updates: a result that equals what was there leaves it as it is, also 1.0 + 0.00 and -0 + 0. */
function update(before: Numeric, result: Numeric | null): Numeric {
  if (result === null) throw badValue('the result does not fit a 64-bit integer');
  return typeCode(before) === typeCode(result) && compareNumbers(before, result) === 0 ? before : result;
}

/** `$inc`. A result that fits no int64 is refused: BadValue. */
export const add = (a: Numeric, b: Numeric): Numeric => update(a, combine(a, b, ADD));
/** `$mul`, as add. */
export const multiply = (a: Numeric, b: Numeric): Numeric => update(a, combine(a, b, MULTIPLY));

/** For expressions, whose int64 turns into a double when it overflows. */
export const difference = (a: Numeric, b: Numeric): Numeric => combine(a, b, SUBTRACT) ?? toDouble(a) - toDouble(b);
