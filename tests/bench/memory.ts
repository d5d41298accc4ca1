import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MAX_HELD, MAX_RESIDENT, MAX_WORKING } from '@parley/server/src/storage/embedded/limits.ts';
import mongoose, { type Connection } from '@parley/server/src/storage/embedded/testing/mongoose.ts';
import { random } from '@parley/server/src/storage/embedded/testing/random.ts';
import { measure, shown } from './store-measure.ts';

/**
 * The memory of the process that holds the embedded store with a million messages: `node tests/bench/memory.ts
 * [--documents 50000]`. Linux only: it reads /proc. Fails when the store takes more than its limit.
 */
const BATCH = 1000; // documents of one insertMany
const CHATS = 20_000;
const LOADERS = 3; // insertMany at once
const AT_WORK = 16; // operations at once
const OPERATIONS = 8_000;
const SAMPLE = 25; // ms between two looks at the process
const MB = 1024 * 1024;
const CHILD = fileURLToPath(new URL('./memory-child.ts', import.meta.url));

const { values } = parseArgs({ options: { documents: { type: 'string', default: '1000000' } } });
const documents = Number(values.documents);
const chance = random(3);

function messageOf(n: number) {
  const chat = n % CHATS;
  return {
    _id: `m${n}`,
    organizationId: 'org1',
    conversationId: `chat${chat}`,
    contactId: `contact${chat}`,
    channelId: `channel${chat % 3}`,
    direction: n % 2 === 0 ? 'in' : 'out',
    providerId: `wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTdCNUJD${n}`,
    status: n % 50 === 0 ? 'FAILED' : 'READ',
    at: new Date(1_700_000_000_000 + n * 1000),
    content: { kind: 'text', text: `Message ${n}: ${'words of a customer '.repeat(n % 10)}` },
    statuses: [{ status: 'SENT', at: new Date(1_700_000_000_500 + n * 1000) }],
  };
}
type Message = ReturnType<typeof messageOf>;

interface Holder {
  child: ChildProcess;
  connection: Connection;
  stop(): Promise<void>;
}

async function start(directory: string): Promise<Holder> {
  const child = fork(CHILD, [directory]);
  const [{ uri }] = (await once(child, 'message')) as [{ uri: string }];
  const connection = await mongoose.createConnection(uri, { maxPoolSize: 32 }).asPromise();
  const stop = async (): Promise<void> => {
    await connection.close();
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
  };
  return { child, connection, stop };
}

interface Memory {
  /** Bytes in the machine's memory, the mapped file among them. */
  resident: number;
  /** Without the mapped file, which the system takes back when it needs room. */
  own: number;
}

function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return { resident: bytes('VmRSS'), own: bytes('RssAnon') };
}

let most = 0;

/** Does something and prints the most memory that the process took meanwhile. */
async function watched({ child }: Holder, name: string, work: () => Promise<string>): Promise<void> {
  const peak = { resident: 0, own: 0 };
  const look = (): void => {
    const now = memoryOf(child.pid ?? 0);
    peak.resident = Math.max(peak.resident, now.resident);
    peak.own = Math.max(peak.own, now.own);
  };
  const timer = setInterval(look, SAMPLE);
  const began = performance.now();
  const outcome = await work();
  clearInterval(timer);
  look();
  most = Math.max(most, peak.resident);
  const cells = [shown(peak.resident / MB), shown(peak.own / MB), shown((performance.now() - began) / 1000)];
  console.log([name.padEnd(44), ...cells.map((cell) => cell.padStart(10)), `  ${outcome}`].join(' '));
}

const messages = ({ connection }: Holder) => connection.collection<Message>('messages');

async function load(holder: Holder): Promise<string> {
  const rows = messages(holder);
  await rows.createIndex({ providerId: 1 }, { unique: true });
  await rows.createIndex({ conversationId: 1, at: 1 });
  await rows.createIndex({ at: 1 }, { partialFilterExpression: { status: 'FAILED' } });
  const loaded = await measure(documents / BATCH, LOADERS, (batch) =>
    rows.insertMany(Array.from({ length: BATCH }, (_, i) => messageOf(batch * BATCH + i))),
  );
  return `${shown(loaded.perSecond * BATCH)} documents per second`;
}

