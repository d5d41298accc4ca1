import { describe, expect, it } from 'vitest';
import { decimal } from '../testing/decimals.ts';
import type { Numeric } from './number.ts';
import { Sum } from './sum.ts';
import { int } from './value.ts';

const LONG_MAX = 2n ** 63n - 1n;

const sumOf = (values: Numeric[]): Sum => {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum;
};

describe('Sum', () => {
  const cases: [string, Numeric[], Numeric][] = [
    ['nothing is an int', [], int(0)],
    ['ints stay ints', [int(1), int(2)], int(3)],
    ['ints become a long', [int(2 ** 31 - 1), int(1)], 2n ** 31n],
    ['and an int again when the sum is small', [int(2 ** 31 - 1), int(1), int(-1)], int(2 ** 31 - 1)],
    ['longs stay longs', [1n, int(1)], 2n],
    ['longs are exact up to the last one', [LONG_MAX, -1n, LONG_MAX, 1n, -LONG_MAX], LONG_MAX],
    ['longs become a double', [LONG_MAX, 1n], 2 ** 63],
    ['the least long', [-LONG_MAX, -1n], -(2n ** 63n)],
    ['doubles lose nothing on the way', Array<number>(10).fill(0.1), 1],
    ['not even beside a large one', [1e16, 1, -1e16], 1],
    ['a double makes it a double', [int(1), 2n, 0.5], 3.5],
    ['infinity', [Infinity, 1], Infinity],
    ['opposite infinities', [Infinity, -Infinity], Number.NaN],
    ['NaN', [Number.NaN, int(1)], Number.NaN],
    ['overflow of doubles', [Number.MAX_VALUE, Number.MAX_VALUE], Infinity],
    ['decimals', [decimal('1.10'), decimal('2')], decimal('3.10')],
    ['a decimal makes it a decimal', [LONG_MAX, decimal('0.1')], decimal('9223372036854775807.1')],
    ['an exact double beside decimals', [1.5, decimal('1')], decimal('2.5')],
    ['infinity beside decimals', [Infinity, decimal('1')], decimal('Infinity')],
  ];
  for (const [name, values, expected] of cases) it(name, () => expect(sumOf(values).total()).toEqual(expected));
});

describe('its mean', () => {
  const cases: [string, Numeric[], Numeric | null][] = [
    ['of nothing', [], null],
    ['of ints is a double', [int(1), int(2)], 1.5],
    ['of longs far apart', [LONG_MAX, -LONG_MAX - 1n], -0.5],
    ['of decimals is a decimal', [decimal('2.00'), decimal('4.00')], decimal('3.00')],
    ['of decimals and others', [int(1), decimal('2'), 2.5], decimal('1.833333333333333333333333333333333')],
  ];
  for (const [name, values, expected] of cases) it(name, () => expect(sumOf(values).mean()).toEqual(expected));
});
