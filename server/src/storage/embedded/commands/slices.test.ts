import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';
import { byHand, inOneTurn } from '../testing/turns.ts';
import { expire } from './expire.ts';
import { interrupt } from './turns.ts';

let store: TestEngine;
beforeEach(async () => {
  store = openTestEngine();
  inOneTurn(store.engine);
  await store.command({ insert: 'c', documents: [1, 2, 3, 4, 5, 6].map((n) => ({ _id: n, n, state: 'new' })) });
});
afterEach(() => store.close());

const rows = async (body: Fields) => (await store.command(body)).rows as Fields[];
const update = (q: Fields, u: Fields, more: Fields = {}) =>
  store.command({ update: 'c', updates: [{ q, u, ...more }] });

describe('updateMany in slices', () => {
  it('asks the filter again about each document, right before it is changed', async () => {
    let rests = 0;
    byHand(store.engine, 1, async (rest) => {
      rests++;
      if (rest !== 7) return; // six looks, then the first change, then this
      await update({ _id: 3 }, { $set: { state: 'done' } });
      await store.command({ delete: 'c', deletes: [{ q: { _id: 4 }, limit: 1 }] });
      await update({ _id: 5 }, { $set: { n: 50 } });
      await store.command({ insert: 'c', documents: [{ _id: 9, n: 9, state: 'new' }] });
    });
    const reply = await update({ state: 'new' }, { $inc: { n: 1 }, $set: { state: 'old' } }, { multi: true });
    expect(reply).toMatchObject({ ok: 1, n: 4, nModified: 4 });
    expect(rests).toBeGreaterThan(10);
    inOneTurn(store.engine);
    const found = await rows({ find: 'c', sort: { _id: 1 } });
    expect(found.map(({ _id, n, state }) => [_id, n, state])).toEqual([
      [1, 2, 'old'],
      [2, 3, 'old'],
      [3, 3, 'done'],
      [5, 51, 'old'],
      [6, 7, 'old'],
      [9, 9, 'new'],
    ]);
  });

  it('changes a document once that others move ahead in the index it walks', async () => {
    await store.command({ createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n' }] });
    byHand(store.engine, 1, async (rest) => {
      if (rest === 1) await update({ _id: 1 }, { $set: { n: 100 } });
    });
    const reply = await update({ n: { $gt: 0 } }, { $inc: { hits: 1 } }, { multi: true });
    expect(reply).toMatchObject({ ok: 1, n: 6, nModified: 6 });
    inOneTurn(store.engine);
    expect(await rows({ find: 'c', filter: { hits: { $ne: 1 } } })).toEqual([]);
  });

  it('commits what a slice has done', async () => {
    const open: boolean[] = [];
    byHand(store.engine, 1, () => void open.push(store.engine.disk.isOpen()));
    await update({}, { $inc: { n: 1 } }, { multi: true });
    expect(open.length).toBeGreaterThan(10);
    expect(open).not.toContain(true);
  });

  it('tells what was done before an error', async () => {
    await store.command({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', unique: true, sparse: true }] });
    byHand(store.engine, 2, () => {});
    const reply = await update({}, { $set: { k: 1 } }, { multi: true });
    expect(reply).toMatchObject({ ok: 1, n: 1, nModified: 1, writeErrors: [{ index: 0, code: 11000 }] });
  });

  it('ends between two slices when its time is over', async () => {
    byHand(store.engine, 2, () => {
      const start = performance.now();
      while (performance.now() - start < 2);
    });
    const updates = [{ q: {}, u: { $inc: { n: 1 } }, multi: true }];
    expect(await store.command({ update: 'c', updates, maxTimeMS: 1 })).toMatchObject({ ok: 0, code: 50 });
    expect(await store.command({ delete: 'c', deletes: [{ q: {}, limit: 0 }], maxTimeMS: 1 })).toMatchObject({
      code: 50,
    });
    expect(await store.command({ distinct: 'c', key: 'n', query: { n: { $gt: 0 } }, maxTimeMS: 1 })).toMatchObject({
      code: 50,
    });
    expect(await store.command({ count: 'c', query: { n: { $gt: 0 } }, maxTimeMS: 1 })).toMatchObject({ code: 50 });
  });

  it('stops when the collection is dropped', async () => {
    byHand(store.engine, 1, async (rest) => void (rest === 8 && (await store.command({ drop: 'c' }))));
    const reply = await update({}, { $inc: { n: 1 } }, { multi: true });
    expect(reply).toMatchObject({ n: 2, writeErrors: [{ code: 175 }] });
  });
});

it('deleteMany in slices leaves what no longer matches', async () => {
  byHand(store.engine, 1, async (rest) => void (rest === 7 && (await update({ _id: 3 }, { $set: { state: 'kept' } }))));
  expect(await store.command({ delete: 'c', deletes: [{ q: { state: 'new' }, limit: 0 }] })).toMatchObject({ n: 5 });
  inOneTurn(store.engine);
  expect(await rows({ find: 'c' })).toMatchObject([{ _id: 3 }]);
});

describe('a search for one document that takes several slices', () => {
  const take = { findAndModify: 'c', query: { state: 'new' }, sort: { n: 1 }, update: { $set: { state: 'taken' } } };

  it('changes only what still matches, and takes the next best one otherwise', async () => {
    byHand(store.engine, 1, async (rest) => void (rest === 5 && (await store.command(take))));
    expect(await store.command(take)).toMatchObject({ value: { _id: 2 } });
    inOneTurn(store.engine);
    expect(await rows({ find: 'c', filter: { state: 'taken' }, projection: { _id: 1 } })).toEqual([
      { _id: 1 },
      { _id: 2 },
    ]);
  });

  it('comes to an end although others are always faster', async () => {
    let more = 100;
    byHand(store.engine, 6, async () => {
      await store.command({ ...take, update: { $set: { n: -more-- } }, query: { state: 'new' } });
    });
    expect(await store.command(take)).toMatchObject({ lastErrorObject: { n: 1 } });
  });

  it('updates the next one when the first it found is gone', async () => {
    byHand(store.engine, 1, async (rest) => void (rest === 0 && (await update({ _id: 2 }, { $set: { state: 'x' } }))));
    expect(await update({ n: { $gte: 2 }, state: 'new' }, { $set: { hit: true } })).toMatchObject({ n: 1 });
    inOneTurn(store.engine);
    expect(await rows({ find: 'c', filter: { hit: true } })).toMatchObject([{ _id: 3 }]);
  });
});

it('what is at work ends when the store closes', async () => {
  byHand(store.engine, 2, () => {});
  const { turns } = store.engine;
  turns.next = async () => interrupt(turns);
  expect(await update({}, { $inc: { n: 1 } }, { multi: true })).toMatchObject({ ok: 0, code: 11600 });
  inOneTurn(store.engine);
});

it('expiry goes on with other collections when one is dropped meanwhile', async () => {
  for (const name of ['d', 'e']) {
    await store.command({ createIndexes: name, indexes: [{ key: { at: 1 }, name: 'at', expireAfterSeconds: 0 }] });
    await store.command({ insert: name, documents: [1, 2, 3].map((n) => ({ _id: n, at: new Date(0) })) });
  }
  byHand(store.engine, 1, async (rest) => void (rest === 4 && (await store.command({ drop: 'd' }))));
  expect(await expire(store.engine)).toBe(5);
  inOneTurn(store.engine);
  expect(await rows({ find: 'e' })).toEqual([]);
});

it('a reader meets a document once whose array came into the index while it rested', async () => {
  await store.command({ createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n' }] });
  byHand(store.engine, 1, async (rest) => {
    if (rest === 0) await update({ _id: 6 }, { $set: { n: [7, 8, 9] } });
  });
  const found = await rows({ find: 'c', filter: { n: { $gt: 0 } } });
  expect(found.map(({ _id }) => _id)).toEqual([1, 2, 3, 4, 5, 6]);
});

describe('a dropped collection that is large', () => {
  it('is gone at once and emptied in slices', async () => {
    const documents = Array.from({ length: 3000 }, (_, n) => ({ _id: n, n }));
    await store.command({ createIndexes: 'large', indexes: [{ key: { n: 1 }, name: 'n' }] });
    await store.command({ insert: 'large', documents });
    const tables = () => store.engine.disk.all("SELECT name FROM sqlite_schema WHERE name GLOB '[ci][0-9]*'").length;
    const before = tables();
    await store.command({ drop: 'large' });
    expect(await rows({ find: 'large' })).toEqual([]);
    expect(tables()).toBe(before);
    let slices = 0;
    for (const _ of store.engine.catalog.sweep(() => true)) slices++;
    expect(slices).toBeGreaterThan(100);
    expect(tables()).toBe(before - 2);
  });

  it('does not mind that a smaller one is dropped meanwhile', async () => {
    for (const [name, count] of [
      ['large', 3000],
      ['small', 10],
    ] as const) {
      await store.command({ insert: name, documents: Array.from({ length: count }, (_, n) => ({ _id: n })) });
    }
    await store.command({ drop: 'large' });
    const sweep = store.engine.catalog.sweep(() => true);
    sweep.next();
    await store.command({ drop: 'small' });
    for (const _ of sweep);
    expect(await rows({ find: 'small' })).toEqual([]);
  });
});
