import { rounded, unpack } from '../bson/decimal.ts';
import type { Numeric } from '../bson/number.ts';
import { DateTime, Decimal, Int32 } from '../bson/value.ts';
import { Refusal } from '../errors.ts';

const INT64_MAX = 2n ** 63n;

const overflow = () => new Refusal(15, 'date overflow');

/** A date moved by milliseconds. A fraction goes to the nearest one: of a double away from zero, of a decimal to even. */
export const later = (date: DateTime, by: Numeric): DateTime => dateAt(date.ms + milliseconds(by));
export const earlier = (date: DateTime, by: Numeric): DateTime => dateAt(date.ms - milliseconds(by));

/** Milliseconds from `b` to `a`. */
export const between = (a: DateTime, b: DateTime): bigint => inRange(a.ms - b.ms);

const dateAt = (ms: bigint): DateTime => new DateTime(inRange(ms));

function inRange(ms: bigint): bigint {
  if (ms >= INT64_MAX || ms < -INT64_MAX) throw overflow();
  return ms;
}

function milliseconds(value: Numeric): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (value instanceof Decimal) {
    const whole = rounded(unpack(value));
    if (whole === null) throw overflow();
    return inRange(whole);
  }
  if (!Number.isFinite(value)) throw overflow();
  const away = Math.trunc(value) + (Math.abs(value % 1) >= 0.5 ? Math.sign(value) : 0);
  return inRange(BigInt(away));
}
