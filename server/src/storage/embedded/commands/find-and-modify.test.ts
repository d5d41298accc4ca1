import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';
import { inOneTurn } from '../testing/turns.ts';

const { BSON } = mongoose.mongo;

let store: TestEngine;
beforeEach(async () => {
  store = openTestEngine();
  inOneTurn(store.engine);
  await store.command({ insert: 'c', documents: [{ _id: 1, n: 0, list: [1] }] });
});
afterEach(() => store.close());

const lsid = { id: new BSON.UUID() };
const change = (body: Fields) => store.command({ findAndModify: 'c', query: { _id: 1 }, ...body });
const retryable = (body: Fields) => change({ ...body, lsid, txnNumber: BSON.Long.fromNumber(1) });
const all = async () => (await store.command({ find: 'c' })).rows;

it('says that its projection makes no sense before it changes anything', async () => {
  const fields = { broken: { $add: ['$n', 'one'] } };
  expect(await change({ remove: true, fields })).toMatchObject({ ok: 0, code: 31325 });
  expect(await change({ update: { $inc: { n: 1 } }, fields })).toMatchObject({ ok: 0, code: 31325 });
  expect(await all()).toEqual([{ _id: 1, n: 0, list: [1] }]);
});

describe('a retried one answers with the very value', () => {
  it('when it is as large as a document may be', async () => {
    const pad = 'x'.repeat(16 * 1024 * 1024 - 200);
    await store.command({ update: 'c', updates: [{ q: { _id: 1 }, u: { $set: { pad } } }] });
    const first = await retryable({ update: { $inc: { n: 1 } } });
    expect(first).toMatchObject({ ok: 1, value: { n: 0 } });
    expect(await retryable({ update: { $inc: { n: 1 } } })).toEqual(first);
    expect(await all()).toMatchObject([{ n: 1 }]);
  });

  it('when it is nested as deep as a document may be, and one deeper is no document', async () => {
    const nested = (levels: number): Fields => (levels === 1 ? {} : { in: nested(levels - 1) });
    const set = (levels: number) => ({ updates: [{ q: { _id: 1 }, u: { $set: { deep: nested(levels) } } }] });
    expect(await store.command({ update: 'c', ...set(181) })).toMatchObject({ writeErrors: [{ code: 15 }] });
    expect(await store.command({ update: 'c', ...set(180) })).toMatchObject({ ok: 1, nModified: 1 });
    const first = await retryable({ update: { $inc: { n: 1 } } });
    expect(first).toMatchObject({ ok: 1, value: { n: 0 } });
    expect(await retryable({ update: { $inc: { n: 1 } } })).toEqual(first);
  });
});
