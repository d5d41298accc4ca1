import { describe, expect, it } from 'vitest';
import { decimal } from '../testing/decimals.ts';
import {
  addDecimals,
  decimalText,
  divideDecimals,
  multiplyDecimals,
  pack,
  rounded,
  subtractDecimals,
  unpack,
} from './decimal.ts';
import { decimalOf, wholeOf, wideDecimal } from './number.ts';
import { Int32 } from './value.ts';

// The expected values are those of an independent implementation of IEEE 754-2008 with 34 digits and ties to even.
const MAX = '9.999999999999999999999999999999999E+6144';
const LEAST = '1E-6176';

const OPERATIONS = { '+': addDecimals, '-': subtractDecimals, '*': multiplyDecimals, '/': divideDecimals };

describe('arithmetic of decimals', () => {
  const cases: [string, keyof typeof OPERATIONS, string, string][] = [
    ['1.0', '+', '2.00', '3.00'],
    ['1E+3', '+', '1', '1001'],
    ['0', '+', '1E+3', '1000'],
    ['0E-10', '+', '1', '1.0000000000'],
    ['1E+50', '+', '0', '1.000000000000000000000000000000000E+50'],
    ['9999999999999999999999999999999999', '+', '1', '1.000000000000000000000000000000000E+34'],
    ['1000000000000000000000000000000001', '+', '0.5', '1000000000000000000000000000000002'],
    ['1000000000000000000000000000000000', '+', '0.5', '1000000000000000000000000000000000'],
    ['1000000000000000000000000000000000', '+', '0.5000000001', '1000000000000000000000000000000001'],
    ['1E+6000', '+', '1E-6000', '1.000000000000000000000000000000000E+6000'],
    ['1E+6000', '-', '1E-6000', '1.000000000000000000000000000000000E+6000'],
    ['1', '-', '1', '0'],
    ['-0', '+', '-0', '-0'],
    ['-0', '+', '0', '0'],
    [MAX, '+', MAX, 'Infinity'],
    [MAX, '+', '1', MAX],
    [LEAST, '+', LEAST, '2E-6176'],
    ['Infinity', '-', 'Infinity', 'NaN'],
    ['Infinity', '+', '-1', 'Infinity'],
    ['NaN', '+', '1', 'NaN'],
    ['1.20', '*', '3', '3.60'],
    ['-0', '*', '5', '-0'],
    ['0', '*', 'Infinity', 'NaN'],
    ['-2', '*', 'Infinity', '-Infinity'],
    ['3333333333333333333333333333333333', '*', '3', '9999999999999999999999999999999999'],
    ['6666666666666666666666666666666667', '*', '3', '2.000000000000000000000000000000000E+34'],
    [MAX, '*', '10', 'Infinity'],
    [LEAST, '*', '0.5', '0E-6176'],
    [LEAST, '*', '0.51', LEAST],
    ['1E+6111', '*', '100', '1.00E+6113'],
    ['1', '/', '3', '0.3333333333333333333333333333333333'],
    ['2', '/', '3', '0.6666666666666666666666666666666667'],
    ['6.00', '/', '2', '3.00'],
    ['1', '/', '8', '0.125'],
    ['10', '/', '1E+1', '1.0'],
    ['0', '/', '0', 'NaN'],
    ['-1', '/', '0', '-Infinity'],
    ['1', '/', '-Infinity', '-0E-6176'],
    ['Infinity', '/', 'Infinity', 'NaN'],
    ['Infinity', '/', '-2', '-Infinity'],
  ];
  for (const [a, operator, b, expected] of cases) {
    it(`${a} ${operator} ${b} = ${expected}`, () => {
      expect(decimalText(OPERATIONS[operator](decimal(a), decimal(b)))).toBe(expected);
    });
  }
});

describe('the text of a decimal', () => {
  const texts = [
    '0',
    '-0',
    '1',
    '-1.50',
    '0.000001',
    '1E-7',
    '1.5E-7',
    '1E+1',
    '1.2E+2',
    '0E+6111',
    '0E-6176',
    MAX,
    LEAST,
  ];
  for (const text of [...texts, 'NaN', 'Infinity', '-Infinity', '9999999999999999999999999999999999']) {
    it(text, () => expect(decimalText(decimal(text))).toBe(text));
  }

  it('stays the same bytes when unpacked and packed', () => {
    for (const text of texts) expect(pack(unpack(decimal(text)))).toEqual(decimal(text));
  });

  it('is zero for a coefficient of more than 34 digits', () => {
    const bytes = Buffer.alloc(16, 0xff);
    bytes[15] = 0x6f;
    bytes[14] = 0xff;
    expect(unpack({ bytes })).toMatchObject({ coefficient: 0n });
  });
});

describe('a number as a decimal', () => {
  it.each([
    [new Int32(-7), '-7'],
    [9223372036854775807n, '9223372036854775807'],
    [2.5, '2.50000000000000'],
    [0.1, '0.100000000000000'],
    [-0, '-0'],
    [1e300, '1.00000000000000E+300'],
    [5e-324, '4.94065645841247E-324'],
    [1000000000000005, '1.00000000000000E+15'],
    [0.9999999999999999, '1.00000000000000'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('%s', (value, text) => expect(decimalText(decimalOf(value))).toBe(text));

  it.each([
    [0.1, '0.1000000000000000055511151231257827'],
    [1.5, '1.5'],
    [3, '3'],
    [2 ** 60, '1152921504606846976'],
    [Infinity, 'Infinity'],
  ])('%s in a sum', (value, text) => expect(decimalText(wideDecimal(value))).toBe(text));
});

describe('whole numbers', () => {
  it.each([
    ['1.5', null, 2n],
    ['0.5', null, 0n],
    ['-2.5', null, -2n],
    ['2.00', 2n, 2n],
    ['1E+2', 100n, 100n],
    [LEAST, null, 0n],
    ['NaN', null, null],
    ['-Infinity', null, null],
  ])('%s', (text, whole, nearest) => {
    expect(wholeOf(decimal(text))).toBe(whole);
    expect(rounded(unpack(decimal(text)))).toBe(nearest);
  });
});
