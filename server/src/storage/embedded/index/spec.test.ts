import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clausesOf } from '../query/clauses.ts';
import type { StoredIndex } from '../store/rows.ts';
import { type Fields, openTestEngine, type TestEngine, toDoc } from '../testing/engine.ts';
import { implies } from './implies.ts';
import { keysOf } from './keygen.ts';
import { parseIndex } from './spec.ts';

let store: TestEngine;
beforeEach(() => {
  store = openTestEngine();
});
afterEach(() => store.close());

const create = (...indexes: Fields[]) => store.command({ createIndexes: 'c', indexes });
const names = async () =>
  ((await store.command({ listIndexes: 'c' })).rows as StoredIndex['spec'][]).map(({ name }) => name);

describe('an index', () => {
  it.each<[Fields, number]>([
    [{}, 9],
    [{ key: { a: 1 } }, 9],
    [{ key: { a: 1 }, name: 5 }, 14],
    [{ key: {}, name: 'x' }, 67],
    [{ key: { a: 0 }, name: 'x' }, 67],
    [{ key: { a: 'text' }, name: 'x' }, 67],
    [{ key: Object.fromEntries([...Array(33).keys()].map((n) => [`f${n}`, 1])), name: 'x' }, 13103],
    [{ key: { a: 1 }, name: '_id_' }, 2],
    [{ key: { _id: -1 }, name: 'x' }, 2],
    [{ key: { _id: 1 }, name: 'x', expireAfterSeconds: 1 }, 197],
    [{ key: { _id: 1 }, name: 'x', partialFilterExpression: { a: 1 } }, 197],
    [{ key: { a: 1 }, name: 'x', unique: null }, 14],
    [{ key: { a: 1 }, name: 'x', sparse: null }, 14],
    [{ key: { a: 1 }, name: 'x', partialFilterExpression: null }, 14],
    [{ key: { a: 1 }, name: 'x', partialFilterExpression: { a: { $exists: 0 } } }, 67],
    [{ key: { a: 1 }, name: 'x', partialFilterExpression: { a: { $ne: 1 } } }, 67],
    [{ key: { a: 1 }, name: 'x', partialFilterExpression: { $or: [] } }, 2],
    [{ key: { a: 1 }, name: 'x', partialFilterExpression: { $expr: { $eq: ['$a', 1] } } }, 224],
    [{ key: { a: 1 }, name: 'x', collation: { locale: 'en' } }, 197],
  ])('as %j is refused with %i', async (index, code) => {
    expect(await create(index)).toMatchObject({ ok: 0, code });
  });

  it('may stand beside another one over the same fields, if it is of another kind', async () => {
    expect(await create({ key: { a: 1 }, name: 'plain' })).toMatchObject({ ok: 1 });
    expect(await create({ key: { a: 1 }, name: 'unique', unique: true })).toMatchObject({ ok: 1 });
    expect(await create({ key: { a: 1 }, name: 'sparse', sparse: true })).toMatchObject({ ok: 1 });
    expect(await create({ key: { a: 1 }, name: 'again' })).toMatchObject({ code: 85 });
    expect(await create({ key: { a: 1 }, name: 'plain', sparse: true })).toMatchObject({ code: 86 });
    expect(await create({ key: { a: 1 }, name: 'plain', expireAfterSeconds: 5 })).toMatchObject({ code: 85 });
    expect(await names()).toEqual(['_id_', 'plain', 'unique', 'sparse']);
    expect(await store.command({ dropIndexes: 'c', index: { a: 1 } })).toMatchObject({ code: 181 });
    expect(await store.command({ dropIndexes: 'c', index: ['plain', 'plain'] })).toMatchObject({ code: 27 });
    expect(await store.command({ dropIndexes: 'c', index: 5 })).toMatchObject({ code: 14 });
    expect(await store.command({ dropIndexes: 'c', index: ['plain', 'sparse'] })).toMatchObject({ ok: 1 });
    expect(await names()).toEqual(['_id_', 'unique']);
  });

  it('is the same whatever the order of the branches of its filter', async () => {
    const filter = (...branches: Fields[]) => ({
      key: { a: 1 },
      name: 'x',
      partialFilterExpression: { $and: branches },
    });
    await create(filter({ a: 1 }, { b: 2 }));
    expect(await create(filter({ b: 2 }, { a: 1 }))).toMatchObject({ ok: 1, numIndexesAfter: 2 });
  });
});

