import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';
import { expire } from './expire.ts';

const { BSON } = mongoose.mongo;

let store: TestEngine;
let time: Date;
beforeEach(() => {
  time = new Date('2026-01-01T00:00:00Z');
  store = openTestEngine(() => time);
});
afterEach(() => store.close());

const rows = async (body: Fields) => (await store.command(body)).rows;

describe('expire', () => {
  it('removes what is older than the index says, and nothing that holds no date', async () => {
    await store.command({ createIndexes: 'c', indexes: [{ key: { at: 1 }, name: 'at', expireAfterSeconds: 60 }] });
    const at = (seconds: number) => new Date(time.getTime() - seconds * 1000);
    const documents = [
      { _id: 1, at: at(61) },
      { _id: 2, at: at(59) },
      { _id: 3, at: 'text' },
      { _id: 4 },
      { _id: 5, at: [at(0), at(70)] },
    ];
    await store.command({ insert: 'c', documents });
    expect(await expire(store.engine)).toBe(2);
    expect(await rows({ find: 'c', projection: { _id: 1 } })).toEqual([{ _id: 2 }, { _id: 3 }, { _id: 4 }]);
    time = new Date(time.getTime() + 5000);
    expect(await expire(store.engine)).toBe(1);
  });
});

describe('findAndModify', () => {
  beforeEach(async () => {
    await store.command({ insert: 'c', documents: [3, 1, 2].map((n) => ({ _id: n, n, other: { deep: n } })) });
  });

  it('takes the first by the sort and shows the fields asked for', async () => {
    const update = { $set: { taken: true } };
    const reply = await store.command({
      findAndModify: 'c',
      sort: { n: 1 },
      update,
      new: true,
      fields: { taken: 1, 'other.deep': 1 },
    });
    expect(reply.value).toEqual({ _id: 1, other: { deep: 1 }, taken: true });
    expect(reply.lastErrorObject).toEqual({ n: 1, updatedExisting: true });
  });

  it('removes and gives back what it removed', async () => {
    expect(await store.command({ findAndModify: 'c', sort: { n: -1 }, remove: true })).toMatchObject({
      value: { _id: 3 },
    });
    expect(await store.command({ count: 'c' })).toMatchObject({ n: 2 });
  });

  it('answers null when nothing matches', async () => {
    const reply = await store.command({ findAndModify: 'c', query: { n: 9 }, update: { $set: { a: 1 } } });
    expect(reply).toMatchObject({ value: null, lastErrorObject: { n: 0, updatedExisting: false } });
  });
});

