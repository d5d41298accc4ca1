import { exact, type Numeric, wholeOf } from '../bson/number.ts';

const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

/**
 * A number as MongoDB coerces it where it takes any: doubles are cut, decimals rounded half to even, NaN is zero, what
 * is too large becomes the largest int64.
 */
export function coerced(value: Numeric): bigint {
  const read = exact(value);
  if (read === 'nan') return 0n;
  if (read === 'infinity') return MAX_LONG;
  if (read === '-infinity') return MIN_LONG;
  const { coefficient, exponent } = read;
  if (exponent > 40) return coefficient === 0n ? 0n : coefficient > 0n ? MAX_LONG : MIN_LONG;
  if (exponent < -400 && typeof value !== 'number') return 0n;
  const whole =
    exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : divided(coefficient, exponent, typeof value === 'number');
  return whole > MAX_LONG ? MAX_LONG : whole < MIN_LONG ? MIN_LONG : whole;
}

function divided(coefficient: bigint, exponent: number, cut: boolean): bigint {
  const unit = 10n ** BigInt(-exponent);
  const floor = coefficient / unit;
  if (cut) return floor;
  const rest = coefficient % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = twice > unit || (twice === unit && floor % 2n !== 0n);
  return away ? floor + (rest < 0n ? -1n : 1n) : floor;
}

/** The whole number of the int64 range that a value is exactly; null for anything else. */
export function wholeLong(value: Numeric): bigint | null {
  const read = exact(value);
  if (typeof read === 'string' || read.exponent > 40) return null;
  const whole = wholeOf(value);
  return whole === null || whole > MAX_LONG || whole < MIN_LONG ? null : whole;
}
