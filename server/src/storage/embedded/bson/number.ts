import { DIGITS, type Finite, pack, type Special, unpack, withDigits } from './decimal.ts';
import { Decimal, Int32 } from './value.ts';

export type Numeric = number | bigint | Int32 | Decimal;

/** coefficient * 10^exponent; what a number is when doubles cannot tell two of them apart. */
export interface Exact {
  coefficient: bigint;
  exponent: number;
}

const DOUBLE_DIGITS = 15; // MongoDB: what a double becomes as a decimal, so that 0.1 is 0.1

function readDecimal(value: Decimal): Exact | Special {
  const parts = unpack(value);
  if (typeof parts === 'string') return parts;
  return { coefficient: parts.negative ? -parts.coefficient : parts.coefficient, exponent: parts.exponent };
}

const view = new DataView(new ArrayBuffer(8));

function readDouble(value: number): Exact | Special {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'infinity';
  if (value === -Infinity) return '-infinity';
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const power = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = power === 0 ? fraction : fraction | (1n << 52n);
  const exponent = (power === 0 ? 1 : power) - 1075;
  const signed = bits >> 63n === 1n ? -mantissa : mantissa;
  if (exponent >= 0) return { coefficient: signed << BigInt(exponent), exponent: 0 };
  return { coefficient: signed * 5n ** BigInt(-exponent), exponent }; // m / 2^k = m * 5^k / 10^k
}

export function exact(value: Numeric): Exact | Special {
  if (typeof value === 'number') return readDouble(value);
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  return readDecimal(value);
}

export function subtractExact(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (part: Exact) => part.coefficient * 10n ** BigInt(part.exponent - exponent);
  return { coefficient: scaled(a) - scaled(b), exponent };
}

const RANK: Record<Special, number> = { nan: 0, '-infinity': 1, infinity: 3 };
const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);

/** MongoDB's order over all numbers, exact across types. NaN equals itself and is below everything. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = a instanceof Int32 ? a.value : a;
  const y = b instanceof Int32 ? b.value : b;
  if (typeof x === 'number' && typeof y === 'number' && !Number.isNaN(x) && !Number.isNaN(y)) {
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (typeof x === 'bigint' && typeof y === 'bigint') return x < y ? -1 : x > y ? 1 : 0;
  const left = exact(a);
  const right = exact(b);
  if (typeof left === 'string' || typeof right === 'string') {
    return (typeof left === 'string' ? RANK[left] : 2) - (typeof right === 'string' ? RANK[right] : 2);
  }
  return sign(subtractExact(left, right).coefficient);
}

const ZERO = new Int32(0);

/** Also for the least decimals, which no double can tell from zero. NaN is not zero. */
export const isZero = (value: Numeric): boolean => compareNumbers(value, ZERO) === 0;

/** The whole number that a value is; null for a fraction, NaN and the infinities. */
export function wholeOf(value: Numeric): bigint | null {
  const read = exact(value);
  if (typeof read === 'string') return null;
  const { coefficient, exponent } = read;
  if (exponent >= 0) return coefficient * 10n ** BigInt(exponent);
  const unit = 10n ** BigInt(-exponent);
  return coefficient % unit === 0n ? coefficient / unit : null;
}

/** A number as a decimal. A double is rounded to 15 digits and always has them: 2.5 becomes 2.50000000000000. */
export function decimalOf(value: Numeric): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value !== 'number') return pack(finite(value));
  return Number.isFinite(value) ? pack(withDigits(shortest(value), DOUBLE_DIGITS)) : wideDecimal(value);
}

/** A double as a decimal of up to 34 digits, as sums of mixed types use it. */
export function wideDecimal(value: number): Decimal {
  const read = readDouble(value);
  return pack(typeof read === 'string' ? read : shortest(value));
}

const finite = (value: bigint | Int32): Finite => {
  const whole = value instanceof Int32 ? BigInt(value.value) : value;
  return { negative: whole < 0n, coefficient: whole < 0n ? -whole : whole, exponent: 0 };
};

/** At most 34 digits, and none behind the point that says nothing. */
function shortest(value: number): Finite {
  const read = readDouble(value);
  if (typeof read === 'string' || read.coefficient === 0n) {
    return { negative: Object.is(value, -0), coefficient: 0n, exponent: 0 };
  }
  const negative = read.coefficient < 0n;
  let { exponent } = read;
  let coefficient = negative ? -read.coefficient : read.coefficient;
  while (exponent < 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  const whole = { negative, coefficient, exponent };
  return coefficient.toString().length > DIGITS ? withDigits(whole, DIGITS) : whole;
}

/** The nearest double, for `$mod`, `$size`, limits and the like. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32) return value.value;
  const read = readDecimal(value);
  if (read === 'nan') return Number.NaN;
  if (read === 'infinity') return Infinity;
  if (read === '-infinity') return -Infinity;
  return Number(`${read.coefficient}e${read.exponent}`);
}
