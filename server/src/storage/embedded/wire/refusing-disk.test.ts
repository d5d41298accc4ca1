import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { Catalog } from '../store/catalog.ts';
import { type Finding, verifyCollection } from '../store/verify.ts';
import type { Fields } from '../testing/engine.ts';
import { type Random, random } from '../testing/random.ts';
import { openTestServer, type RawClient, type TestServer } from '../testing/wire.ts';

const { BSON } = mongoose.mongo;
const FULL = Object.assign(new Error('database or disk is full'), { errcode: 13 });
const CLIENTS = 6;
const ROUNDS = 150; // commands of each client
const ROWS = 5; // documents that each client writes, which nobody else writes

/** What a client knows of one of its documents: only what was acknowledged. */
type Known = Map<number, { n: number; token: string; list: unknown }>;

/**
 * A client that believes every reply: what is acknowledged is there at its next look, what was refused left no trace.
 * Gives the tokens that it saw in the documents of others, and those that it was told are written.
 */
async function believe(client: RawClient, number: number, seen: Set<string>, written: Set<string>, luck: Random) {
  const known: Known = new Map();
  const lsid = { id: new BSON.UUID() };
  let txn = 0n;
  let tokens = 0;
  const once = async (body: Fields): Promise<Fields> => {
    const whole = { ...body, lsid, txnNumber: BSON.Long.fromBigInt(++txn) };
    const reply = await client.command(whole);
    if (!luck.chance(0.3)) return reply;
    // A driver may send it again, after a refusal as well as after a success whose reply was lost.
    const again = await client.command(whole);
    if (reply.ok !== 1) return again;
    if (again.ok === 1) expect(again).toEqual(reply);
    return reply;
  };
  const check = async (_id: number): Promise<void> => {
    const reply = await client.command({ find: 'rows', filter: { _id } });
    if (reply.ok !== 1) return void expect(reply).toMatchObject({ code: 14031 });
    const [found] = (reply.cursor as { firstBatch: Fields[] }).firstBatch;
    const { n, token, list } = known.get(_id) ?? {};
    expect([_id, found?.n, found?.token, found?.list]).toEqual([_id, n, token, list]);
  };
  const look = async (): Promise<void> => {
    const filter = luck.pick([{ n: { $gte: 0 } }, { list: { $gte: 0 } }, { token: { $type: 'string' } }]);
    const reply = await client.command({ find: 'rows', filter, batchSize: 1000 });
    if (reply.ok !== 1) return void expect([14031, 175]).toContain(reply.code);
    for (const { token } of (reply.cursor as { firstBatch: Fields[] }).firstBatch) seen.add(String(token));
  };
  const write = async (_id: number): Promise<void> => {
    const token = `${number}.${tokens++}`;
    const list = luck.pick<unknown>([1, [1, 2, 3], 'none']);
    const before = known.get(_id);
    const set = { $inc: { n: 1 }, $set: { token, list } };
    const how = luck.pick(['update', 'findAndModify', 'delete'] as const);
    if (how === 'delete') {
      const reply = await once({ delete: 'rows', deletes: [{ q: { _id }, limit: 1 }] });
      if (reply.ok === 1) known.delete(_id);
      return;
    }
    const reply =
      how === 'update'
        ? await once({ update: 'rows', updates: [{ q: { _id }, u: set, upsert: true }] })
        : await once({ findAndModify: 'rows', query: { _id }, update: set, upsert: true });
    if (reply.ok !== 1) return;
    known.set(_id, { n: (before?.n ?? 0) + 1, token, list });
    written.add(token);
  };
  for (let round = 0; round < ROUNDS; round++) {
    const _id = number * 100 + luck.below(ROWS);
    await luck.pick([write, write, check, look])(_id);
    await check(_id);
  }
  return known;
}

/** Makes and drops an index, and a collection, all the while. */
async function rebuild(client: RawClient, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await client.command({ createIndexes: 'rows', indexes: [{ key: { list: 1 }, name: 'list' }] });
    await client.command({ createIndexes: 'rows', indexes: [{ key: { token: 1 }, name: 'token', unique: true }] });
    await client.command({ insert: 'other', documents: [{}] });
    await client.command({ dropIndexes: 'rows', index: '*' });
    await client.command({ drop: 'other' });
  }
}

function judge({ engine }: TestServer): void {
  const findings: Finding[] = [];
  const told = engine.catalog.list().map((one) => [one.namespace, one.indexes.map(({ spec }) => spec.name)]);
  const stored = new Catalog(engine.disk).list();
  expect(told).toEqual(stored.map((one) => [one.namespace, one.indexes.map(({ spec }) => spec.name)]));
  for (const collection of engine.catalog.list()) {
    for (const _ of verifyCollection(engine.disk, collection, new Date(), (finding) => findings.push(finding)));
  }
  expect(findings).toEqual([]);
}

it.each([1, 2, 3])('whatever a disk refuses, every reply is true (seed %i)', async (seed) => {
  const luck = random(seed);
  let refusing = false;
  const store = await openTestServer({
    strike: () => {
      if (refusing && luck.chance(0.02)) throw FULL;
    },
  });
  // Slices of a few looks: everything gives way all the time.
  store.engine.turns.slice = () => {
    let left = 1 + luck.below(8);
    return () => --left <= 0;
  };
  refusing = true;
  const seen = new Set<string>();
  const written = new Set<string>();
  let working = CLIENTS;
  const clients = Array.from({ length: CLIENTS }, async (_, number) => {
    const known = await believe(await store.client(), number, seen, written, luck);
    working--;
    return known;
  });
  await Promise.all([...clients, rebuild(await store.client(), () => working === 0)]);
  refusing = false;
  expect(store.faults).toEqual([]);
  expect([...seen].filter((token) => !written.has(token))).toEqual([]); // nobody saw what was taken back
  const known = new Map((await Promise.all(clients)).flatMap((one) => [...one]));
  const all = await (await store.client()).command({ find: 'rows', sort: { _id: 1 }, batchSize: 1000 });
  const rows = (all.cursor as { firstBatch: Fields[] }).firstBatch;
  expect(rows.map(({ _id, n, token, list }) => [_id, { n, token, list }])).toEqual(
    [...known].sort(([a], [b]) => a - b),
  );
  judge(store);
  await store.close();
});
