import { describe, expect, it } from 'vitest';
import type { Numeric } from '../bson/number.ts';
import { int } from '../bson/value.ts';
import { decimal } from '../testing/decimals.ts';
import { add, difference, multiply } from './arithmetic.ts';

const LONG_MAX = 2n ** 63n - 1n;

describe('$inc', () => {
  const cases: [string, Numeric, Numeric, Numeric][] = [
    ['ints', int(1), int(2), int(3)],
    ['ints that become a long', int(2 ** 31 - 1), int(1), 2n ** 31n],
    ['a long', 1n, int(1), 2n],
    ['a double', int(1), 0.5, 1.5],
    ['a decimal', int(1), decimal('0.50'), decimal('1.50')],
    ['a double by a decimal', 0.1, decimal('0.2'), decimal('0.300000000000000')],
    ['nothing leaves a decimal as it is', decimal('1.0'), decimal('0.00'), decimal('1.0')],
    ['nothing leaves -0 as it is', -0, 0, -0],
    ['a wider nothing widens', int(1), 0n, 1n],
  ];
  for (const [name, a, b, expected] of cases) it(name, () => expect(add(a, b)).toEqual(expected));

  it('refuses what fits no long', () => expect(() => add(LONG_MAX, int(1))).toThrow('64-bit'));
});

describe('$mul', () => {
  const cases: [string, Numeric, Numeric, Numeric][] = [
    ['ints', int(6), int(7), int(42)],
    ['ints that become a long', int(65536), int(65536), 2n ** 32n],
    ['ints beyond what a double holds', int(-(2 ** 31)), int(2 ** 31 - 1), -(2n ** 31n) * (2n ** 31n - 1n)],
    ['a decimal', decimal('1.10'), int(3), decimal('3.30')],
    ['no negative zero of ints', int(0), int(-5), int(0)],
  ];
  for (const [name, a, b, expected] of cases) it(name, () => expect(multiply(a, b)).toEqual(expected));

  it('refuses what fits no long', () => expect(() => multiply(LONG_MAX, int(2))).toThrow('64-bit'));
});

describe('$subtract', () => {
  it('goes on in doubles where a long overflows', () => {
    expect(difference(-LONG_MAX - 1n, int(1))).toBe(-(2 ** 63));
    expect(difference(LONG_MAX, int(1))).toBe(LONG_MAX - 1n);
  });
});
