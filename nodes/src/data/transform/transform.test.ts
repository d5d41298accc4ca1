import { type Json, jsonSize, MAX_MEMORY } from '@parley/runtime';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { transform } from './node.ts';

/** What the steps make of a value, or why they did not. */
function made(from: Json, steps: unknown[], variables: Record<string, Json> = {}): Json {
  if (transform.verb.kind !== 'run') throw new Error('no run');
  const config = transform.schema.parse({ from, steps, saveAs: 'out' });
  try {
    return transform.verb.run(contextFor(config, { variables })).set?.out ?? null;
  } catch (error) {
    return `! ${error instanceof Error ? error.message : error}`;
  }
}

it.each<[string, Json, unknown[], RegExp]>([
  [
    'the step by its number and name',
    [1],
    [{ do: 'count' }, { do: 'sort' }],
    /^! Step 2 \(sort\): it needs a list, but got a number\.$/,
  ],
  ['nothing', null, [{ do: 'sort' }], /it needs a list, but got nothing/],
  ['an item that is no object', ['a'], [{ do: 'pick', keys: ['a'] }], /it needs an object or a list, but got a text/],
  ['JSON nested too deep', '['.repeat(90) + ']'.repeat(90), [{ do: 'parseJson' }], /nested too deep/],
  ['JSON as deep as the stack', '['.repeat(100_000), [{ do: 'parseJson' }], /it needs JSON/],
  [
    'a count below nothing',
    [1],
    [{ do: 'take', count: '{{n}}' }],
    /a whole number from 0 for its count, but got a number/,
  ],
  [
    'a value that is too large to begin with',
    'x'.repeat(MAX_MEMORY),
    [{ do: 'split' }],
    /Before the first step: the value is larger/,
  ],
])('names %s', (_, from, steps, words) => expect(made(from, steps, { n: -1 })).toMatch(words));

it('a key that is called as a part of the prototype is a key like any other', () => {
  const given = '[{"kind": "__proto__", "__proto__": {"a": 1}}, {"kind": "constructor"}]';
  expect(made(given, [{ do: 'parseJson' }, { do: 'group', by: 'kind' }, { do: 'count' }])).toBe(2);
  expect(
    made(given, [{ do: 'parseJson' }, { do: 'pick', keys: ['__proto__'] }, { do: 'first' }, { do: 'toJson' }]),
  ).toBe('{"__proto__":{"a":1}}');
  expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
});

it('a variable called item or index gives way to the item', () =>
  expect(made([5], [{ do: 'map', to: '{{item}} {{index}} {{other}}' }], { item: 'x', index: 'y', other: 'z' })).toEqual(
    ['5 0 z'],
  ));

it('what a template made is not read as a template again', () =>
  expect(made(['{{now}}'], [{ do: 'map', to: '{{item}}' }])).toEqual(['{{now}}']));

const step = fc.oneof(
  fc
    .constantFrom(
      'flatten',
      'reverse',
      'count',
      'first',
      'last',
      'entries',
      'parseJson',
      'toJson',
      'unique',
      'sum',
      'average',
      'min',
      'max',
      'group',
      'sort',
      'join',
      'split',
    )
    .map((name) => ({ do: name })),
  fc
    .constantFrom('{{item}}', ['{{item}}', '{{item}}'], { a: '{{item}}', b: ['{{index}}'] })
    .map((to) => ({ do: 'map', to })),
  fc.constantFrom('a', '0', 'length', '__proto__').map((path) => ({ do: 'get', path })),
  fc.constantFrom('sort', 'unique', 'group', 'sum').map((name) => ({ do: name, by: 'a' })),
  fc.constant({ do: 'filter', conditions: [{ left: '{{item}}', operator: 'isNotEmpty' }] }),
);

it('whatever the value and the steps: JSON of bounded size, or words', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(step, { minLength: 1, maxLength: 12 }), (from, steps) => {
      const value = made(JSON.parse(JSON.stringify(from)) as Json, steps);
      expect(jsonSize(value, MAX_MEMORY)).toBeLessThan(Infinity);
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    }),
    { numRuns: 2_000 },
  );
});