async function work(holder: Holder): Promise<string> {
  const rows = messages(holder);
  const pick = () => messageOf(chance.below(documents));
  const operations = [
    () => rows.findOne({ _id: pick()._id }),
    () => rows.findOne({ providerId: pick().providerId }),
    () => rows.find({ conversationId: pick().conversationId }).sort({ at: -1 }).limit(20).toArray(),
    () => rows.updateOne({ providerId: pick().providerId }, { $set: { status: 'READ' } }),
  ];
  const done = await measure(OPERATIONS, AT_WORK, async () => chance.pick(operations)());
  return `${shown(done.perSecond)} operations per second, p99 ${shown(done.p99)} ms`;
}

/** What an operation was answered: how much, or the code of its refusal, which has to be the one that is expected. */
async function answer(work: Promise<unknown[]>, refusal?: number): Promise<string> {
  try {
    const rows = await work;
    if (refusal && documents >= 1_000_000) throw new Error(`not refused: ${rows.length} rows`);
    return `${rows.length.toLocaleString('en')} results`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === undefined || code !== refusal) throw error;
    return `refused with ${code}`;
  }
}

async function aggregate(holder: Holder): Promise<void> {
  const rows = messages(holder);
  const byContact = [{ $group: { _id: '$contactId', n: { $sum: 1 }, last: { $max: '$at' } } }];
  const byProviderId = [{ $group: { _id: '$providerId', n: { $sum: 1 } } }];
  const pushed = [{ $group: { _id: '$channelId', all: { $push: '$content' } } }];
  await watched(holder, '$group over all, by contact', () => answer(rows.aggregate(byContact).toArray()));
  await watched(holder, '$group over all, a group each', () => answer(rows.aggregate(byProviderId).toArray(), 292));
  await watched(holder, '$group that pushes all contents', () => answer(rows.aggregate(pushed).toArray(), 292));
  await watched(holder, 'sort over all without an index', () =>
    answer(rows.find().sort({ 'content.text': 1 }).toArray(), 292),
  );
  await watched(holder, 'the same, the first 100', () =>
    answer(rows.find().sort({ 'content.text': 1 }).limit(100).toArray()),
  );
  await watched(holder, 'distinct contacts', () => answer(rows.distinct('contactId')));
  await watched(holder, 'distinct ids of the provider', () => answer(rows.distinct('providerId'), 17217));
  await watched(holder, 'three of these at once, with others at work', async () => {
    const all = [
      answer(rows.aggregate(byProviderId).toArray(), 292),
      answer(rows.find().sort({ 'content.text': 1 }).toArray(), 292),
      answer(rows.aggregate(pushed).toArray(), 292),
    ];
    return `${await work(holder)}; ${(await Promise.all(all)).join(', ')}`;
  });
}

const directory = mkdtempSync(join(tmpdir(), 'parley-memory-'));
let holder = await start(directory);
try {
  console.log(`${documents.toLocaleString('en')} messages; MB: the process as a whole, and without the mapped file`);
  console.log([''.padEnd(44), ...['resident', 'own', 'seconds'].map((name) => name.padStart(10))].join(' '));
  await watched(holder, 'idle, empty', async () => '');
  await watched(holder, 'while it is filled', () => load(holder));
  await holder.stop();
  holder = await start(directory);
  await watched(holder, 'idle after a start', async () => '');
  await watched(holder, 'point queries, pages and updates', () => work(holder));
  await aggregate(holder);
  await watched(holder, 'idle afterwards', async () => '');
  console.log(
    `most: ${shown(most / MB)} MB; limit: ${shown(MAX_RESIDENT / MB)} MB (one sort or group: ${shown(MAX_WORKING / MB)} MB, messages under way: ${shown(MAX_HELD / MB)} MB)`,
  );
  process.exitCode = most <= MAX_RESIDENT ? 0 : 1;
} finally {
  await holder.stop();
  rmSync(directory, { recursive: true, force: true });
}
