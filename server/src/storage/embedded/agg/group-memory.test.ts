import { expect, it } from 'vitest';
import { type Doc, doc, int, type Value } from '../bson/value.ts';
import { gather, parseGroup } from './group.ts';

const MOST = 1_000_000; // bytes

/** How many documents a group takes before it is refused; all of them if it is not. */
function taken(spec: Record<string, Value>, documentOf: (n: number) => Doc, count = 20_000): number {
  const groups = gather(parseGroup(doc(spec)), MOST);
  for (let n = 0; n < count; n++) {
    try {
      groups.take({ root: documentOf(n), now: new Date(0) });
    } catch (error) {
      expect(error).toMatchObject({ code: 292 });
      return n;
    }
  }
  expect([...groups.results()].length).toBeGreaterThan(0);
  return count;
}

const row = (n: number): Doc =>
  doc({ id: `row ${n}`, n: int(n), text: 'x'.repeat(1_000), same: 'same', inner: doc({ text: 'x'.repeat(1_000) }) });

it.each([
  ['few groups', { _id: '$same', n: doc({ $sum: '$n' }), most: doc({ $max: '$text' }) }],
  ['a set of few', { _id: null, all: doc({ $addToSet: '$same' }) }],
  ['the last of many', { _id: '$same', last: doc({ $last: '$text' }), first: doc({ $first: '$id' }) }],
])('%s take as many documents as come', (_what, spec) => expect(taken(spec, row)).toBe(20_000));

it.each([
  ['many groups', { _id: '$id' }, 3_000],
  ['a long list', { _id: null, all: doc({ $push: '$text' }) }, 1_000],
  ['a list of documents', { _id: null, all: doc({ $push: '$inner' }) }, 1_000],
  ['a large set', { _id: null, all: doc({ $addToSet: '$id' }) }, 10_000],
  ['what each group holds', { _id: '$id', first: doc({ $first: '$text' }) }, 1_000],
])('%s are refused when they hold too much', (_what, spec, most) => expect(taken(spec, row)).toBeLessThan(most));
