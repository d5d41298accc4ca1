import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CURSOR_IDLE, MAX_CURSORS } from './limits.ts';
import type { Fields } from './testing/engine.ts';
import { message, openTestServer, type RawClient, sequence, type TestServer } from './testing/wire.ts';

const { BSON } = mongoose.mongo;
const MAX_DOCUMENT = 16 * 1024 * 1024; // bytes
const ROWS = 20_000;

let store: TestServer;
let client: RawClient;
beforeAll(async () => {
  store = await openTestServer();
  client = await store.client();
  const rows = Array.from({ length: ROWS }, (_, n) => BSON.serialize({ n, text: `row ${n} ${'x'.repeat(40)}a` }));
  client.send(message({ insert: 'rows' }, [sequence('documents', rows)]));
  expect(await client.reply()).toMatchObject({ ok: 1, n: ROWS });
});
afterAll(() => store.close());

const firstBatch = (reply: Fields) => (reply.cursor as { firstBatch: Fields[] }).firstBatch;
const cursorOf = (reply: Fields) => (reply.cursor as { id: unknown }).id;
const firstError = (reply: Fields) => (reply.writeErrors as Fields[] | undefined)?.[0];

/** How often another client was answered while a command was at work. */
async function answeredMeanwhile(body: Fields): Promise<{ reply: Fields; answered: number }> {
  const other = await store.client();
  let answered = 0;
  let over = false;
  client.send(message(body));
  const work = client.reply().finally(() => {
    over = true;
  });
  while (!over) {
    await other.command({ find: 'rows', limit: 1 });
    answered++;
  }
  other.close();
  return { reply: await work, answered };
}

describe('a document', () => {
  /** One of exactly so many bytes. */
  const documentOf = (bytes: number, id: string): Fields => {
    const empty = BSON.calculateObjectSize({ _id: id, text: '' });
    return { _id: id, text: 'x'.repeat(bytes - empty) };
  };

  it('may have 16 MB and not a byte more', async () => {
    const insert = (made: Fields) => client.command({ insert: 'large', documents: [made] });
    expect(await insert(documentOf(MAX_DOCUMENT, 'fits'))).toMatchObject({ n: 1 });
    const tooLarge = await insert(documentOf(MAX_DOCUMENT + 1, 'over'));
    expect(firstError(tooLarge) ?? tooLarge).toMatchObject({ code: 10334 });
    const update = (u: Fields) => client.command({ update: 'large', updates: [{ q: { _id: 'fits' }, u }] });
    expect(firstError(await update({ $set: { a: 1 } }))).toMatchObject({ code: 10334 });
    expect(firstError(await update({ $push: { list: 1 } }))).toMatchObject({ code: 10334 });
    const modify = { findAndModify: 'large', query: { _id: 'fits' }, update: { $set: { a: 1 } } };
    expect(await client.command(modify)).toMatchObject({ ok: 0, code: 10334 });
    const [held] = firstBatch(await client.command({ find: 'large' }));
    expect(BSON.calculateObjectSize(held ?? {})).toBe(MAX_DOCUMENT);
    await client.command({ drop: 'large' });
  });

  it('keeps a field that is named __proto__', async () => {
    const odd = Object.defineProperty({ _id: 'odd' } as Fields, '__proto__', {
      value: { polluted: true },
      enumerable: true,
    });
    await client.command({ insert: 'odd', documents: [odd] });
    await client.command({ update: 'odd', updates: [{ q: {}, u: { $set: { constructor: 1, 'a.__proto__': 2 } } }] });
    const collection = store.engine.catalog.find('test', 'odd');
    const [row] = collection?.rowsAfter(-1, 1) ?? [];
    const raw = BSON.deserialize(row?.raw ?? Buffer.alloc(0));
    expect(Object.keys(raw)).toEqual(['_id', '__proto__', 'a', 'constructor']);
    expect(Object.getOwnPropertyDescriptor(raw, '__proto__')?.value).toEqual({ polluted: true });
    expect(Object.keys({})).toEqual([]);
    const found = await client.command({ find: 'odd', filter: { '__proto__.polluted': true } });
    expect(firstBatch(found)).toHaveLength(1);
  });

  it.each([250, 5_000])('nested %i deep is refused', async (depth) => {
    const open = Buffer.from([0, 0, 0, 0, 3, 0x61, 0]);
    let nested = BSON.serialize({ a: 1 });
    for (let level = 0; level < depth; level++) {
      const outer = Buffer.concat([open, nested, Buffer.from([0])]);
      outer.writeInt32LE(outer.length, 0);
      nested = outer;
    }
    client.send(message({ insert: 'deep' }, [sequence('documents', [nested])]));
    expect(await client.reply()).toMatchObject({ ok: 0, code: 15 }); // Overflow
  });
});

