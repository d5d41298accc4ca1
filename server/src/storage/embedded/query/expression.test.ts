import { describe, expect, it } from 'vitest';
import { DateTime, type Doc, doc, int, type Value } from '../bson/value.ts';
import { decimal } from '../testing/decimals.ts';
import { compileExpression } from './expression.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const LONG_MAX = 2n ** 63n - 1n;
const date = (ms: number | bigint) => new DateTime(BigInt(ms));
const call = (name: string, ...operands: Value[]): Doc => doc({ [name]: operands });

const evaluate = (expression: Value, root: Doc = new Map()): Value | undefined =>
  compileExpression(expression)({ root, now: NOW });

describe('$add', () => {
  const cases: [Value[], Value][] = [
    [[], int(0)],
    [[int(1), 2n, 0.5], 3.5],
    [[0.1, 0.2, 0.3], 0.6],
    [[LONG_MAX, int(1)], 2 ** 63],
    [[decimal('1.5'), 2.5, 3n], decimal('7.00000000000000')],
    [[decimal('0.10'), int(1)], decimal('1.10')],
    [[int(1), null, 'text'], null],
    [[date(10), int(5)], date(15)],
    [[int(5), date(10), 2n], date(17)],
    [[date(10), -0.5], date(9)],
    [[date(10), 2.5], date(13)],
    [[date(10), decimal('2.5')], date(12)],
  ];
  for (const [operands, expected] of cases) {
    it(`${operands.length} operands: ${String(expected)}`, () => {
      expect(evaluate(call('$add', ...operands))).toEqual(expected);
    });
  }
});

describe('$subtract', () => {
  const cases: [Value, Value, Value][] = [
    [int(1), int(2), int(-1)],
    [-(2 ** 63), int(0), -(2 ** 63)],
    [-LONG_MAX, 2n, -(2 ** 63)],
    [int(10), decimal('0.50'), decimal('9.50')],
    [10.5, decimal('2.5'), decimal('8.0000000000000')],
    [date(10), date(3), 7n],
    [date(10), -2.5, date(13)],
    [date(10), decimal('1.5'), date(8)],
    [null, 'text', null],
  ];
  for (const [left, right, expected] of cases) {
    it(String(expected), () => expect(evaluate(call('$subtract', left, right))).toEqual(expected));
  }
});

describe('an expression that fails at a document', () => {
  const cases: [string, Doc, number][] = [
    ['a text in a sum', call('$add', int(1), 'x'), 14],
    ['a boolean in a difference', call('$subtract', true, int(1)), 14],
    ['a text taken from a date', call('$subtract', date(0), 'x'), 14],
    ['a date taken from a number', call('$subtract', int(1), date(0)), 14],
    ['two dates in a sum', call('$add', date(0), date(0)), 16612],
    ['a date moved by NaN', call('$add', date(0), Number.NaN), 15],
    ['a date moved by infinity', call('$subtract', date(0), decimal('Infinity')), 15],
    ['a date beyond the end of time', call('$add', date(1), LONG_MAX), 15],
    ['a date moved by more than a long', call('$add', date(0), decimal('1E+30')), 15],
    ['dates too far apart', call('$subtract', date(-2), date(LONG_MAX)), 15],
  ];
  for (const [name, expression, code] of cases) {
    it(name, () => expect(() => evaluate(expression)).toThrow(expect.objectContaining({ code })));
  }
});

describe('an expression that is refused before any document', () => {
  const cases: [string, Value, number][] = [
    ['$ alone', '$', 16872],
    ['$$ alone', '$$', 16867],
    ['an unknown variable', '$$YESTERDAY', 17276],
    ['a dot at the end', '$a.', 40353],
    ['an empty part', '$a..b', 15998],
    ['a part with $', '$a.$b', 16410],
    ['a null byte', '$a\0b', 16419],
    ['201 parts', `$${Array(201).fill('a').join('.')}`, 15],
    ['two operators', doc({ $add: [], $and: [] }), 15983],
    ['an operator behind a field', doc({ a: int(1), $add: [] }), 16410],
    ['a field with a dot', doc({ 'a.b': int(1) }), 16412],
    ['a field without a name', doc({ '': int(1) }), 15998],
    ['an unknown operator', doc({ $frobnicate: [] }), 168],
    ['one operand for two', call('$eq', int(1)), 16020],
    ['one operand for $ifNull', call('$ifNull', int(1)), 1257300],
  ];
  for (const [name, expression, code] of cases) {
    it(name, () => expect(() => compileExpression(expression)).toThrow(expect.objectContaining({ code })));
  }
});

describe('a path', () => {
  const root = doc({
    a: [doc({ b: int(1) }), int(7), doc({ b: int(2) }), doc({})],
    n: [[doc({ b: int(1) })], doc({ b: [int(2)] })],
    o: doc({ b: 'x' }),
  });
  const cases: [string, Value | undefined][] = [
    ['$o.b', 'x'],
    ['$a.b', [int(1), int(2)]],
    ['$n.b', [[int(2)]]],
    ['$a.0', []],
    ['$o.b.c', undefined],
    ['$none', undefined],
    ['$$NOW', new DateTime(BigInt(NOW.getTime()))],
    ['$$NOW.a', undefined],
  ];
  for (const [path, expected] of cases) it(path, () => expect(evaluate(path, root)).toEqual(expected));
});