describe('update', () => {
  it('builds an upsert from the equalities of its filter, _id first', async () => {
    const q = { 'a.b': 1, c: { $gt: 5 }, $and: [{ d: { $eq: 2 } }], _id: 'x' };
    const u = { $set: { e: 3 }, $setOnInsert: { f: 4 } };
    const reply = await store.command({ update: 'c', updates: [{ q, u, upsert: true }] });
    expect(reply).toMatchObject({ n: 1, nModified: 0, upserted: [{ index: 0, _id: 'x' }] });
    const [made] = (await rows({ find: 'c' })) as Fields[];
    expect(Object.entries(made ?? {})).toEqual([
      ['_id', 'x'],
      ['a', { b: 1 }],
      ['d', 2],
      ['e', 3],
      ['f', 4],
    ]);
  });

  it('changes every match once, even if the change moves it along the index', async () => {
    await store.command({ createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n' }] });
    await store.command({ insert: 'c', documents: Array.from({ length: 300 }, (_, n) => ({ n })) });
    const updates = [{ q: { n: { $gte: 0 } }, u: { $inc: { n: 1000 } }, multi: true }];
    expect(await store.command({ update: 'c', updates })).toMatchObject({ n: 300, nModified: 300 });
    expect(await store.command({ count: 'c', query: { n: { $gte: 1000, $lt: 1300 } } })).toMatchObject({ n: 300 });
  });

  it('an ordered bulk stops at its first error, an unordered one goes on', async () => {
    await store.command({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', unique: true }] });
    await store.command({
      insert: 'c',
      documents: [
        { _id: 1, k: 1 },
        { _id: 2, k: 2 },
      ],
    });
    const set = (id: number, k: number) => ({ q: { _id: id }, u: { $set: { k } } });
    const updates = [set(1, 10), set(2, 10), set(1, 11)];
    expect(await store.command({ update: 'c', updates })).toMatchObject({
      n: 1,
      writeErrors: [{ index: 1, code: 11000, keyValue: { k: 10 } }],
    });
    expect(await store.command({ update: 'c', updates: [set(2, 10), set(1, 12)], ordered: false })).toMatchObject({
      n: 1,
      writeErrors: [{ index: 0 }],
    });
  });
});

describe('a unique index', () => {
  it('looks at every element, lets missing fields collide unless it is sparse or partial', async () => {
    const unique = (name: string, more: Fields) => ({ key: { [name]: 1 }, name, unique: true, ...more });
    const indexes = [
      unique('a', { sparse: true }),
      unique('b', { partialFilterExpression: { b: { $type: 'string' } } }),
      unique('c', {}),
    ];
    await store.command({ createIndexes: 'u', indexes });
    const insert = async (document: Fields) => {
      const { writeErrors } = await store.command({ insert: 'u', documents: [document] });
      return (writeErrors as Fields[] | undefined)?.[0]?.keyValue ?? 'stored';
    };
    expect(await insert({ a: [1, 1, 2], b: 1, c: 1 })).toBe('stored');
    expect(await insert({ a: 2, c: 2 })).toEqual({ a: 2 });
    expect(await insert({ b: 1, c: 2 })).toBe('stored');
    expect(await insert({ b: 'x' })).toBe('stored');
    expect(await insert({ b: 'x', c: 9 })).toEqual({ b: 'x' });
    expect(await insert({ b: 'y' })).toEqual({ c: null });
  });

  it('cannot be made over duplicates, and leaves nothing behind', async () => {
    await store.command({ insert: 'd', documents: [{ k: 1 }, { k: 1.0 }] });
    const create = { createIndexes: 'd', indexes: [{ key: { k: 1 }, name: 'k', unique: true }] };
    expect(await store.command(create)).toMatchObject({ ok: 0, code: 11000 });
    expect(await rows({ listIndexes: 'd' })).toHaveLength(1);
    await store.command({ delete: 'd', deletes: [{ q: {}, limit: 1 }] });
    expect(await store.command(create)).toMatchObject({ ok: 1, numIndexesAfter: 2 });
  });
});

describe('aggregate', () => {
  it('groups, projects and counts', async () => {
    const documents = [{ k: 'a', n: 1 }, { k: 'b', n: 2 }, { k: 'a', n: 3 }, { k: 'b' }];
    await store.command({ insert: 'g', documents });
    const run = (pipeline: Fields[]) => rows({ aggregate: 'g', pipeline, cursor: {} });
    const each = {
      sum: { $sum: '$n' },
      avg: { $avg: '$n' },
      all: { $push: '$n' },
      first: { $first: '$n' },
      last: { $last: '$n' },
    };
    expect(await run([{ $group: { _id: '$k', ...each } }, { $sort: { _id: 1 } }])).toEqual([
      { _id: 'a', sum: 4, avg: 2, all: [1, 3], first: 1, last: 3 },
      { _id: 'b', sum: 2, avg: 2, all: [2], first: 2, last: null },
    ]);
    expect(await run([{ $match: { k: 'a' } }, { $count: 'n' }])).toEqual([{ n: 2 }]);
    expect(
      await run([{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { _id: 0, key: '$k', next: { $add: ['$n', 1] } } }]),
    ).toEqual([{ key: 'a', next: 4 }]);
    expect(await run([{ $group: { _id: { k: '$k' }, n: { $sum: 1 } } }, { $skip: 1 }])).toEqual([
      { _id: { k: 'b' }, n: 2 },
    ]);
  });
});

describe('projections', () => {
  it('include and exclude through documents and arrays', async () => {
    await store.command({ insert: 'p', documents: [{ _id: 1, a: { b: 1, c: 2 }, l: [{ x: 1, y: 2 }, 5], z: 3 }] });
    const shown = async (projection: Fields) => ((await rows({ find: 'p', projection })) as Fields[])[0];
    expect(await shown({ 'a.b': 1, 'l.x': 1 })).toEqual({ _id: 1, a: { b: 1 }, l: [{ x: 1 }] });
    expect(await shown({ a: 0, 'l.y': 0, _id: 0 })).toEqual({ l: [{ x: 1 }, 5], z: 3 });
    expect(await store.command({ find: 'p', projection: { a: 1, z: 0 } })).toMatchObject({ ok: 0, code: 31254 });
    expect(await store.command({ find: 'p', projection: { l: { $slice: 1 } } })).toMatchObject({ ok: 0, code: 31325 });
  });
});

it('stamps keep rising when the clock is set back', async () => {
  const at = new BSON.Timestamp({ t: 0, i: 0 });
  await store.command({ insert: 't', documents: [{ _id: 1, at }] });
  time = new Date(0);
  await store.command({ insert: 't', documents: [{ _id: 2, at }, { _id: at }] });
  const found = (await rows({ find: 't', sort: { at: 1 } })) as Fields[];
  expect(found.map(({ _id }) => _id)).toEqual([at, 1, 2]);
});
