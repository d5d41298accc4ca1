import { BroadcastChannel } from 'node:worker_threads';
import mongoose, { type Collection, type Connection } from 'mongoose';
import { afterEach, expect, it } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../store.ts';
import { temporaryDirectory } from '../testing/engine.ts';
import type { Misdeed } from '../testing/faulty-worker.ts';
import { type HandPulse, handPulse } from '../testing/hand-pulse.ts';
import { SILENCE, TICK } from './heartbeat.ts';

const LOOK_IS_OLD = 700; // ms
const directory = temporaryDirectory();
const faults: string[] = [];
let restarts = 0;
const open: { store?: EmbeddedStore; connection?: Connection; channel?: BroadcastChannel } = {};

afterEach(async () => {
  await open.connection?.close();
  await open.store?.close();
  open.channel?.close();
  directory.remove();
  faults.length = 0;
  restarts = 0;
});

async function start(onGaveUp?: (error: Error) => void) {
  const pulse = handPulse();
  const store = await startEmbeddedStore({
    directory: directory.path,
    pulse,
    workerEntry: new URL('../testing/faulty-worker.ts', import.meta.url),
    onFault: (error) => {
      faults.push(error.message);
      // The pause before the restart is asked for right after this report.
      setImmediate(() => pulse.pass(SILENCE));
    },
    onRestarted: () => restarts++,
    onGaveUp,
  });
  // Closing a driver ends its sessions, for which it may look so long for a store that has given up.
  const connection = await mongoose.createConnection(store.uri, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  const channel = new BroadcastChannel(directory.path);
  Object.assign(open, { store, connection, channel });
  const rows = connection.collection<{ _id: number }>('rows');
  const misbehave = (how: Misdeed): Promise<void> =>
    new Promise((resolve) => {
      channel.onmessage = () => resolve(); // it says so before it does it
      channel.postMessage(how);
    });
  return { store, rows, pulse, misbehave };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const untilRestart = async (count: number): Promise<void> => {
  while (restarts < count) await turn();
};
/** Writes until the driver's last look at the store is older than the shortest time between two that it has by default. */
const untilLookIsOld = async (rows: Collection<{ _id: number }>): Promise<void> => {
  const begin = performance.now();
  for (let _id = 1000; performance.now() - begin < LOOK_IS_OLD; _id++) await rows.insertOne({ _id });
};
const beSilent = (pulse: HandPulse): void => {
  for (let past = 0; past <= SILENCE + TICK; past += TICK) pulse.pass(TICK);
};

it('replaces a stuck worker, and drivers go on by themselves', async () => {
  const { rows, misbehave, store, pulse } = await start();
  const uri = store.uri;
  for (let _id = 0; _id < 50; _id++) await rows.insertOne({ _id });
  await misbehave('block');
  const underWay = Promise.allSettled(Array.from({ length: 20 }, (_, i) => rows.insertOne({ _id: 100 + i })));
  beSilent(pulse);
  await untilRestart(1);
  expect(faults).toEqual([expect.stringContaining('did not answer for 10 seconds')]);
  await rows.insertOne({ _id: 200 });
  // The driver sends most of them again; one that tells of a failure may have happened or not.
  const acknowledged = (await underWay).flatMap((one) => (one.status === 'fulfilled' ? [one.value.insertedId] : []));
  const kept = await rows.find({}, { sort: { _id: 1 } }).toArray();
  const ids = kept.map(({ _id }) => _id);
  expect(ids.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect([...acknowledged, 200].filter((id) => !ids.includes(id))).toEqual([]);
  expect(store.uri).toBe(uri);
});

it('is found again by a driver whose connections all end at once under its operations', async () => {
  const { rows, misbehave, pulse } = await start();
  for (let round = 1; round <= 3; round++) {
    await untilLookIsOld(rows);
    await misbehave('block');
    const underWay = Promise.allSettled(Array.from({ length: 20 }, () => rows.countDocuments({ _id: 1000 })));
    beSilent(pulse);
    await untilRestart(round);
    expect(await rows.countDocuments({ _id: 1000 })).toBe(1);
    await underWay;
    await rows.deleteMany({});
  }
});

it.each(['throw', 'exit'] as const)('replaces a worker that ends by %s', async (how) => {
  const { rows, misbehave } = await start();
  await rows.insertOne({ _id: 1 });
  await misbehave(how);
  await untilRestart(1);
  expect(faults[0]).toMatch(how === 'throw' ? /a fault on purpose/ : /ended with 3/);
  await rows.insertOne({ _id: 2 });
  expect(await rows.countDocuments({})).toBe(2);
});

it('gives up on a worker that keeps ending, and frees the directory', { timeout: 60_000 }, async () => {
  const gaveUp = Promise.withResolvers<Error>();
  const { store, rows, misbehave } = await start(gaveUp.resolve);
  for (let round = 1; round <= 5; round++) {
    await rows.insertOne({ _id: round });
    await misbehave('exit');
    await untilRestart(round);
  }
  await rows.insertOne({ _id: 6 });
  await misbehave('exit');
  expect((await gaveUp.promise).message).toMatch(/ended with 3/);
  expect(faults).toHaveLength(5);
  await open.connection?.close();
  await store.close();
  const again = await startEmbeddedStore({ directory: directory.path });
  open.store = again;
  open.connection = await mongoose.createConnection(again.uri).asPromise();
  expect(await open.connection.collection('rows').countDocuments({})).toBe(6);
});

it('ends in order while its worker is stuck', async () => {
  const { store, misbehave, pulse } = await start();
  await open.connection?.close();
  await misbehave('block');
  const closed = store.close();
  beSilent(pulse);
  await closed;
  expect(faults).toEqual([]);
});
