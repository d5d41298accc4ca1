import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { startEmbeddedStore } from '../store.ts';
import { temporaryDirectory } from '../testing/engine.ts';
import { type Random, random } from '../testing/random.ts';

const ROUNDS = 60;
const COUNTERS = 20;
const LOOK_EVERY = 20; // ms: the driver finds the store again without waiting half a second

type Row = { _id: number; n: number };
type Step = mongoose.mongo.AnyBulkWriteOperation<Row>;

/** One bulk of up to eight steps; `expected` learns what it leaves behind when each step happens once. */
function makeBulk(dice: Random, expected: Map<number, number>): Step[] {
  const step = (): Step => {
    const _id = dice.chance(0.5) ? dice.below(COUNTERS) : expected.size + COUNTERS;
    const n = (expected.get(_id) ?? 0) + 1;
    expected.set(_id, n);
    if (_id >= COUNTERS && dice.chance(0.5)) return { insertOne: { document: { _id, n } } };
    return { updateOne: { filter: { _id }, update: { $inc: { n: 1 } }, upsert: true } };
  };
  return Array.from({ length: 1 + dice.below(8) }, step);
}

it('a bulk whose connection is cut before or after any statement happens once', async () => {
  const directory = temporaryDirectory();
  const workerEntry = new URL('../testing/suite-worker.ts', import.meta.url);
  const store = await startEmbeddedStore({ directory: directory.path, workerEntry });
  const options = { heartbeatFrequencyMS: LOOK_EVERY * 10, minHeartbeatFrequencyMS: LOOK_EVERY };
  const client = await mongoose.mongo.MongoClient.connect(store.uri, options);
  const admin = client.db('admin');
  const rows = client.db('test').collection<Row>('rows');
  const dice = random(11);
  const expected = new Map<number, number>();
  const failPoint = 'onPrimaryTransactionalWrite';
  let cuts = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const steps = makeBulk(dice, expected);
    const data = dice.chance(0.5) ? { failBeforeCommitExceptionCode: 1 } : {};
    const mode = { skip: dice.below(steps.length), times: 1 };
    await admin.command({ configureFailPoint: failPoint, mode, data });
    await rows.bulkWrite(steps, { ordered: dice.chance(0.5) });
    cuts += (await admin.command({ configureFailPoint: failPoint, mode: 'off' })).count;
  }
  const kept = await rows.find().toArray();
  expect(new Map(kept.map(({ _id, n }) => [_id, n]))).toEqual(expected);
  expect(cuts).toBeGreaterThan(ROUNDS / 2);
  await client.close();
  await store.close();
  directory.remove();
});
