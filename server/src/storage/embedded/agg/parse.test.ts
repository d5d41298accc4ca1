import { describe, expect, it } from 'vitest';
import { DateTime, type Doc, doc, int, type Value } from '../bson/value.ts';
import { decimal } from '../testing/decimals.ts';
import { parsePipeline, readsOf } from './parse.ts';

const LONG_MAX = 2n ** 63n - 1n;
const DATE = new DateTime(0n);
const group = (fields: Record<string, Value>): Doc => doc({ _id: null, ...fields });
const many = (count: number): Doc =>
  new Map(Array.from({ length: count }, (_, i): [string, Value] => [`f${i}`, int(1)]));

describe('a stage that is refused', () => {
  const cases: [string, Value, number][] = [
    ['$match', 'text', 15959],
    ['$match', [], 15959],
    ['$match', null, 15959],
    ['$match', doc({ $frob: int(1) }), 2],
    ['$sort', 'text', 15973],
    ['$sort', doc({}), 15976],
    ['$sort', doc({ a: 'asc' }), 15974],
    ['$sort', doc({ a: true }), 15974],
    ['$sort', doc({ a: null }), 15974],
    ['$sort', doc({ a: doc({ b: int(1) }) }), 17312],
    ['$sort', doc({ a: doc({ $meta: 'textScore' }) }), 2],
    ['$sort', doc({ a: int(0) }), 15975],
    ['$sort', doc({ a: 2n }), 15975],
    ['$sort', doc({ a: 0.5 }), 15975],
    ['$sort', doc({ a: Number.NaN }), 15975],
    ['$sort', doc({ a: decimal('1.5') }), 15975],
    ['$sort', doc({ a: decimal('Infinity') }), 15975],
    ['$sort', doc({ $a: int(0) }), 15975],
    ['$sort', doc({ $a: int(1) }), 16410],
    ['$sort', doc({ '': int(1) }), 40352],
    ['$sort', doc({ 'a.': int(1) }), 40353],
    ['$sort', doc({ 'a..b': int(1) }), 15998],
    ['$sort', many(33), 13103],
    ['$skip', 'text', 5107200],
    ['$skip', null, 5107200],
    ['$skip', int(-1), 5107200],
    ['$skip', 0.5, 5107200],
    ['$skip', Number.NaN, 5107200],
    ['$skip', decimal('1E-6176'), 5107200],
    ['$skip', decimal('9223372036854775808'), 5107200],
    ['$skip', 2 ** 63, 5107200],
    ['$limit', 'text', 5107201],
    ['$limit', -1n, 5107201],
    ['$limit', Infinity, 5107201],
    ['$limit', decimal('1E+6111'), 5107201],
    ['$limit', int(0), 15958],
    ['$limit', -0, 15958],
    ['$limit', decimal('-0'), 15958],
    ['$project', 'text', 15969],
    ['$project', doc({}), 51272],
    ['$group', 'text', 15947],
    ['$group', doc({}), 15955],
    ['$group', doc({ _id: '$' }), 16872],
    ['$group', doc({ _id: doc({ a: int(1) }) }), 17390],
    ['$group', doc({ _id: doc({ a: true }) }), 17390],
    ['$group', doc({ _id: doc({ 'a.b': '$c' }) }), 16412],
    ['$group', doc({ _id: doc({ '': '$c' }) }), 15998],
    ['$group', group({ 'a.b': doc({ $sum: int(1) }) }), 40235],
    ['$group', group({ $a: doc({ $sum: int(1) }) }), 40236],
    ['$group', group({ a: int(1) }), 40234],
    ['$group', group({ a: doc({}) }), 40234],
    ['$group', group({ a: doc({ b: int(1) }) }), 40234],
    ['$group', group({ a: doc({ $sum: int(1), $avg: int(1) }) }), 40238],
    ['$group', group({ a: doc({ $sum: ['$b'] }) }), 40237],
    ['$group', group({ a: doc({ $frob: int(1) }) }), 15952],
    ['$count', int(1), 40156],
    ['$count', DATE, 40156],
    ['$count', '', 40157],
    ['$count', '$a.b', 40158],
    ['$count', 'a\0.', 40159],
    ['$count', 'a.b', 40160],
    ['$count', '_id', 9039800],
    ['$frobnicate', doc({}), 40324],
  ];
  for (const [i, [name, operand, code]] of cases.entries()) {
    it(`${i}: ${name} with ${code}`, () => {
      const pipeline = [doc({ [name]: operand })];
      expect(() => parsePipeline(pipeline)).toThrow(expect.objectContaining({ code }));
    });
  }
});

describe('a pipeline', () => {
  const refused: [string, Value[], number][] = [
    ['of what is no document', [int(1)], 14],
    ['with an empty stage', [doc({})], 40323],
    ['with two stages in one', [doc({ $skip: int(1), $limit: int(1) })], 40323],
    ['with two faults: the first answers', [doc({ $limit: int(0) }), doc({ $skip: 'x' })], 15958],
    ['of 1,001 stages', Array.from({ length: 1001 }, () => doc({ $skip: int(1) })), 7749501],
  ];
  for (const [name, pipeline, code] of refused) {
    it(name, () => expect(() => parsePipeline(pipeline)).toThrow(expect.objectContaining({ code })));
  }

  it('takes every numeric type where a number is asked for', () => {
    const sort = doc({ a: 1.9, b: decimal('-0.51'), c: -1n, d: decimal('1.49') });
    const [sorted, skip, limit] = parsePipeline([
      doc({ $sort: sort }),
      doc({ $skip: decimal('3.00') }),
      doc({ $limit: LONG_MAX }),
    ]);
    expect(sorted).toMatchObject({ sort: [false, true, true, false].map((descending) => ({ descending })) });
    expect(skip).toMatchObject({ count: 3 });
    expect(limit).toMatchObject({ count: 2 ** 63 });
  });

  it.each<[Record<string, Value>, string[] | null]>([
    [{ $count: 'n' }, []],
    [{ $group: group({ n: doc({ $sum: int(1) }) }) }, []],
    [{ $group: doc({ _id: int(1), n: doc({ $sum: 1n }), k: doc({ $max: 'text' }), l: doc({ $max: '$$NOW' }) }) }, []],
    [{ $group: group({ n: doc({ $sum: '$a.b' }), k: doc({ $first: '$a.c' }) }) }, ['a']],
    [{ $group: group({ n: doc({ $sum: doc({ $add: [int(1), '$a'] }) }) }) }, ['a']],
    [{ $group: group({ n: doc({ $first: doc({ $literal: '$a' }) }) }) }, []],
    [{ $group: doc({ _id: doc({ x: '$a', y: ['$b'] }) }) }, ['a', 'b']],
    [{ $skip: int(1) }, null],
  ])('%# knows which fields its first stage looks at', (stage, expected) => {
    const reads = readsOf(parsePipeline([doc(stage)])[0]);
    expect(reads && [...reads]).toEqual(expected);
  });
});
