import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matching, plainQuery } from '../commands/find.ts';
import { parseSort } from '../query/sort.ts';
import { type Fields, openTestEngine, type TestEngine, toDoc } from '../testing/engine.ts';
import { ALL_OPERATORS, tryPlanner } from '../testing/planner/trial.ts';

/** The long form: `node tests/property/store-planner.ts`. */
describe('with and without indexes', () => {
  const operators = new Set<string>();

  it.each([1, 2, 3])('the same documents are found (seed %i)', async (seed) => {
    const trial = await tryPlanner(seed, 1000);
    expect(trial.differences).toEqual([]);
    expect(trial.queries - (trial.by.get('everything') ?? 0)).toBeGreaterThan(300);
    for (const name of trial.operators.keys()) operators.add(name);
  });

  it('every operator that the store knows was asked for', () =>
    expect(ALL_OPERATORS.filter((name) => !operators.has(name))).toEqual([]));
});

describe("the engine's queries", () => {
  let store: TestEngine;
  const OLD = new Date(1000);
  beforeAll(async () => {
    store = openTestEngine();
    const partial = { partialFilterExpression: { state: 'new' } };
    await store.command({
      createIndexes: 'events',
      indexes: [
        { key: { conversation: 1, arrived: 1 }, name: 'conversation', ...partial },
        { key: { arrived: 1 }, name: 'arrived', ...partial },
        { key: { doneAt: 1 }, name: 'done', expireAfterSeconds: 2_592_000 },
      ],
    });
    await store.command({
      createIndexes: 'conversations',
      indexes: [
        { key: { organization: 1, channel: 1, contact: 1 }, name: 'unique', unique: true },
        { key: { wakeAt: 1 }, name: 'wake', partialFilterExpression: { wakeAt: { $type: 'date' } } },
      ],
    });
    await store.command({
      createIndexes: 'messages',
      indexes: [
        { key: { channel: 1, providerIds: 1 }, name: 'provider' },
        { key: { conversation: 1, at: 1 }, name: 'thread' },
      ],
    });
  });
  afterAll(() => store.close());

  const QUERIES: [string, string, Fields, Fields][] = [
    ['_id_', 'conversations', { _id: 'c', $expr: { $lt: ['$lease.at', '$$NOW'] } }, {}],
    ['_id_', 'conversations', { _id: 'c', revision: 3, 'lease.token': 1 }, {}],
    ['_id_', 'conversations', { _id: { $in: ['c', 'd'] } }, {}],
    ['unique', 'conversations', { organization: 'o', channel: 'w', contact: 'x' }, {}],
    ['wake', 'conversations', { wakeAt: { $lte: OLD }, 'lease.at': { $lt: OLD } }, {}],
    ['conversation', 'events', { conversation: 'c', state: 'new' }, { arrived: 1 }],
    ['arrived', 'events', { state: 'new', arrived: { $lt: OLD } }, {}],
    ['done', 'events', { doneAt: { $lte: OLD } }, {}],
    ['provider', 'messages', { channel: 'w', providerIds: 'p' }, {}],
    ['thread', 'messages', { conversation: 'c', at: { $lt: OLD } }, { at: -1 }],
  ];
  it.each(QUERIES)('use the index %s of %s for %j', (name, collection, filter, sort) => {
    const plan = store.engine.catalog.find('test', collection)?.plan(toDoc(filter), parseSort(toDoc(sort)));
    expect(plan).toMatchObject({ kind: 'index', index: { spec: { name } }, sorted: Object.keys(sort).length > 0 });
  });

  it('leave a partial index alone when the filter does not imply it', () => {
    const plan = store.engine.catalog.find('test', 'events')?.plan(toDoc({ conversation: 'c' }), []);
    expect(plan).toEqual({ kind: 'everything' });
  });
});

it('a cursor may rest while others write', async () => {
  const store = openTestEngine();
  const documents = Array.from({ length: 500 }, (_, n) => ({ _id: n, n }));
  await store.command({ createIndexes: 'rests', indexes: [{ key: { n: 1 }, name: 'n' }] });
  await store.command({ insert: 'rests', documents });
  const collection = store.engine.catalog.find('test', 'rests');
  if (!collection) throw new Error('there is no collection');
  const seen: unknown[] = [];
  for (const match of matching(collection, plainQuery(toDoc({ n: { $gte: 0 } }), new Date()))) {
    if (!match) continue;
    seen.push(match.doc.get('_id'));
    if (seen.length === 100) await store.command({ delete: 'rests', deletes: [{ q: { n: { $gte: 400 } }, limit: 0 }] });
  }
  expect(seen.length).toBeGreaterThanOrEqual(400);
  store.close();
});
