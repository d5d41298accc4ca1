import { Decimal } from './value.ts';

/**
 * Decimal128 as IEEE 754-2008 and MongoDB have it: 34 digits, ties to even, exponents from -6176 to 6111. A result keeps
 * the exponent that the standard prefers (1.0 + 2.00 is 3.00); what is too large becomes infinite, too small zero.
 */
export interface Finite {
  negative: boolean;
  coefficient: bigint;
  exponent: number;
}

export type Special = 'nan' | 'infinity' | '-infinity';
export type Parts = Finite | Special;

export const DIGITS = 34;
const BIAS = 6176;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const MAX_COEFFICIENT = 10n ** BigInt(DIGITS) - 1n; // larger ones are non-canonical and mean zero
const COEFFICIENT_MASK = (1n << 113n) - 1n;
const NAN_BITS = 0x7c00000000000000n;
const INFINITY_BITS = 0x7800000000000000n;
const SIGN_BIT = 1n << 63n;
const GUARD = 40; // digits below the larger summand's last one; what lies still lower only says "not a tie"

const infinite = (negative: boolean): Special => (negative ? '-infinity' : 'infinity');
const lengthOf = (coefficient: bigint): number => coefficient.toString().length;
const power = (exponent: number): bigint => 10n ** BigInt(exponent);

export function unpack(value: Decimal): Parts {
  const low = value.bytes.readBigUInt64LE(0);
  const high = value.bytes.readBigUInt64LE(8);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 0x1fn);
  if (combination === 0x1f) return 'nan';
  if (combination === 0x1e) return infinite(negative);
  const wide = combination >> 3 === 3; // the second form always holds a coefficient above the limit
  const exponent = Number((high >> (wide ? 47n : 49n)) & 0x3fffn) - BIAS;
  const raw = wide ? 0n : ((high << 64n) | low) & COEFFICIENT_MASK;
  return { negative, coefficient: raw > MAX_COEFFICIENT ? 0n : raw, exponent };
}

/** Rounds to what 16 bytes can hold. */
export function pack(parts: Parts): Decimal {
  const fitting = typeof parts === 'string' ? parts : fit(parts);
  if (fitting === 'nan') return write(NAN_BITS, 0n);
  if (fitting === 'infinity') return write(INFINITY_BITS, 0n);
  if (fitting === '-infinity') return write(INFINITY_BITS | SIGN_BIT, 0n);
  const { negative, coefficient, exponent } = fitting;
  const high = (BigInt(exponent + BIAS) << 49n) | (coefficient >> 64n);
  return write(negative ? high | SIGN_BIT : high, BigInt.asUintN(64, coefficient));
}

function write(high: bigint, low: bigint): Decimal {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeBigUInt64LE(low, 0);
  bytes.writeBigUInt64LE(high, 8);
  return new Decimal(bytes);
}

function fit({ negative, coefficient, exponent }: Finite): Parts {
  const drop = Math.max(0, lengthOf(coefficient) - DIGITS, MIN_EXPONENT - exponent);
  let kept = dropDigits(coefficient, drop);
  let at = exponent + drop;
  if (kept > MAX_COEFFICIENT) {
    kept /= 10n; // 99..9 was rounded up to 10..0
    at++;
  }
  if (at <= MAX_EXPONENT) return { negative, coefficient: kept, exponent: at };
  if (kept === 0n) return { negative, coefficient: 0n, exponent: MAX_EXPONENT };
  const padding = at - MAX_EXPONENT;
  if (lengthOf(kept) + padding > DIGITS) return infinite(negative);
  return { negative, coefficient: kept * power(padding), exponent: MAX_EXPONENT };
}

/** Takes digits off the end, ties to even. */
function dropDigits(coefficient: bigint, count: number): bigint {
  if (count === 0) return coefficient;
  const unit = power(count);
  const kept = coefficient / unit;
  const twice = (coefficient % unit) * 2n;
  return twice > unit || (twice === unit && kept % 2n === 1n) ? kept + 1n : kept;
}

/** The same number with exactly so many digits, ties to even. Zero stays as it is. */
export function withDigits(parts: Finite, digits: number): Finite {
  const { negative, coefficient, exponent } = parts;
  if (coefficient === 0n) return parts;
  const surplus = lengthOf(coefficient) - digits;
  if (surplus <= 0) return { negative, coefficient: coefficient * power(-surplus), exponent: exponent + surplus };
  const kept = dropDigits(coefficient, surplus);
  const carried = lengthOf(kept) > digits;
  return { negative, coefficient: carried ? kept / 10n : kept, exponent: exponent + surplus + (carried ? 1 : 0) };
}

/** The nearest whole number, ties to even; null for NaN and the infinities. */
export function rounded(parts: Parts): bigint | null {
  if (typeof parts === 'string') return null;
  const { negative, coefficient, exponent } = parts;
  const whole = exponent >= 0 ? coefficient * power(exponent) : dropDigits(coefficient, -exponent);
  return negative ? -whole : whole;
}

const opposite = (parts: Parts): Parts => {
  if (parts === 'nan') return parts;
  return typeof parts === 'string' ? infinite(parts === 'infinity') : { ...parts, negative: !parts.negative };
};

