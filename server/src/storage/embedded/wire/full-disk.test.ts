import mongoose from 'mongoose';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fields } from '../testing/engine.ts';
import { message, openTestServer, type TestServer } from '../testing/wire.ts';

const FULL = Object.assign(new Error('database or disk is full'), { errcode: 13 });
const NOT_FLUSHED = Object.assign(new Error('disk I/O error'), { errcode: 1034 });

let store: TestServer | undefined;
afterEach(async () => {
  await store?.close();
  store = undefined;
});

/** A store whose disk refuses the statements that `refuses` names. */
async function openStore() {
  const disk = { refuses: /^$/, error: FULL };
  const made = await openTestServer({
    strike: (sql) => {
      if (disk.refuses.test(sql)) throw disk.error;
    },
  });
  store = made;
  return { store: made, disk, client: await made.client() };
}

const insert = (document: Fields): Fields => ({ insert: 'c', documents: [document] });
const outOfSpace = expect.objectContaining({ ok: 0, code: 14031, codeName: 'OutOfDiskSpace' });
const idsOf = (reply: Fields): unknown[] =>
  (reply.cursor as { firstBatch: { _id: unknown }[] }).firstBatch.map(({ _id }) => _id);

describe.each([
  ['the COMMIT', /^COMMIT/],
  ['a row', /^INSERT INTO c/],
  ['a key', /^INSERT INTO i/],
])('a disk that refuses %s', (_what, refuses) => {
  it('undoes the turn, tells everybody in it, serves reads, and writes again as soon as it may', async () => {
    const { store, disk, client } = await openStore();
    await client.command({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', unique: true }] });
    await client.command(insert({ _id: 1, k: 1 }));
    disk.refuses = refuses;
    // The reader's request comes with the write's: what it saw may be what is undone.
    client.send(Buffer.concat([message(insert({ _id: 2, k: 2 })), message({ ping: 1 })]));
    expect(await client.reply()).toEqual(outOfSpace);
    expect(await client.reply()).toMatchObject({ ok: 1 });
    expect(idsOf(await client.command({ find: 'c' }))).toEqual([1]);
    expect(await client.command(insert({ _id: 3, k: 3 }))).toEqual(outOfSpace);
    disk.refuses = /^$/;
    expect(await client.command(insert({ _id: 3, k: 2 }))).toMatchObject({ ok: 1, n: 1 });
    expect(idsOf(await client.command({ find: 'c', filter: { k: 2 } }))).toEqual([3]);
    expect(store.faults).toEqual([]);
  });

  it('lets a write that was undone run when it is sent again', async () => {
    const { disk, client } = await openStore();
    await client.command({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k' }] });
    const lsid = { id: new mongoose.mongo.BSON.UUID() };
    const write = { ...insert({ _id: 1, k: 1 }), lsid, txnNumber: 1n };
    disk.refuses = refuses;
    expect(await client.command(write)).toEqual(outOfSpace);
    disk.refuses = /^$/;
    expect(await client.command(write)).toMatchObject({ ok: 1, n: 1 });
    expect(await client.command(write)).toMatchObject({ ok: 1, n: 1 });
    expect(await client.command({ count: 'c' })).toMatchObject({ n: 1 });
  });
});

describe('a turn that is undone', () => {
  it('is shared by all who wrote or read in it', async () => {
    const { store, disk, client } = await openStore();
    await client.command(insert({ _id: 1 }));
    const others = await Promise.all([store.client(), store.client()]);
    disk.refuses = /^COMMIT/;
    const answers = [client.command(insert({ _id: 2 }))];
    for (const other of others) answers.push(other.command({ find: 'c' }), other.command(insert({ _id: 3 })));
    for (const answer of await Promise.all(answers)) {
      // Nobody was told of 2 or 3: either it was too early to see them, or it is an error.
      if (answer.ok === 1) expect(idsOf(answer)).toEqual([1]);
      else expect(answer).toEqual(outOfSpace);
    }
    disk.refuses = /^$/;
    expect(idsOf(await client.command({ find: 'c' }))).toEqual([1]);
  });

  it('is none of those who began before it and wrote after it', async () => {
    const { store, disk, client } = await openStore();
    const { turns } = store.engine;
    const { next } = turns;
    let rests = 0;
    turns.slice = () => () => true;
    turns.next = async () => {
      await next();
      if (rests++ > 0) return;
      disk.refuses = /^COMMIT/;
      store.engine.disk.change(() => undefined); // somebody else's turn
      expect(() => store.engine.commit()).toThrow('full');
      disk.refuses = /^$/;
    };
    expect(await client.command(insert({ _id: 1 }))).toMatchObject({ ok: 1, n: 1 });
    expect(rests).toBeGreaterThan(0);
    expect(idsOf(await client.command({ find: 'c' }))).toEqual([1]);
  });

  it('takes back collections, indexes and what is known of arrays', async () => {
    const { store, disk, client } = await openStore();
    await client.command({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k' }] });
    disk.refuses = /^COMMIT/;
    expect(await client.command(insert({ _id: 1, k: [1, 2] }))).toEqual(outOfSpace);
    expect(await client.command({ insert: 'new', documents: [{}] })).toEqual(outOfSpace);
    expect(await client.command({ createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a' }] })).toEqual(outOfSpace);
    expect(await client.command({ dropIndexes: 'c', index: 'k' })).toEqual(outOfSpace);
    expect(await client.command({ drop: 'c' })).toEqual(outOfSpace);
    const indexes = store.engine.catalog.find('test', 'c')?.indexes;
    expect(indexes?.map(({ spec, multikey }) => [spec.name, multikey])).toEqual([
      ['_id_', false],
      ['k', false],
    ]);
    expect(store.engine.catalog.find('test', 'new')).toBeUndefined();
    disk.refuses = /^$/;
    await client.command(insert({ _id: 1, k: [1, 2] }));
    await client.command({ insert: 'new', documents: [{ _id: 'n' }] });
    await client.command({ createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a' }] });
    expect(idsOf(await client.command({ find: 'c', filter: { k: 2 } }))).toEqual([1]);
    expect(idsOf(await client.command({ find: 'new' }))).toEqual(['n']);
    expect(store.engine.disk.all('SELECT multikey FROM indexes ORDER BY id')).toMatchObject([
      { multikey: 1 },
      { multikey: 0 },
    ]);
  });

  it('takes a cursor with it whose rows nobody was given', async () => {
    const { store, disk, client } = await openStore();
    await client.command({ insert: 'c', documents: Array.from({ length: 300 }, (_, _id) => ({ _id })) });
    const opened = await client.command({ find: 'c', batchSize: 10 });
    const { id } = opened.cursor as { id: bigint };
    const { cursors } = store.engine;
    const take = cursors.take.bind(cursors);
    cursors.take = (...about) => {
      store.engine.disk.change(() => undefined); // somebody else writes in the turn in which the cursor is read
      return take(...about);
    };
    disk.refuses = /^COMMIT/;
    expect(await client.command({ getMore: id, collection: 'c', batchSize: 10 })).toEqual(outOfSpace);
    disk.refuses = /^$/;
    expect(await client.command({ getMore: id, collection: 'c', batchSize: 10 })).toMatchObject({ code: 43 });
  });
});

it('a housekeeping pass that finds the disk full leaves the rest to the next one', async () => {
  let time = new Date('2026-01-01T00:00:00Z');
  const disk = { full: false };
  const made = await openTestServer({
    now: () => time,
    strike: (sql) => {
      if (disk.full && sql === 'COMMIT') throw FULL;
    },
  });
  store = made;
  const client = await made.client();
  await client.command({ createIndexes: 'c', indexes: [{ key: { at: 1 }, name: 'at', expireAfterSeconds: 1 }] });
  await client.command(insert({ _id: 1, at: time }));
  time = new Date(time.getTime() + 10_000);
  disk.full = true;
  await made.keepHouse();
  expect(await client.command({ count: 'c' })).toMatchObject({ n: 1 });
  disk.full = false;
  await made.keepHouse();
  expect(await client.command({ count: 'c' })).toMatchObject({ n: 0 });
});

it('stops when it cannot know what the disk holds', async () => {
  const { store, disk, client } = await openStore();
  await client.command(insert({ _id: 1 }));
  disk.refuses = /^COMMIT/;
  disk.error = NOT_FLUSHED;
  client.send(message(insert({ _id: 2 })));
  await client.gone;
  expect(store.faults).toEqual([expect.stringContaining('disk I/O error')]);
  disk.refuses = /^$/;
});

it('goes on with a real SQLite that may not grow', async () => {
  const { store, client } = await openStore();
  await client.command(insert({ _id: 0 }));
  const pages = Number(store.engine.disk.get('PRAGMA page_count')?.page_count);
  store.engine.disk.get(`PRAGMA max_page_count = ${pages + 60}`);
  const text = 'x'.repeat(20_000);
  let n = 0;
  for (;;) {
    const reply = await client.command(insert({ _id: ++n, text }));
    if (reply.ok !== 1) {
      expect(reply).toEqual(outOfSpace);
      break;
    }
  }
  expect(n).toBeGreaterThan(2);
  expect(await client.command({ count: 'c' })).toMatchObject({ n });
  await client.command({ delete: 'c', deletes: [{ q: { _id: 1 }, limit: 1 }] });
  expect(await client.command(insert({ _id: n, text }))).toMatchObject({ ok: 1 });
  expect(store.faults).toEqual([]);
});
