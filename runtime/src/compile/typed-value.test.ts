import { describe, expect, it } from 'vitest';
import type { Variable } from '../flow/flow.ts';
import type { Json } from '../json.ts';
import { begun, flowOf, said } from '../testing/talk.ts';
import { typedValue } from './typed-value.ts';

describe('a declared variable', () => {
  it.each<[Variable['type'], Json, Json | undefined]>([
    ['number', '12', 12],
    ['number', 12.5, 12.5],
    ['number', 'twelve', undefined],
    ['number', [], undefined],
    ['number', '', null],
    ['number', null, null],
    ['text', 12, '12'],
    ['text', ['a', 'b'], 'a, b'],
    ['text', { a: 1 }, undefined],
    ['text', '', ''],
    ['boolean', 'Yes', true],
    ['boolean', false, false],
    ['boolean', 'perhaps', undefined],
    ['date', ' 2026-03-02 ', '2026-03-02'],
    ['date', '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'],
    ['date', 'tomorrow', undefined],
    ['date', 20260302, undefined],
    ['list', [1], [1]],
    ['list', 'a', undefined],
    ['object', { a: 1 }, { a: 1 }],
    ['object', [1], undefined],
    ['any', { a: [1] }, { a: [1] }],
  ])('of the type %s takes %j as %j', (type, value, kept) => expect(typedValue(type, value)).toEqual(kept));

  const keeping = (more: Record<string, unknown>) =>
    flowOf(
      { keep: ['keep', { assign: { age: 'old' } }], sorry: ['say', { text: 'Age {{default age "?"}}' }] },
      ['start.next>keep'],
      { variables: [{ name: 'age', type: 'number', initial: 1 }], ...more },
    );

  it('keeps its value where another type comes: the flow fails by name, or its handler goes on', () => {
    expect(begun(keeping({})).step).toMatchObject({
      status: 'failed',
      fault: {
        code: 'wrong_type',
        node: 'keep',
        message: 'age is declared as number, and "old" does not read as one.',
      },
    });
    const handled = keeping({ settings: { onError: { target: 'sorry' } } });
    expect(said(begun(handled).step)).toEqual(['Age 1']);
  });
});
