import { addDecimals, divideDecimals } from './decimal.ts';
import { decimalOf, type Numeric, wideDecimal } from './number.ts';
import { Decimal, Int32 } from './value.ts';

const INT32_MAX = 2n ** 31n;
const INT64_MAX = 2n ** 63n;
const HALF = 2n ** 32n; // an int64 is added in two parts, each of which a double holds exactly
const WIDTH = { int: 0, long: 1, double: 2, decimal: 3 } as const;

/**
 * A running sum as MongoDB keeps it for `$sum`, `$avg` and `$add`. What is no decimal is added up in two doubles, so that
 * nothing is lost on the way (ten times 0.1 is 1); decimals are added up beside it. The result has the widest type that was
 * met; whole numbers become a long and then a double when they no longer fit.
 */
export class Sum {
  count = 0;
  private widest: number = WIDTH.int;
  private high = 0;
  private low = 0;
  /** The sum without compensation, which would turn infinities into NaN. */
  private plain = 0;
  private decimals = decimalOf(new Int32(0));

  add(value: Numeric): void {
    this.count++;
    this.widest = Math.max(this.widest, widthOf(value));
    if (value instanceof Decimal) this.decimals = addDecimals(this.decimals, value);
    else if (typeof value === 'bigint') this.addLong(value);
    else this.addDouble(value instanceof Int32 ? value.value : value);
  }

  private addLong(value: bigint): void {
    const upper = (value / HALF) * HALF;
    this.addDouble(Number(upper));
    this.addDouble(Number(value - upper));
  }

  private addDouble(value: number): void {
    this.plain += value;
    const total = this.high + value;
    const shift = total - this.high;
    this.low += this.high - (total - shift) + (value - shift);
    this.high = total;
  }

  private asDouble(): number {
    const total = this.high + this.low;
    return Number.isNaN(total) ? this.plain : total;
  }

  private asDecimal(): Decimal {
    const rest = Number.isNaN(this.high + this.low)
      ? wideDecimal(this.plain)
      : addDecimals(wideDecimal(this.high), wideDecimal(this.low));
    return addDecimals(this.decimals, rest);
  }

  total(): Numeric {
    if (this.widest === WIDTH.decimal) return this.asDecimal();
    if (this.widest === WIDTH.double) return this.asDouble();
    const whole = BigInt(this.high) + BigInt(this.low);
    if (whole >= INT64_MAX || whole < -INT64_MAX) return this.asDouble();
    const small = this.widest === WIDTH.int && whole >= -INT32_MAX && whole < INT32_MAX;
    return small ? new Int32(Number(whole)) : whole;
  }

  /** A double, or a decimal if one was met; null for nothing. */
  mean(): Numeric | null {
    if (this.count === 0) return null;
    if (this.widest === WIDTH.decimal) return divideDecimals(this.asDecimal(), decimalOf(BigInt(this.count)));
    return this.asDouble() / this.count;
  }
}

function widthOf(value: Numeric): number {
  if (value instanceof Int32) return WIDTH.int;
  if (typeof value === 'bigint') return WIDTH.long;
  return typeof value === 'number' ? WIDTH.double : WIDTH.decimal;
}
