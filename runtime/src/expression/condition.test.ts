import { describe, expect, it } from 'vitest';
import { compilePattern, holds, OPERATORS, type Operator } from './condition.ts';
import { fold } from './fold.ts';

type Case = [operator: Operator, left: unknown, right: unknown, expected: boolean];

const CASES: Case[] = [
  ['equals', ' São  Paulo ', 'sao paulo', true],
  ['equals', '12', '12.0', true],
  ['equals', 12, '12', true],
  ['equals', '12 kg', 12, false],
  ['equals', true, 'true', true],
  ['equals', null, '', true],
  ['equals', '12345678901234567890', '12345678901234567891', false],
  ['notEquals', 'a', 'b', true],
  ['notEquals', 'Á', 'a', false],
  ['contains', 'Where is my ÓRDER?', 'order', true],
  ['contains', ['Red', 'green'], 'red', true],
  ['contains', [1, 2], '2', true],
  ['contains', 'a', 'b', false],
  ['notContains', 'abc', 'B', false],
  ['notContains', ['a'], 'b', true],
  ['startsWith', 'Olá Ana', 'ola', true],
  ['startsWith', 'Ana', 'na', false],
  ['endsWith', 'my order', 'ORDER', true],
  ['endsWith', 'orders', 'order', false],
  ['matches', 'AB12', '^[a-z]+\\d+$', true],
  ['matches', 'ab', '^\\d+$', false],
  ['matches', 'ab', '(', false],
  ['matches', 'ab', '', false],
  ['greaterThan', '10', '9', true],
  ['greaterThan', 'b', 'a', false],
  ['greaterThan', '2026-03-02', '2026-03-01', true],
  ['greaterOrEqual', 9, 9, true],
  ['greaterOrEqual', 8.9, 9, false],
  ['lessThan', '-1', 0, true],
  ['lessThan', '', 0, false],
  ['lessOrEqual', '9.0', 9, true],
  ['lessOrEqual', 10, 9, false],
  ['between', 5, [1, 10], true],
  ['between', 10, '1, 10', true],
  ['between', 11, [1, 10], false],
  ['between', 5, 1, false],
  ['between', '2026-03-02', ['2026-03-01', '2026-03-31'], true],
  ['before', '2026-03-01', '2026-03-02T09:00:00Z', true],
  ['before', 'yesterday', '2026-03-02', false],
  ['after', '2026-03-02T10:00:00+00:00', '2026-03-02T11:00:00+02:00', true],
  ['after', '2026-03-01', '2026-03-02', false],
  ['isEmpty', '  ', null, true],
  ['isEmpty', undefined, null, true],
  ['isEmpty', [], null, true],
  ['isEmpty', {}, null, true],
  ['isEmpty', 0, null, false],
  ['isEmpty', false, null, false],
  ['isNotEmpty', [''], null, true],
  ['isNotEmpty', null, null, false],
  ['in', 'Red', 'red, green', true],
  ['in', 'blue', ['red', 'green'], false],
  ['in', '2', [1, 2], true],
  ['notIn', 'blue', 'red, green', true],
  ['notIn', 'RED', ['red'], false],
  ['hasAny', ['vip', 'new'], ['Gold', 'VIP'], true],
  ['hasAny', [], ['vip'], false],
  ['hasAll', ['vip', 'new', 'x'], 'new, vip', true],
  ['hasAll', ['vip'], ['vip', 'new'], false],
  ['isPhone', '+44 7911 123456', null, true],
  ['isPhone', '12', null, false],
  ['isEmail', ' ana@example.com ', null, true],
  ['isEmail', 'ana@example', null, false],
];

describe('conditions', () => {
  it.each(CASES)('%s: %j, %j is %j', (operator, left, right, expected) =>
    expect(holds(operator, { left, right })).toBe(expected),
  );
  it.each(OPERATORS)('%s is tried both ways', (operator) =>
    expect(new Set(CASES.filter(([one]) => one === operator).map((one) => one[3])).size).toBe(2),
  );
  it.each([
    ['equals', 'Sí', 'si'],
    ['contains', 'Sí', 's í'],
    ['startsWith', 'Order', 'order'],
    ['endsWith', 'ORDER', 'er'],
    ['matches', 'AB', '^[a-z]+$'],
    ['in', 'Red', 'red, green'],
    ['hasAny', ['VIP'], ['vip']],
  ] as [Operator, unknown, unknown][])('%s minds the case where told to', (operator, left, right) =>
    expect(holds(operator, { left, right, caseSensitive: true })).toBe(false),
  );
});

describe('patterns', () => {
  const elapsed = (work: () => unknown): number => {
    const before = performance.now();
    work();
    return performance.now() - before;
  };
  const left = `${'a'.repeat(50_000)}!`;

  it('takes linear time where a backtracking engine takes years', () => {
    expect(holds('matches', { left, right: '(a+)+$' })).toBe(false);
    expect(elapsed(() => holds('matches', { left, right: '(a+)+$' }))).toBeLessThan(2_000);
  });
  it('refuses a pattern whose program is a mountain', () => {
    expect(compilePattern(`${'(a{1,100})+'.repeat(20)}$`)).toBe(null);
    expect(compilePattern('x'.repeat(501))).toBe(null);
    expect(compilePattern('a{1,100}')).not.toBe(null);
  });
  it('looks at no e-mail address longer than there can be', () => {
    expect(elapsed(() => holds('isEmail', { left: `a@${'.'.repeat(100_000)}@`, right: null }))).toBeLessThan(2_000);
  });
});

describe('long lists', () => {
  it('take the sum of their lengths, not the product', () => {
    const left = Array.from({ length: 30_000 }, (_, i) => `item ${i}`);
    const right = left.map((item) => `no ${item}`);
    expect(holds('hasAny', { left, right })).toBe(false);
    expect(holds('hasAll', { left, right: [...left].reverse() })).toBe(true);
    expect(holds('hasAll', { left: left.join(), right: [...left, 'x'] })).toBe(false);
  });
  it.each([
    [[1, 'two'], '1.0', true],
    [['１'], 1, true],
    [['12345678901234567890', 1], '12345678901234567891', false],
    [['12345678901234567890', 1], '12345678901234567890', true],
    [[1, 2], 'one', false],
  ])('%j holds %j: %j', (left, right, expected) => expect(holds('contains', { left, right })).toBe(expected));
  it('a pattern looks through no more than its program allows', () => {
    const wide = 'x{1,100}y{1,100}z';
    expect(holds('matches', { left: `${'a'.repeat(10_000)}xyz`, right: wide })).toBe(true);
    expect(holds('matches', { left: `${'a'.repeat(100_000)}xyz`, right: wide })).toBe(false);
  });
});

describe('fold', () => {
  it.each([
    [' ÁÉÎÕÜ ç ', 'aeiou c'],
    ['a \n\t b', 'a b'],
    ['ﬁn', 'fin'],
    ['❤️', '❤'],
    ['Ёлка', 'елка'],
    ['أهلاً', 'اهلا'],
    ['שָׁלוֹם', 'שלום'],
    ['가', '가'],
  ])('%j is %j', (text, folded) => expect(fold(text)).toBe(folded.normalize('NFC')));
  it.each([
    ['की', 'का'],
    ['が', 'か'],
    ['กา', 'กี'],
  ])('%s is not %s', (one, other) => expect(fold(one)).not.toBe(fold(other)));
});