describe('a query', () => {
  it('with a hostile regular expression takes time in proportion to the text', async () => {
    await client.command({ insert: 'hostile', documents: [{ text: 'a'.repeat(50_000) }] });
    for (const $regex of ['^(a+)+$b', '(a|aa)+$b', '(.*)*x', 'a{0,500}'.repeat(3)]) {
      const { reply } = await answeredMeanwhile({ find: 'hostile', filter: { text: { $regex } } });
      if (reply.ok === 1) expect(firstBatch(reply).length).toBeLessThanOrEqual(1);
      else expect(reply).toMatchObject({ code: 51091 });
    }
    const long = { find: 'hostile', filter: { text: { $regex: 'a'.repeat(40_000) } } };
    expect(await client.command(long)).toMatchObject({ ok: 0, code: 51091 });
  });

  it('over everything lets others be answered', async () => {
    const { reply, answered } = await answeredMeanwhile({ find: 'rows', filter: { text: { $regex: 'x+b' } } });
    expect(firstBatch(reply)).toEqual([]);
    // A command that holds the loop lets one through at most, behind it; how many more is the machine's matter
    expect(answered).toBeGreaterThan(2);
  });

  it('with 100,000 branches or a million values lets others be answered', { timeout: 120_000 }, async () => {
    const branches = Array.from({ length: 100_000 }, (_, n) => ({ n: -1 - n }));
    const or = { find: 'rows', filter: { _id: { $exists: true }, $or: branches }, maxTimeMS: 500 };
    expect((await answeredMeanwhile(or)).reply).toMatchObject({ ok: 0, code: 50 });
    const values = Array.from({ length: 1_000_000 }, (_, n) => n - 1_000_000 + 3);
    const { reply, answered } = await answeredMeanwhile({ find: 'rows', filter: { n: { $in: values } } });
    expect(firstBatch(reply)).toHaveLength(3);
    expect(answered).toBeGreaterThan(2);
  });

  it('with a filter of 16 MB is answered', async () => {
    const filter = { text: { $in: Array.from({ length: 1_600 }, (_, n) => `${n}${'y'.repeat(10_000)}`) } };
    const { reply } = await answeredMeanwhile({ find: 'rows', filter });
    expect(firstBatch(reply)).toEqual([]);
  });

  const slow = { text: { $regex: '(x|y)+b' } }; // fits nothing, and takes a while to find that out
  const group = [{ $match: slow }, { $group: { _id: null, n: { $sum: 1 } } }];
  it.each([
    ['find', { find: 'rows', filter: slow }],
    ['count', { count: 'rows', query: slow }],
    ['distinct', { distinct: 'rows', key: 'n', query: slow }],
    ['aggregate', { aggregate: 'rows', pipeline: group, cursor: {} }],
    ['update', { update: 'rows', updates: [{ q: slow, u: { $set: { a: 1 } }, multi: true }] }],
    ['delete', { delete: 'rows', deletes: [{ q: slow, limit: 0 }] }],
    ['findAndModify', { findAndModify: 'rows', query: slow, update: { $set: { a: 1 } } }],
  ])('%s ends when its maxTimeMS is over', async (_name, body) => {
    const { reply } = await answeredMeanwhile({ ...body, maxTimeMS: 1 });
    expect(firstError(reply) ?? reply).toMatchObject({ code: 50 });
  });

  it('getMore ends when the maxTimeMS of its query is over', async () => {
    const filter = { $or: [{ n: { $lt: 5 } }, slow] };
    const opened = await client.command({ find: 'rows', filter, batchSize: 2, maxTimeMS: 1 });
    const more = { getMore: cursorOf(opened), collection: 'rows', batchSize: 100 };
    expect(await client.command(more)).toMatchObject({ ok: 0, code: 50 });
    expect(await client.command(more)).toMatchObject({ ok: 0, code: 43 }); // rows were passed over: it may not go on
  });
});

it('ten thousand cursors may be open, and are closed when they are forgotten', { timeout: 60_000 }, async () => {
  const find = { find: 'rows', batchSize: 1 };
  store.engine.cursors.closeIdle(Number.POSITIVE_INFINITY);
  const open: unknown[] = [];
  for (let n = 0; n < MAX_CURSORS; n++) open.push(cursorOf(await client.command(find)));
  expect(await client.command(find)).toMatchObject({ ok: 0, code: 146 });
  const [first] = open;
  expect(await client.command({ getMore: first, collection: 'rows', batchSize: 1 })).toMatchObject({ ok: 1 });
  store.engine.cursors.closeIdle(Date.now() + CURSOR_IDLE + 1);
  expect(await client.command({ getMore: first, collection: 'rows' })).toMatchObject({ ok: 0, code: 43 });
  expect(cursorOf(await client.command(find))).toBeTruthy();
});
