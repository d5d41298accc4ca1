import { describe, expect, it } from 'vitest';
import type { Variable } from '../flow/flow.ts';
import type { Json } from '../json.ts';
import { start } from '../session/session.ts';
import { begun, facts, flowOf, said } from '../testing/talk.ts';
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

  const setting = (assign: Record<string, Json>, variables: Partial<Variable>[]) =>
    begun(flowOf({ keep: ['keep', { assign }] }, ['start.next>keep'], { variables })).step;

  it('is minded inside an object, and as the object that others are part of', () => {
    const number = { name: 'order.number', type: 'number' as const };
    expect(setting({ order: { number: '7', by: 'Ana' } }, [number]).snapshot.memory.scopes['']).toEqual({
      order: { number: 7, by: 'Ana' },
    });
    expect(setting({ order: { by: 'Ana' } }, [number]).status).toBe('done');
    expect(setting({ order: { number: 'seven' } }, [number]).fault?.code).toBe('wrong_type');
    expect(setting({ 'order.number': '7' }, [{ name: 'order', type: 'list' }]).fault?.message).toBe(
      'order.number cannot be set: order is declared as list.',
    );
    expect(setting({ 'order.number': '7' }, [{ name: 'order', type: 'object' }]).status).toBe('done');
  });

  it('takes what a session is begun with by the same rule, by names with dots too', () => {
    const flow = flowOf(
      { ask: ['ask', { text: '{{order.by}} {{order.number}}' }], bad: ['ask', { text: 'Bad' }] },
      ['start.next>ask'],
      {
        variables: [
          { name: 'order.number', type: 'number' },
          { name: 'order.by', initial: 'Ana' },
        ],
        settings: { onError: { target: 'bad' } },
      },
    );
    const { compiled } = begun(flow);
    const given = (variables: Record<string, Json>) =>
      start(compiled, { session: 's', target: 'start', message: null, facts, variables });
    expect(given({ 'order.number': '7' }).snapshot.memory.scopes['']).toEqual({ order: { by: 'Ana', number: 7 } });
    expect(given({ order: { number: '8' } }).snapshot.memory.scopes['']).toEqual({ order: { by: 'Ana', number: 8 } });
    expect(said(given({ 'order.number': 'x' }))).toEqual(['Bad']);
  });

  it('begins as its type, or without a value', () => {
    const declared = [
      { name: 'n', type: 'number' as const, initial: '3' },
      { name: 'm', type: 'number' as const, initial: 'three' },
    ];
    expect(setting({}, declared).snapshot.memory.scopes['']).toEqual({ n: 3, m: null });
  });
});
