import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';
import { random } from '../testing/random.ts';

const { BSON } = mongoose.mongo;
const decimal = (text: string) => BSON.Decimal128.fromString(text);

let store: TestEngine;
beforeEach(() => {
  store = openTestEngine();
});
afterEach(() => store.close());

const insert = (documents: Fields[]) => store.command({ insert: 'c', documents });
const run = async (...pipeline: Fields[]) => {
  const { rows, errmsg } = await store.command({ aggregate: 'c', pipeline, cursor: {} });
  return rows ?? errmsg;
};

describe('a pipeline', () => {
  beforeEach(() => insert([1, 2, 3, 4, 5].map((n) => ({ _id: n, n, odd: n % 2 === 1 }))));

  it.each<[string, Fields[], Fields[]]>([
    [
      'takes stages in any order',
      [{ $limit: 4 }, { $skip: 1 }, { $sort: { n: -1 } }],
      [{ _id: 4 }, { _id: 3 }, { _id: 2 }],
    ],
    ['skips before it limits', [{ $skip: 1 }, { $limit: 2 }], [{ _id: 2 }, { _id: 3 }]],
    [
      'matches what a stage made',
      [{ $project: { m: { $add: ['$n', 1] } } }, { $match: { m: { $gt: 4 } } }],
      [{ _id: 4 }, { _id: 5 }],
    ],
    ['skips beyond the end', [{ $skip: 99 }], []],
  ])('%s', async (_name, stages, expected) => {
    expect(await run(...stages, { $project: { _id: 1 } })).toEqual(expected);
  });

  it.each<[string, Fields[], Fields[]]>([
    ['all', [], [{ n: 5 }]],
    ['what matches', [{ $match: { odd: true } }], [{ n: 3 }]],
    ['what is left', [{ $skip: 2 }, { $limit: 2 }], [{ n: 2 }]],
    ['the last ones', [{ $skip: 4 }, { $limit: 2 }], [{ n: 1 }]],
    ['nothing', [{ $skip: 5 }], []],
    ['nothing that matches', [{ $match: { n: 99 } }], []],
    ['groups', [{ $group: { _id: '$odd' } }], [{ n: 2 }]],
  ])('counts %s, by both ways', async (_name, stages, expected) => {
    expect(await run(...stages, { $count: 'n' })).toEqual(expected);
    const one = { $group: { _id: null, n: { $sum: 1 } } };
    expect(await run(...stages, one, { $project: { _id: 0 } })).toEqual(expected);
  });
});

describe('$group', () => {
  it('gives each accumulator its rules for missing, null and other types', async () => {
    await insert([{ k: 1, v: 2 }, { k: 1, v: 'x' }, { k: 1, v: null }, { k: 1 }, { k: 1, v: 2 }, { k: 1, v: 0.5 }]);
    const names = ['sum', 'avg', 'min', 'max', 'first', 'last', 'push', 'addToSet'];
    const fields = Object.fromEntries(names.map((name) => [name, { [`$${name}`]: '$v' }]));
    expect(await run({ $group: { _id: '$k', ...fields } })).toEqual([
      {
        _id: 1,
        sum: 4.5,
        avg: 1.5,
        min: 0.5,
        max: 'x',
        first: 2,
        last: 0.5,
        push: [2, 'x', null, 2, 0.5],
        addToSet: [2, 'x', null, 0.5],
      },
    ]);
  });

  it('puts equal numbers of all types, and null and missing, into one group', async () => {
    await insert([{ k: 1 }, { k: BSON.Long.fromString('1') }, { k: decimal('1.0') }, { k: null }, {}]);
    expect(await run({ $group: { _id: '$k', n: { $sum: 1 } } })).toEqual([
      { _id: 1, n: 3 },
      { _id: null, n: 2 },
    ]);
  });

  it('tells null from missing inside a compound _id', async () => {
    await insert([{ k: null }, {}, { k: null }]);
    expect(await run({ $group: { _id: { k: '$k' }, n: { $sum: 1 } } })).toEqual([
      { _id: { k: null }, n: 2 },
      { _id: {}, n: 1 },
    ]);
  });

  it('adds decimals exactly', async () => {
    await insert([{ v: decimal('0.10') }, { v: decimal('0.20') }, { v: 1 }]);
    expect(await run({ $group: { _id: null, sum: { $sum: '$v' }, avg: { $avg: '$v' } } })).toEqual([
      { _id: null, sum: decimal('1.30'), avg: decimal('0.4333333333333333333333333333333333') },
    ]);
  });

  it('refuses to make a document that is too large to send', async () => {
    for (const count of [9, 8]) await insert(Array.from({ length: count }, () => ({ v: 'x'.repeat(2 ** 20) })));
    const pipeline = [{ $group: { _id: null, all: { $push: '$v' } } }];
    expect(await store.command({ aggregate: 'c', pipeline, cursor: {} })).toMatchObject({ ok: 0, code: 10334 });
  });

  it('has no group without documents, and answers before a read when it is wrong', async () => {
    expect(await run({ $group: { _id: null, n: { $sum: 1 } } })).toEqual([]);
    expect(await run({ $group: { _id: null, n: { $sum: [1] } } })).toContain('unary');
  });
});

describe('$group after a scan', () => {
  // Directly after the scan it reads only the fields that it names; behind a $skip it gets whole documents.
  it.each([1, 2, 3])('makes the same of some fields as of all (seed %i)', async (seed) => {
    const dice = random(seed);
    const values = [null, 1, 2.5, 'x', [1, 'y'], { b: 3 }, [{ b: 1 }, { b: [2] }], decimal('1.10'), new Date(7)];
    const fields = ['a', 'b', 'a.b', 'none', 'c.0'];
    await insert(
      Array.from({ length: 200 }, (_, i) => ({
        _id: i,
        ...Object.fromEntries(['c', 'b', 'a'].filter(() => dice.below(4) > 0).map((name) => [name, dice.pick(values)])),
      })),
    );
    const operand = (): unknown => {
      const path = `$${dice.pick(fields)}`;
      return dice.pick([path, path, { $ifNull: [path, 'none'] }, { $eq: [path, 1] }, { $literal: path }]);
    };
    for (let round = 0; round < 30; round++) {
      const each = ['$sum', '$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet'].map(
        (accumulator, i): [string, Fields] => [`f${i}`, { [accumulator]: operand() }],
      );
      const stage = { $group: { _id: { x: operand(), y: [operand()] }, ...Object.fromEntries(each) } };
      expect(await run(stage)).toEqual(await run({ $limit: 1000 }, { $skip: 0 }, stage));
    }
  });
});
