import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';

const { BSON } = mongoose.mongo;

let store: TestEngine;
beforeEach(async () => {
  store = openTestEngine();
  await store.command({ insert: 'c', documents: [0, 1, 2, 3, 4].map((n) => ({ _id: n, v: n })) });
});
afterEach(() => store.close());

const long = (id: unknown) => BSON.Long.fromBigInt(BigInt(String(id)));
const session = (byte: number) => ({ id: new BSON.Binary(Buffer.alloc(16, byte), 4) });

async function open(options: Fields = {}) {
  const { id, rows } = await store.command({ find: 'c', batchSize: 2, ...options });
  const more = (fields: Fields = {}) => store.command({ getMore: long(id), collection: 'c', ...fields });
  return { id: BigInt(String(id)), rows, more };
}

const ids = ({ rows }: Fields): unknown[] => (rows as Fields[]).map(({ _id }) => _id);

describe('a cursor that rests', () => {
  it('skips what was removed before it came there', async () => {
    const { more } = await open();
    await store.command({ delete: 'c', deletes: [{ q: { _id: { $gte: 4 } }, limit: 0 }] });
    expect(ids(await more())).toEqual([2, 3]);
  });

  it('gives what was changed as it is now, and what was added behind its place', async () => {
    const { more } = await open();
    await store.command({ update: 'c', updates: [{ q: { _id: 4 }, u: { $set: { v: 'new' } } }] });
    await store.command({ insert: 'c', documents: [{ _id: 9, v: 9 }] });
    expect((await more()).rows).toEqual([
      { _id: 2, v: 2 },
      { _id: 3, v: 3 },
      { _id: 4, v: 'new' },
      { _id: 9, v: 9 },
    ]);
  });

  it('does the same along an index, in both directions', async () => {
    await store.command({ createIndexes: 'c', indexes: [{ key: { v: 1 }, name: 'v' }] });
    const up = await open({ sort: { v: 1 } });
    const down = await open({ sort: { v: -1 } });
    await store.command({ delete: 'c', deletes: [{ q: { v: 2 }, limit: 1 }] });
    await store.command({ insert: 'c', documents: [{ _id: 7, v: 2.5 }] });
    expect(ids(await up.more())).toEqual([7, 3, 4]);
    expect(ids(await down.more())).toEqual([7, 1, 0]);
  });

  it('ends when its collection is dropped, also if one of that name is made anew', async () => {
    const { more } = await open();
    await store.command({ drop: 'c' });
    await store.command({ insert: 'c', documents: [{ _id: 1 }] });
    expect(await more()).toMatchObject({ ok: 0, code: 175 });
    expect(await more()).toMatchObject({ ok: 0, code: 43 });
  });
});

describe('the end of a cursor', () => {
  it('comes with the batch that meets it, not with the one that is just full', async () => {
    const { id, more } = await open({ batchSize: 5 });
    expect(id).not.toBe(0n);
    expect(await more()).toMatchObject({ id: 0n, rows: [] });
  });

  it('is known beforehand where a limit or a sort in memory says it', async () => {
    expect((await open({ limit: 2 })).id).toBe(0n);
    expect((await open({ batchSize: 5, sort: { v: 1 } })).id).toBe(0n);
  });

  it('is not looked for by a batch of none', async () => {
    const { id, rows, more } = await open({ batchSize: 0 });
    expect([id === 0n, rows]).toEqual([false, []]);
    expect(ids(await more({ batchSize: 3 }))).toEqual([0, 1, 2]);
  });
});

describe('getMore is refused', () => {
  it.each([
    ['another collection', { collection: 'd' }, 13],
    ['another session', { lsid: session(2) }, 50738],
    ['no session, where one opened it', { lsid: undefined }, 50738],
    ['a time limit', { maxTimeMS: 5 }, 2],
    ['a negative batch', { batchSize: -1 }, 2],
    ['a batch that is no number', { batchSize: '2' }, 14],
    ['an id that is no long', { getMore: 7 }, 14],
    ['no collection', { collection: undefined }, 40414],
  ])('for %s', async (_what, fields, code) => {
    const { more } = await open({ lsid: session(1) });
    expect(await more({ lsid: session(1), ...fields })).toMatchObject({ ok: 0, code });
    expect(ids(await more({ lsid: session(1) }))).toEqual([2, 3, 4]);
  });

  it('while another one reads', async () => {
    let due = true;
    store.engine.turns = { slice: () => () => due, next: () => new Promise((resolve) => setImmediate(resolve)) };
    const { more } = await open();
    const [first, second] = await Promise.all([more(), more()]);
    due = false;
    expect(ids(first ?? {})).toEqual([2, 3, 4]);
    expect(second).toMatchObject({ ok: 0, code: 12051 });
  });
});
