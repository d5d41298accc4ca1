import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexes } from './app.ts';
import { startEmbeddedStore } from './storage/embedded/store.ts';
import { temporaryDirectory } from './storage/embedded/testing/engine.ts';
import { startTestApp, type TestApp } from './testing/app.ts';
import { type Effort, explained, fillWithOthers, recordQueries, type Sent } from './testing/hot-queries.ts';
import { useEverything } from './testing/use-everything.ts';

const OTHERS = 1500; // rows of other organizations in each collection: a scan then costs a hundred times what it should
const MOST = 60; // documents that a query may examine beyond those it returns

/** Queries that may scan or sort: how their shape begins, and why that is all right. */
const ALLOWED: [RegExp, string][] = [
  [/^find (flows|channels|api_keys) .* sort \{"(name|updatedAt)"/, 'an organization has tens of these'],
  [/^find \w+ .*\$regex/, 'a search for a word reads the texts it searches'],
  [/^find contacts \{organization, keys: \{\$in\}\} sort/, 'a handful of keys, each of one contact'],
  [/^find messages \{organization, channel, direction, rank/, 'the phone of a simulated channel, for trying'],
  [/^find contacts \{\$or: .*tags/, 'an audience is picked out of everybody, once an occurrence'],
];

const directory = temporaryDirectory();
let test: TestApp;
let sent: Sent[];
let closeStore: () => Promise<void>;

beforeAll(async () => {
  const store = await startEmbeddedStore({ directory: directory.path });
  closeStore = store.close;
  test = await startTestApp({ MONGODB_URL: `${store.uri}&monitorCommands=true` });
  const recorded = recordQueries(test.connection);
  await useEverything(test);
  sent = recorded();
  await fillWithOthers(test.connection, OTHERS);
}, 60_000);
afterAll(async () => {
  await test.close();
  await closeStore();
  directory.remove();
});

const wasteful = ({ stages, returned, keys, documents }: Effort): boolean =>
  stages.includes('COLLSCAN') || stages.includes('SORT') || documents > returned + MOST || keys > returned + MOST;

it('no hot query of the product scans', async () => {
  const found: Record<string, string> = {};
  for (const one of sent) {
    const effort = await explained(test.connection, one);
    if (!wasteful(effort)) continue;
    const { stages, returned, keys, documents } = effort;
    found[one.shape] = `${stages.join(' < ')}: ${keys} keys, ${documents} documents for ${returned}`;
  }
  const shapes = Object.keys(found);
  const unexpected = shapes.filter((shape) => !ALLOWED.some(([pattern]) => pattern.test(shape)));
  expect(Object.fromEntries(unexpected.map((shape) => [shape, found[shape]]))).toEqual({});
  expect(ALLOWED.filter(([pattern]) => !shapes.some((shape) => pattern.test(shape)))).toEqual([]);
});

it('has seen every collection that has an index, and most of what is done with them', () => {
  const seen = new Set(sent.map(({ collection }) => collection));
  expect([...new Set(indexes.map(({ collection }) => collection))].filter((name) => !seen.has(name))).toEqual([]);
  expect(sent.length).toBeGreaterThan(50);
});
