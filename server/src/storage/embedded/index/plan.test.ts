import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matching, plainQuery } from '../commands/find.ts';
import { parseSort, sortKey } from '../query/sort.ts';
import { type Fields, openTestEngine, type TestEngine, toDoc } from '../testing/engine.ts';
import { type Random, random } from '../testing/random.ts';

const INDEXES: Fields[] = [
  { key: { a: 1 }, name: 'a' },
  { key: { b: -1 }, name: 'b' },
  { key: { a: 1, b: -1, c: 1 }, name: 'abc' },
  { key: { 'd.x': 1, 'd.y': -1 }, name: 'dxy' },
  { key: { c: 1 }, name: 'c', sparse: true },
  { key: { b: 1, a: 1 }, name: 'partial-c', partialFilterExpression: { c: 1 } },
  { key: { e: 1 }, name: 'partial-date', partialFilterExpression: { e: { $type: 'date' } } },
];
const PATHS = ['a', 'b', 'c', 'd.x', 'd.y', 'e', '_id'];

function scalar(source: Random): unknown {
  const values = [0, 1, 2, 3, 1.5, -1, null, 'x', 'xy', 'y', '', true, new Date(5), new Date(9), { x: 1 }, Number.NaN];
  return source.pick(values);
}

const fieldValue = (source: Random): unknown =>
  source.chance(0.2) ? Array.from({ length: source.below(3) }, () => scalar(source)) : scalar(source);

function documentOf(source: Random, id: number): Fields {
  const made: Fields = { _id: id };
  let array = false; // only one array per document: two would clash in the compound index
  for (const name of ['a', 'b', 'c', 'e']) {
    if (source.chance(0.2)) continue;
    const value: unknown = name === 'a' && !array ? fieldValue(source) : scalar(source);
    array ||= Array.isArray(value);
    made[name] = value;
  }
  const pair = () => ({ x: scalar(source), y: scalar(source) });
  made.d = source.chance(0.3) ? [pair(), pair(), 5].slice(source.below(3)) : source.chance(0.2) ? 4 : pair();
  return made;
}

function conditionOf(source: Random): unknown {
  const operator = source.pick([
    'eq',
    'eq',
    '$gt',
    '$gte',
    '$lt',
    '$lte',
    '$in',
    'range',
    '$exists',
    '$type',
    '$ne',
    'regex',
    '$all',
  ]);
  if (operator === 'eq') return fieldValue(source);
  if (operator === '$in') return { $in: [scalar(source), scalar(source), scalar(source)] };
  if (operator === '$all') return { $all: [scalar(source), scalar(source)] };
  if (operator === 'range') return { $gte: source.below(3) - 1, $lte: source.below(4) };
  if (operator === '$exists') return { $exists: source.chance(0.7) };
  if (operator === '$type') return { $type: source.pick(['date', 'number', 'string', 'array', 'null']) };
  if (operator === 'regex') return /^x/;
  return { [operator]: scalar(source) };
}

function filterOf(source: Random): Fields {
  const made: Fields = {};
  for (let i = source.below(4); i > 0; i--) made[source.pick(PATHS)] = conditionOf(source);
  if (source.chance(0.3)) made.c = 1;
  if (source.chance(0.2)) made.$or = [{ a: conditionOf(source) }, { b: conditionOf(source) }];
  return made;
}

const sortOf = (source: Random): Fields => {
  const made: Fields = {};
  for (let i = source.below(3); i > 0; i--) made[source.pick(PATHS)] = source.chance(0.5) ? 1 : -1;
  return made;
};

const show = (fields: Fields) =>
  JSON.stringify(fields, (_, value) => (value instanceof RegExp || typeof value === 'bigint' ? String(value) : value));

describe('with and without indexes', () => {
  let store: TestEngine;
  beforeAll(() => {
    store = openTestEngine();
  });
  afterAll(() => store.close());

  const ids = async (collection: string, filter: Fields, sort: Fields, limit: number): Promise<unknown[]> => {
    const reply = await store.command({ find: collection, filter, sort, limit, batchSize: 1000 });
    expect(reply.ok, show(reply)).toBe(1);
    return (reply.rows as Fields[]).map(({ _id }) => _id);
  };

  it.each([1, 2, 3])('the same documents are found (seed %i)', async (seed) => {
    const source = random(seed);
    const documents = Array.from({ length: 150 }, (_, id) => documentOf(source, id));
    await store.command({ insert: `plain${seed}`, documents });
    await store.command({ createIndexes: `indexed${seed}`, indexes: INDEXES });
    expect(await store.command({ insert: `indexed${seed}`, documents })).toMatchObject({ n: documents.length });
    let indexed = 0;
    for (let round = 0; round < 300; round++) {
      if (round % 10 === 5) await changeBoth(source, seed);
      const filter = filterOf(source);
      const sort = { ...sortOf(source), _id: 1 };
      const limit = source.chance(0.3) ? 5 : 0;
      const found = await ids(`indexed${seed}`, filter, sort, limit);
      expect(found, show({ filter, sort, limit })).toEqual(await ids(`plain${seed}`, filter, sort, limit));
      const collection = store.engine.catalog.find('test', `indexed${seed}`);
      if (collection?.plan(toDoc(filter), parseSort(toDoc(sort))).kind !== 'everything') indexed++;
      await sortsAlike(seed, filter, sortOf(source));
    }
    expect(indexed).toBeGreaterThan(150);
    await keysAreExact(seed);
  });

  /** Without a last word on ties: the same documents, and their sort keys in the same order. */
  async function sortsAlike(seed: number, filter: Fields, sort: Fields): Promise<void> {
    if (Object.keys(sort).length === 0) return;
    const order = parseSort(toDoc(sort));
    const project = { find: `plain${seed}`, filter, sort, batchSize: 1000 };
    const plain = await store.command(project);
    const indexed = await store.command({ ...project, find: `indexed${seed}` });
    const key = (rows: unknown) => (rows as Fields[]).map((row) => sortKey(toDoc(row), order).toString('hex'));
    expect(key(indexed.rows), show({ filter, sort })).toEqual(key(plain.rows));
  }

  async function changeBoth(source: Random, seed: number): Promise<void> {
    const q = { _id: source.below(150) };
    const { _id, ...u } = documentOf(source, 0);
    for (const name of ['plain', 'indexed']) await store.command({ update: `${name}${seed}`, updates: [{ q, u }] });
    const gone = { deletes: [{ q: { _id: source.below(150) }, limit: 1 }] };
    for (const name of ['plain', 'indexed']) await store.command({ delete: `${name}${seed}`, ...gone });
  }

  /** What writes left in the indexes is what building them anew gives. */
  async function keysAreExact(seed: number): Promise<void> {
    const collection = store.engine.catalog.find('test', `indexed${seed}`);
    const dump = () => collection?.indexes.slice(1).map(({ table }) => store.engine.disk.all(`SELECT * FROM ${table}`));
    const before = dump();
    await store.command({ dropIndexes: `indexed${seed}`, index: '*' });
    await store.command({ createIndexes: `indexed${seed}`, indexes: INDEXES });
    expect(dump()).toEqual(before);
  }
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
