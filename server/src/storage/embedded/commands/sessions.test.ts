import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doc } from '../bson/value.ts';
import { Memory } from '../store/retries.ts';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';
import { byHand, inOneTurn } from '../testing/turns.ts';
import { expire } from './expire.ts';

const { BSON } = mongoose.mongo;
const MINUTE = 60_000;

let store: TestEngine;
let time: Date;
beforeEach(async () => {
  time = new Date('2026-01-01T00:00:00Z');
  store = openTestEngine(() => time);
  inOneTurn(store.engine);
  await store.command({ insert: 'c', documents: [1, 2, 3, 4, 5, 6].map((n) => ({ _id: n, n: 0 })) });
});
afterEach(() => store.close());

const lsid = { id: new BSON.UUID() };
const write = (number: number, body: Fields, session = lsid) =>
  store.command({ ...body, lsid: session, txnNumber: BSON.Long.fromNumber(number) });
const increments = { update: 'c', updates: [1, 2, 3, 4, 5, 6].map((n) => ({ q: { _id: n }, u: { $inc: { n: 1 } } })) };
const counters = async () => ((await store.command({ find: 'c' })).rows as Fields[]).map(({ n }) => n);
const remembered = () => store.engine.disk.all('SELECT number FROM retries').length;

/** Ends the store in the middle of a command, after `rests` slices. */
async function killed(rests: number, work: () => Promise<Fields>): Promise<void> {
  byHand(store.engine, 2, (rest) => {
    if (rest === rests) throw new Error('killed');
  });
  await expect(work()).rejects.toThrow('killed');
  await store.reopen();
  inOneTurn(store.engine);
}

describe('a retried write', () => {
  it('is known after a restart', async () => {
    const increment = { findAndModify: 'c', query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
    const first = await write(1, increment);
    expect(first).toMatchObject({ value: { n: 1 } });
    await store.reopen();
    expect(await write(1, increment)).toEqual(first);
    expect(await write(2, increment)).toMatchObject({ value: { n: 2 } });
    await store.reopen();
    expect(await write(1, increment)).toMatchObject({ code: 225 });
  });

  it.each([0, 1, 2])('goes on where it was cut off (after slice %i)', async (rests) => {
    await killed(rests, () => write(7, increments));
    expect(await counters()).not.toEqual([1, 1, 1, 1, 1, 1]);
    expect(await write(7, increments)).toMatchObject({ ok: 1, n: 6, nModified: 6 });
    expect(await counters()).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await write(7, increments)).toMatchObject({ ok: 1, n: 6, nModified: 6 });
    expect(await counters()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('inserts no document twice and names what it upserted', async () => {
    const documents = Array.from({ length: 20 }, (_, n) => ({ made: n }));
    await killed(4, () => write(1, { insert: 'i', documents }));
    expect(await write(1, { insert: 'i', documents })).toEqual({ ok: 1, n: 20 });
    expect(await store.command({ count: 'i' })).toMatchObject({ n: 20 });
    const updates = [{ q: { _id: 'x' }, u: { $inc: { n: 1 } }, upsert: true }];
    const first = await write(2, { update: 'c', updates });
    await store.reopen();
    expect(await write(2, { update: 'c', updates })).toEqual(first);
    expect(first).toMatchObject({ n: 1, nModified: 0, upserted: [{ index: 0, _id: 'x' }] });
  });

  it('is not remembered where it was refused', async () => {
    const insert = { insert: 'c', documents: [{ _id: 1 }, { _id: 7 }], ordered: false };
    expect(await write(1, insert)).toMatchObject({ n: 1, writeErrors: [{ index: 0, code: 11000 }] });
    await store.command({ delete: 'c', deletes: [{ q: { _id: 1 }, limit: 1 }] });
    expect(await write(1, insert)).toEqual({ ok: 1, n: 2 });
  });

  it('waits for the first attempt when that is still at work', async () => {
    const retries: Promise<Fields>[] = [];
    byHand(store.engine, 2, (rest) => {
      if (rest === 1) retries.push(write(3, increments), write(3, increments));
    });
    const first = await write(3, increments);
    expect(await Promise.all(retries)).toEqual([first, first]);
    inOneTurn(store.engine);
    expect(await counters()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('may not be one that changes many', async () => {
    const many = { updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }] };
    expect(await write(1, { update: 'c', ...many })).toMatchObject({ writeErrors: [{ code: 72 }] });
    expect(await write(2, { delete: 'c', deletes: [{ q: {}, limit: 0 }] })).toMatchObject({
      writeErrors: [{ code: 72 }],
    });
    expect(await counters()).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('what is remembered', () => {
  it('is the last write of each session, until it ends or half an hour has passed', async () => {
    const other = { id: new BSON.UUID() };
    byHand(store.engine, 2, () => {});
    for (let number = 1; number < 5; number++) await write(number, increments);
    inOneTurn(store.engine);
    await write(5, { insert: 'c', documents: [{ _id: 'a' }] });
    await write(1, { insert: 'c', documents: [{ _id: 'b' }] }, other);
    expect(remembered()).toBe(2);
    await store.command({ endSessions: [other] });
    expect(remembered()).toBe(1);
    time = new Date(time.getTime() + 29 * MINUTE);
    await expire(store.engine);
    expect(remembered()).toBe(1);
    time = new Date(time.getTime() + 2 * MINUTE);
    await expire(store.engine);
    expect(remembered()).toBe(0);
  });

  it('is bounded: the sessions that wrote longest ago are forgotten', () => {
    const { retries } = store.engine;
    const session = (n: number) => Buffer.from(String(n));
    for (let n = 0; n < 10_500; n++) {
      const memory = new Memory(retries, session(n), 1n, () => new Date(n));
      memory.add(0, doc({}));
      memory.save();
    }
    expect(remembered()).toBe(9500);
    expect(retries.last(session(999))).toBeUndefined();
    expect(retries.last(session(1000))).toEqual({ number: 1n, parts: 1 });
  });
});