export const addDecimals = (a: Decimal, b: Decimal): Decimal => pack(sum(unpack(a), unpack(b)));
export const subtractDecimals = (a: Decimal, b: Decimal): Decimal => pack(sum(unpack(a), opposite(unpack(b))));

function sum(a: Parts, b: Parts): Parts {
  if (typeof a === 'string' || typeof b === 'string') {
    if (typeof a !== 'string') return b;
    return typeof b !== 'string' || a === b ? a : 'nan';
  }
  const [upper, lower] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const gap = upper.exponent - lower.exponent;
  if (gap > 2 * GUARD && upper.coefficient !== 0n && lower.coefficient !== 0n) return beside(upper, lower);
  if (lower.coefficient === 0n && gap > DIGITS) return stretched(upper, lower);
  const total = signed(upper) * (upper.coefficient === 0n ? 1n : power(gap)) + signed(lower);
  // Only two negative zeros make a negative zero.
  const negative = total === 0n ? a.negative && b.negative && a.coefficient === 0n && b.coefficient === 0n : total < 0n;
  return { negative, coefficient: total < 0n ? -total : total, exponent: lower.exponent };
}

const signed = ({ negative, coefficient }: Finite): bigint => (negative ? -coefficient : coefficient);

/** The lower one is too small to show, except that it breaks ties. */
function beside(upper: Finite, lower: Finite): Finite {
  const away = upper.negative === lower.negative ? 1n : -1n;
  return {
    negative: upper.negative,
    coefficient: upper.coefficient * power(GUARD) + away,
    exponent: upper.exponent - GUARD,
  };
}

/** A zero adds nothing but asks for its low exponent: the digits go that way as far as they reach. */
function stretched(upper: Finite, zero: Finite): Finite {
  if (upper.coefficient === 0n) {
    return { negative: upper.negative && zero.negative, coefficient: 0n, exponent: zero.exponent };
  }
  const room = DIGITS - lengthOf(upper.coefficient);
  return { ...upper, coefficient: upper.coefficient * power(room), exponent: upper.exponent - room };
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  const a = unpack(left);
  const b = unpack(right);
  if (a === 'nan' || b === 'nan') return pack('nan');
  const negative = isNegative(a) !== isNegative(b);
  if (typeof a === 'string' || typeof b === 'string') {
    return pack(isZero(a) || isZero(b) ? 'nan' : infinite(negative));
  }
  return pack({ negative, coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent });
}

export function divideDecimals(dividend: Decimal, divisor: Decimal): Decimal {
  const a = unpack(dividend);
  const b = unpack(divisor);
  if (a === 'nan' || b === 'nan') return pack('nan');
  const negative = isNegative(a) !== isNegative(b);
  if (typeof a === 'string') return pack(typeof b === 'string' ? 'nan' : infinite(negative));
  if (typeof b === 'string') return pack({ negative, coefficient: 0n, exponent: MIN_EXPONENT });
  if (isZero(b)) return pack(isZero(a) ? 'nan' : infinite(negative));
  return pack({ negative, ...quotient(a, b) });
}

function quotient(a: Finite, b: Finite): { coefficient: bigint; exponent: number } {
  const preferred = a.exponent - b.exponent;
  const shift = Math.max(0, DIGITS + 2 + lengthOf(b.coefficient) - lengthOf(a.coefficient));
  const scaled = a.coefficient * power(shift);
  const whole = scaled / b.coefficient;
  // A further digit stands for a remainder: nothing below it can make a tie.
  if (scaled % b.coefficient !== 0n) return { coefficient: whole * 10n + 1n, exponent: preferred - shift - 1 };
  let coefficient = whole;
  let exponent = preferred - shift;
  while (exponent < preferred && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return { coefficient, exponent };
}

const isNegative = (parts: Parts): boolean => (typeof parts === 'string' ? parts === '-infinity' : parts.negative);
const isZero = (parts: Parts): boolean => typeof parts !== 'string' && parts.coefficient === 0n;

/** The text that MongoDB prints: 1.50, 1E+3, -0, NaN, Infinity. */
export function decimalText(value: Decimal): string {
  const parts = unpack(value);
  if (parts === 'nan') return 'NaN';
  if (typeof parts === 'string') return parts === 'infinity' ? 'Infinity' : '-Infinity';
  const { negative, coefficient, exponent } = parts;
  const digits = coefficient.toString();
  return (negative ? '-' : '') + (exponent > 0 ? scientific(digits, exponent) : plain(digits, exponent));
}

const LEAST_PLAIN = -6; // the power of ten of the first digit from which on numbers are written without an exponent

function plain(digits: string, exponent: number): string {
  if (exponent === 0) return digits;
  const point = digits.length + exponent;
  if (point - 1 < LEAST_PLAIN) return scientific(digits, exponent);
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${'0'.repeat(-point)}${digits}`;
}

function scientific(digits: string, exponent: number): string {
  const at = exponent + digits.length - 1;
  const mantissa = digits.length === 1 ? digits : `${digits.slice(0, 1)}.${digits.slice(1)}`;
  return `${mantissa}E${at < 0 ? '' : '+'}${at}`;
}
