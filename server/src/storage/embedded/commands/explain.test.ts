import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';

let store: TestEngine;
beforeAll(async () => {
  store = openTestEngine();
  const indexes = [
    { key: { chat: 1, at: -1 }, name: 'page' },
    { key: { tags: 1 }, name: 'tags' },
    { key: { key: 1, part: 1 }, name: 'key', unique: true },
  ];
  await store.command({ createIndexes: 'c', indexes });
  const documents = Array.from({ length: 100 }, (_, n) => ({
    _id: n,
    chat: n % 4,
    at: n,
    tags: [n, 'x'],
    key: n,
    part: 0,
  }));
  await store.command({ insert: 'c', documents });
});
afterAll(() => store.close());

const explain = (command: Fields, verbosity = 'executionStats') => store.command({ explain: command, verbosity });
const plan = async (command: Fields) => (await explain(command)).queryPlanner as { winningPlan: Fields };
const stats = async (command: Fields) => (await explain(command)).executionStats as Fields;

describe('explain', () => {
  const keys = { stage: 'IXSCAN', indexName: 'page', keyPattern: { chat: 1, at: -1 }, isMultiKey: false };
  const PLANS: [string, Fields, Fields][] = [
    ['a scan', { filter: { other: 1 } }, { stage: 'COLLSCAN', direction: 'forward', filter: { other: 1 } }],
    ['a find by id', { filter: { _id: 5 } }, { stage: 'IDHACK' }],
    ['an index', { filter: { chat: 1 } }, { stage: 'FETCH', inputStage: { ...keys, direction: 'forward' } }],
    [
      'its order backwards',
      { filter: { chat: 1 }, sort: { at: 1 } },
      { stage: 'FETCH', inputStage: { ...keys, direction: 'backward' } },
    ],
    [
      'a sort in memory',
      { filter: { chat: 1 }, sort: { part: 1 } },
      { stage: 'SORT', sortPattern: { part: 1 }, inputStage: { stage: 'FETCH' } },
    ],
    ['several keys of a document', { filter: { tags: 'x' } }, { inputStage: { indexName: 'tags', isMultiKey: true } }],
    [
      'branches',
      { filter: { $or: [{ chat: 1, at: 5 }, { tags: 7 }] } },
      { inputStage: { stage: 'OR', inputStages: [{ indexName: 'page' }, { indexName: 'tags' }] } },
    ],
    [
      'the better branches',
      { filter: { chat: 1, $or: [{ _id: { $in: [1, 2] } }, { key: 1, part: 0 }] } },
      { inputStage: { stage: 'OR', inputStages: [{ indexName: '_id_' }, { indexName: 'key' }] } },
    ],
    [
      'an order that a unique index decides',
      { filter: { key: 1 }, sort: { part: -1, _id: -1 } },
      { stage: 'FETCH', inputStage: { indexName: 'key', direction: 'backward' } },
    ],
    [
      'skip, limit and projection',
      { filter: { chat: 1 }, skip: 2, limit: 3, projection: { at: 1 } },
      { stage: 'PROJECTION_DEFAULT', inputStage: { stage: 'LIMIT', inputStage: { stage: 'SKIP' } } },
    ],
  ];
  it.each(PLANS)('shows %s', async (_, options, wanted) =>
    expect((await plan({ find: 'c', ...options })).winningPlan).toMatchObject(wanted),
  );

  it('counts what was read', async () => {
    const counts = (keysRead: number, documents: number, returned: number) => ({
      nReturned: returned,
      totalKeysExamined: keysRead,
      totalDocsExamined: documents,
      executionSuccess: true,
    });
    expect(await stats({ find: 'c', filter: { other: 1 } })).toMatchObject(counts(0, 100, 0));
    expect(await stats({ find: 'c', filter: { chat: 1 }, sort: { at: -1 }, limit: 5 })).toMatchObject(counts(5, 5, 5));
    expect(await stats({ find: 'c', filter: { tags: { $in: [3, 'x'] } } })).toMatchObject(counts(101, 100, 100));
    expect(await stats({ count: 'c', query: { chat: 1 } })).toMatchObject(counts(25, 25, 25));
    expect(await stats({ count: 'c' })).toMatchObject(counts(0, 0, 100));
  });

  it('searches as a write would, and changes nothing', async () => {
    const u = { $set: { hit: true } };
    const many = await explain({ update: 'c', updates: [{ q: { chat: 1 }, u, multi: true }] });
    expect(many).toMatchObject({ queryPlanner: { winningPlan: { stage: 'UPDATE', inputStage: { stage: 'FETCH' } } } });
    expect(many.executionStats).toMatchObject({
      totalDocsExamined: 25,
      nReturned: 0,
      executionStages: { nMatched: 25 },
    });
    const first = await explain({ findAndModify: 'c', query: { chat: 1 }, sort: { at: 1 }, remove: true });
    expect(first).toMatchObject({
      queryPlanner: { winningPlan: { stage: 'DELETE' } },
      executionStats: { totalDocsExamined: 1 },
    });
    const gone = await explain({ delete: 'c', deletes: [{ q: { at: 7 }, limit: 0 }] });
    expect(gone).toMatchObject({
      queryPlanner: { winningPlan: { stage: 'DELETE', inputStage: { stage: 'COLLSCAN' } } },
    });
    expect(await store.command({ count: 'c', query: { hit: true } })).toMatchObject({ n: 0 });
    expect(await store.command({ count: 'c' })).toMatchObject({ n: 100 });
  });

  it('shows what is left of a pipeline as stages', async () => {
    const pipeline = [{ $match: { chat: 1 } }, { $sort: { at: -1 } }, { $group: { _id: '$chat', n: { $sum: 1 } } }];
    const { stages } = await explain({ aggregate: 'c', pipeline, cursor: {} });
    expect(stages).toMatchObject([
      { $cursor: { queryPlanner: { winningPlan: { stage: 'FETCH' } } } },
      { $group: { _id: '$chat' } },
    ]);
    expect(await explain({ aggregate: 'c', pipeline: pipeline.slice(0, 2), cursor: {} })).toMatchObject({
      queryPlanner: { winningPlan: { stage: 'FETCH', inputStage: { indexName: 'page' } } },
    });
  });

  it('only plans when that is asked for, and knows an empty collection and wrong words', async () => {
    const find = { find: 'c', filter: { chat: 1 } };
    expect(await explain(find, 'queryPlanner')).not.toHaveProperty('executionStats');
    expect(await explain(find, 'allPlansExecution')).toHaveProperty('executionStats');
    expect((await plan({ find: 'nothing' })).winningPlan).toEqual({ stage: 'EOF' });
    expect(await plan({ distinct: 'c', key: 'at', query: { chat: 1 } })).toMatchObject({
      winningPlan: { stage: 'FETCH' },
    });
    expect(await explain(find, 'loud')).toMatchObject({ ok: 0, code: 2 });
    expect(await explain({ insert: 'c', documents: [{}] })).toMatchObject({ ok: 0, code: 59 });
    expect(await explain({ find: 'c', filter: { $what: 1 } })).toMatchObject({ ok: 0, code: 2 });
    expect(await explain({ find: 'c', what: 1 })).toMatchObject({ ok: 0, code: 40415 });
  });
});
