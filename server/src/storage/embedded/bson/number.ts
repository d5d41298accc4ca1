import { type Decimal, Int32 } from './value.ts';

export type Numeric = number | bigint | Int32 | Decimal;

/** coefficient * 10^exponent; what a number is when doubles cannot tell two of them apart. */
export interface Exact {
  coefficient: bigint;
  exponent: number;
}

export type Special = 'nan' | 'infinity' | '-infinity';

const DECIMAL_BIAS = 6176;
const COEFFICIENT_MASK = (1n << 113n) - 1n;
const MAX_COEFFICIENT = 10n ** 34n - 1n; // larger ones are non-canonical and mean zero

function readDecimal(value: Decimal): Exact | Special {
  const low = value.bytes.readBigUInt64LE(0);
  const high = value.bytes.readBigUInt64LE(8);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 0x1fn);
  if (combination === 0x1f) return 'nan';
  if (combination === 0x1e) return negative ? '-infinity' : 'infinity';
  const all = (high << 64n) | low;
  const wide = combination >> 3 === 3; // the second form always holds a coefficient above the limit
  const exponent = Number((high >> (wide ? 47n : 49n)) & 0x3fffn) - DECIMAL_BIAS;
  const raw = wide ? 0n : all & COEFFICIENT_MASK;
  const coefficient = raw > MAX_COEFFICIENT ? 0n : raw;
  return { coefficient: negative ? -coefficient : coefficient, exponent };
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
