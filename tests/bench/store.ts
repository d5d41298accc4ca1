import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';
import mongoose from '@parley/server/src/storage/embedded/testing/mongoose.ts';
import { random } from '@parley/server/src/storage/embedded/testing/random.ts';
import { Bare } from './store-bare.ts';
import { chatOf, idOf, keyOf, type MessageModel, messageModel, messageOf, PAGE, senderOf } from './store-documents.ts';
import { type Measured, measure, measureDuring, shown } from './store-measure.ts';

/**
 * The embedded store through mongoose beside bare node:sqlite calls, in one run: `node tests/bench/store.ts
 * [--documents 20000]`. Fails when a find by id takes longer than the bar while full scans run.
 */
const BATCH = 1000; // documents of one insertMany
const BAR = 30; // ms: p99 of a find by id while full scans run
const SAMPLES = 400; // finds by id under a load, at least

const { values } = parseArgs({ options: { documents: { type: 'string', default: '200000' } } });
const documents = Number(values.documents);
const chance = random(1);
const pick = (): number => chance.below(documents);

interface Line {
  name: string;
  at: number;
  store: Measured;
  bare?: Measured | undefined;
  /** As measured by the prototype with 200,000 documents, on another day: operations per second, or ms where it says so. */
  research: string;
}

const lines: Line[] = [];
function note(name: string, at: number, store: Measured, bare: Measured | undefined, research: string): void {
  lines.push({ name, at, store, bare, research });
  console.error(`${name} (${at}): ${shown(store.perSecond)}/s`);
}

async function measureAll(model: MessageModel, bare: Bare): Promise<void> {
  const batches = documents / BATCH;
  const insert = (n: number) =>
    model.insertMany(
      Array.from({ length: BATCH }, (_, i) => messageOf(n * BATCH + i)),
      { lean: true },
    );
  note(`insertMany of ${BATCH}`, 1, await measure(batches, 1, insert), await bare.load(documents), '15.3 (NORMAL)');
  let next = documents;
  const create = () => model.create(messageOf(next++));
  const bareCreate = await bare.create(documents, 1000);
  note('create', 1, await measure(1000, 1, create), bareCreate, '415');
  note('create', 16, await measure(4000, 16, create), bareCreate, '1742');
  const byId = () => model.findById(idOf(pick())).lean();
  const bareById = await bare.byId(5000, pick);
  note('findById lean', 1, await measure(2000, 1, byId), bareById, '1485');
  note('findById lean', 16, await measure(5000, 16, byId), bareById, '2812');
  const byKey = () => model.findOne({ key: keyOf(pick()) }).lean();
  const bareByKey = await bare.byKey(5000, pick);
  note('findOne by unique key', 1, await measure(2000, 1, byKey), bareByKey, '1466');
  note('findOne by unique key', 16, await measure(5000, 16, byKey), bareByKey, '-');
  const page = () =>
    model
      .find({ chatId: chatOf(pick()) })
      .sort({ ts: -1 })
      .limit(PAGE)
      .lean();
  const barePage = await bare.page(2000, pick);
  note('page of a chat', 1, await measure(1000, 1, page), barePage, '661');
  note('page of a chat', 16, await measure(3000, 16, page), barePage, '-');
  const update = () => model.findOneAndUpdate({ _id: idOf(pick()) }, { $inc: { n: 1 } }).lean();
  const bareUpdate = await bare.update(1000, pick);
  note('findOneAndUpdate', 1, await measure(1500, 1, update), bareUpdate, '1023');
  note('findOneAndUpdate', 16, await measure(4000, 16, update), bareUpdate, '2121');
  const count = (n: number) => model.countDocuments({ from: senderOf(n) });
  note('countDocuments by index', 1, await measure(20, 1, count), await bare.countFrom(20), '26 (38 ms)');
  let seen = 0;
  const look = (): void => void seen++;
  const scan = () => model.find({ text: 'nothing' }).lean();
  note('scan without a hit', 1, await measure(5, 1, scan), await bare.scan(3, look), '1.8 (549 ms)');
  const sums = new Map<string, number>();
  const gather = ({ from, n }: { from: string; n: number }) => void sums.set(from, (sums.get(from) ?? 0) + n);
  const group = () => model.aggregate([{ $group: { _id: '$from', sum: { $sum: '$n' } } }]);
  note('$group over all', 1, await measure(3, 1, group), await bare.scan(3, gather), '0.24-0.42 (2.4-4.1 s)');
}

/** Finds by id while something large is at work, again and again until there are enough of them. */
async function measureUnderLoad(model: MessageModel): Promise<number> {
  const loads: [string, string, (round: number) => Promise<unknown>][] = [
    ['full scans', '10/25', () => model.find({ text: 'nothing' }).lean()],
    ['$group over all', '-', () => model.aggregate([{ $group: { _id: '$from', sum: { $sum: '$n' } } }])],
    ['updateMany over all', '-', () => model.updateMany({}, { $inc: { n: 1 } })],
    ['an index build', '-', (round) => model.collection.createIndex({ text: 1, n: 1 }, { name: `text${round}` })],
  ];
  let bar = 0;
  console.log(`\nfindById lean, one at a time, while something else runs (ms)`);
  console.log(row(['meanwhile', 'finds', 'p50', 'p99', 'most', 'research: p50/p99']));
  for (const [name, research, load] of loads) {
    let done = 0;
    const repeat = async (): Promise<void> => {
      for (let round = 0; round < 3 || done < SAMPLES; round++) {
        await load(round);
        if (name === 'an index build') await model.collection.dropIndex(`text${round}`);
      }
    };
    const found = await measureDuring(repeat(), () => {
      done++;
      return model.findById(idOf(pick())).lean();
    });
    if (name === 'full scans') bar = found.p99;
    console.log(row([name, String(found.count), ...[found.p50, found.p99, found.most].map(shown), research]));
  }
  return bar;
}

const row = (cells: string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(26) : cell.padStart(14))).join(' ');

function print(): void {
  console.log(`${documents} documents of 255 bytes, 3 indexes; load of the machine ${loadavg()[0]?.toFixed(1)}`);
  console.log(
    row(['operation', 'in flight', 'per second', 'p50 ms', 'p99 ms', 'bare/s', 'bare : store', 'research: /s']),
  );
  for (const { name, at, store, bare, research } of lines) {
    const beside = bare ? [shown(bare.perSecond), shown(bare.perSecond / store.perSecond)] : ['-', '-'];
    console.log(row([name, String(at), ...[store.perSecond, store.p50, store.p99].map(shown), ...beside, research]));
  }
}

const directory = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const store = await startEmbeddedStore({ directory: join(directory, 'store') });
const connection = await mongoose.createConnection(store.uri, { maxPoolSize: 32 }).asPromise();
const bare = new Bare(join(directory, 'bare.db'));
try {
  const model = messageModel(connection);
  await model.init();
  await measureAll(model, bare);
  print();
  const p99 = await measureUnderLoad(model);
  console.log(`\np99 of a find by id while full scans run: ${shown(p99)} ms (bar: ${BAR} ms)`);
  process.exitCode = p99 <= BAR ? 0 : 1;
} finally {
  bare.close();
  await connection.close();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
}