describe('a partial filter', () => {
  it.each<[Fields, Fields, boolean]>([
    [{ $or: [{ a: 1 }, { b: { $gt: 5 } }] }, { b: 7 }, true],
    [{ $or: [{ a: 1 }, { b: { $gt: 5 } }] }, { b: 3 }, false],
    [{ $and: [{ $or: [{ a: 1 }, { b: 1 }] }, { c: 1 }] }, { a: 1 }, false],
    [{ $and: [{ $or: [{ a: 1 }, { b: 1 }] }, { c: 1 }] }, { b: 1, c: 1 }, true],
    [{ a: { $in: [1, 2] } }, { a: 2 }, true],
    [{ a: { $in: [1, 2] } }, { a: { $in: [1, 2, 3] } }, false],
    [{ a: { $in: [1, 2, 3] } }, { a: { $in: [1, 3] } }, true],
    [{ a: { $exists: true } }, { a: { $gt: 1 } }, true],
    [{ a: { $all: [1, 2] } }, { a: 1 }, false],
  ])('%j is implied by %j: %s', (filter, query, implied) => {
    expect(implies(clausesOf(toDoc(query)), toDoc(filter))).toBe(implied);
  });
});

describe('the keys of a compound index', () => {
  const count = (key: Fields, document: Fields): number =>
    keysOf(parseIndex(toDoc({ key, name: 'x' })), toDoc(document), new Date(0)).keys.length;

  it.each<[Fields, Fields, number]>([
    [{ 'a.b': 1, 'a.c': 1 }, { a: [{ b: 1, c: 1 }, { b: 2, c: 2 }, { b: 3 }] }, 3],
    [{ 'a.b': 1, 'a.c': 1 }, { a: [] }, 1],
    [{ 'a.b': 1, 'a.c': 1 }, { a: [1, 2] }, 1],
    [{ a: 1, 'a.b': 1 }, { a: [{ b: 1 }, { b: 2 }] }, 2],
    [{ 'a.b': 1, d: 1 }, { a: [{ b: [1, 2] }, { b: [2, 3] }], d: 5 }, 3],
    [{ a: 1, b: 1 }, { a: [1, 2, 1], b: 7 }, 2],
    [{ 'a.0': 1, b: 1 }, { a: [5, 6], b: 7 }, 1],
  ])('%j of %j are %i, one for each element', (key, document, keys) => expect(count(key, document)).toBe(keys));

  it.each<[Fields, Fields]>([
    [
      { a: 1, b: 1 },
      { a: [1], b: [2] },
    ],
    [{ 'a.b': 1, 'a.c': 1 }, { a: { b: [1], c: [2] } }],
    [{ 'a.b.c': 1, 'a.b.d': 1 }, { a: { b: { c: [1], d: [2] } } }],
    [{ 'a.b': 1, 'a.c': 1 }, { a: [{ b: [1], c: [2] }] }],
  ])('%j of %j would be of parallel arrays', (key, document) => {
    expect(() => count(key, document)).toThrow(expect.objectContaining({ code: 171 }));
  });

  it('make a unique index hold over the elements of one array', async () => {
    await create({ key: { 'a.b': 1, 'a.c': 1 }, name: 'x', unique: true });
    const insert = (a: Fields[]) => store.command({ insert: 'c', documents: [{ a }] });
    expect(
      await insert([
        { b: 1, c: 1 },
        { b: 2, c: 2 },
      ]),
    ).toMatchObject({ n: 1 });
    expect(
      await insert([
        { b: 1, c: 2 },
        { b: 2, c: 1 },
      ]),
    ).toMatchObject({ n: 1 });
    expect(
      await insert([
        { b: 5, c: 5 },
        { b: 2, c: 2 },
      ]),
    ).toMatchObject({
      writeErrors: [{ code: 11000, keyValue: { 'a.b': 2, 'a.c': 2 } }],
    });
  });
});
