import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseIndex } from '../index/spec.ts';
import { parseSort } from '../query/sort.ts';
import { type Fields, openTestEngine, type TestEngine, toDoc } from '../testing/engine.ts';
import { type Random, random } from '../testing/random.ts';
import { byHand, inOneTurn } from '../testing/turns.ts';
import { type Finding, verifyCollection } from './verify.ts';

let store: TestEngine;
beforeEach(() => {
  store = openTestEngine();
  inOneTurn(store.engine);
});
afterEach(() => store.close());

const insert = (...documents: Fields[]) => store.command({ insert: 'c', documents });
const set = (id: number, fields: Fields) =>
  store.command({ update: 'c', updates: [{ q: { _id: id }, u: { $set: fields } }] });
const build = (...indexes: Fields[]) => store.command({ createIndexes: 'c', indexes });
const index = (key: Fields, more: Fields = {}) => ({ key, name: Object.keys(key).join('_'), ...more });
const names = async () => ((await store.command({ listIndexes: 'c' })).rows as Fields[]).map(({ name }) => name);
const tables = () => store.engine.disk.all("SELECT name FROM sqlite_schema WHERE name GLOB '[ci][0-9]*'").length;
const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ _id: n, n, k: n }));

function findings(): Finding[] {
  const found: Finding[] = [];
  const collection = store.engine.catalog.find('test', 'c');
  if (!collection) throw new Error('there is no collection');
  for (const _ of verifyCollection(store.engine.disk, collection, new Date(), (one) => found.push(one)));
  return found;
}

describe('an index built in slices', () => {
  it('takes what others write before and behind its place', async () => {
    await insert(...numbered(6));
    byHand(store.engine, 1, async (rest) => {
      if (rest !== 2) return; // the keys of 0, 1 and 2 are in
      await set(1, { n: [10, 11] });
      await set(4, { n: 40 });
      await store.command({ delete: 'c', deletes: [{ q: { _id: { $in: [0, 5] } }, limit: 0 }] });
      await insert({ _id: 6, n: 6 });
    });
    expect(await build(index({ n: 1 }), index({ k: -1, n: 1 }))).toMatchObject({ ok: 1, numIndexesAfter: 3 });
    expect(findings()).toEqual([]);
    inOneTurn(store.engine);
    const reply = await store.command({
      find: 'c',
      filter: { n: { $gte: 2 } },
      sort: { _id: 1 },
      projection: { _id: 1 },
    });
    expect(reply.rows).toEqual([1, 2, 3, 4, 6].map((_id) => ({ _id })));
  });

  it('is not used before it is complete', async () => {
    await insert(...numbered(6));
    const kinds: unknown[] = [];
    const plan = () => store.engine.catalog.find('test', 'c')?.plan(toDoc({ n: 3 }), parseSort(toDoc({}))).kind;
    byHand(store.engine, 2, async () => {
      kinds.push(plan(), await names());
    });
    await build(index({ n: 1 }));
    expect(kinds).toEqual(kinds.map((_, i) => (i % 2 === 0 ? 'everything' : ['_id_'])));
    expect(kinds.length).toBeGreaterThan(3);
    expect(plan()).toBe('index');
  });

  it.each([
    ['later', 4, 11000],
    ['passed already', 1, 11000],
  ])('ends with a duplicate in a row %s', async (_, id, code) => {
    await insert(...numbered(6));
    const before = tables();
    byHand(store.engine, 1, async (rest) => void (rest === 2 && (await set(id, { k: 2 }))));
    expect(await build(index({ n: 1 }), index({ k: 1 }, { unique: true }))).toMatchObject({
      ok: 0,
      code,
      keyValue: { k: 2 },
    });
    expect(await names()).toEqual(['_id_']);
    expect(tables()).toBe(before);
    inOneTurn(store.engine);
    await set(id, { k: id });
    expect(await build(index({ k: 1 }, { unique: true }))).toMatchObject({ ok: 1 });
  });

  it('ends with parallel arrays that somebody writes into a row passed already; the write is done', async () => {
    await insert(...numbered(6));
    byHand(
      store.engine,
      1,
      async (rest) => void (rest === 3 && expect(await set(0, { n: [1], k: [2] })).toMatchObject({ n: 1 })),
    );
    expect(await build(index({ n: 1, k: 1 }))).toMatchObject({ ok: 0, code: 171 });
    expect(await names()).toEqual(['_id_']);
  });

  it('is waited for by whoever asks for the same one', async () => {
    await insert(...numbered(6));
    const others: Promise<Fields>[] = [];
    byHand(
      store.engine,
      1,
      (rest) => void (rest === 2 && others.push(build(index({ n: 1 })), build(index({ n: -1 })))),
    );
    expect(await build(index({ n: 1 }))).toMatchObject({ ok: 1, numIndexesAfter: 2 });
    expect(await Promise.all(others)).toMatchObject([
      { ok: 1, note: 'all indexes already exist' },
      { ok: 0, code: 86 },
    ]);
    expect(await names()).toEqual(['_id_', 'n']);
  });

  it.each([
    ['dropIndexes', { dropIndexes: 'c', index: 'n' }],
    ['drop', { drop: 'c' }],
    ['dropDatabase', { dropDatabase: 1 }],
  ])('ends when somebody sends %s', async (what, command) => {
    await insert(...numbered(6));
    const others: Promise<Fields>[] = [];
    byHand(store.engine, 1, async (rest) => {
      if (rest === 1) others.push(build(index({ n: 1 })));
      if (rest === 2) expect(await store.command(command)).toMatchObject({ ok: 1 });
    });
    expect(await build(index({ n: 1 }))).toMatchObject({ ok: 0, code: 276 });
    expect(await Promise.all(others)).toMatchObject([{ ok: 0, code: 276 }]);
    if (what === 'dropIndexes') expect(await names()).toEqual(['_id_']);
    expect(tables()).toBe(what === 'dropIndexes' ? 1 : 0);
  });

  it('leaves nothing half when the process ends in the middle', async () => {
    await insert(...numbered(6));
    byHand(store.engine, 1, (rest) => {
      if (rest === 3) throw new Error('killed');
    });
    const { abandon } = store.engine.catalog;
    store.engine.catalog.abandon = () => {};
    await expect(build(index({ n: 1 }))).rejects.toThrow('killed');
    store.engine.catalog.abandon = abandon;
    expect(tables()).toBe(2);
    await store.reopen();
    expect(await names()).toEqual(['_id_']);
    for (const _ of store.engine.catalog.sweep(() => false));
    expect(tables()).toBe(1);
    expect(await build(index({ n: 1 }))).toMatchObject({ ok: 1 });
  });
});

const KINDS = [
  index({ n: 1 }),
  index({ k: -1, n: 1 }),
  index({ 'd.x': 1 }),
  index({ k: 1 }, { sparse: true }),
  index({ n: -1 }, { name: 'partial', partialFilterExpression: { k: { $gt: 2 } } }),
  index({ _id: 1, k: 1 }, { unique: true }),
];

function randomWrite(source: Random): Fields {
  const id = source.below(40);
  const value = () => source.pick([source.below(5), null, 'text', [source.below(5), 7], []]);
  const fields = source.chance(0.5) ? { n: value() } : { k: source.below(5), d: [{ x: value() }] };
  if (source.chance(0.3)) return { delete: 'c', deletes: [{ q: { _id: id }, limit: 1 }] };
  return { update: 'c', updates: [{ q: { _id: id }, u: { $set: fields }, upsert: true }] };
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'random writes between slices: the index equals a full rebuild (seed %i)',
  async (seed) => {
    const source = random(seed);
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 30; i++) await store.command(randomWrite(source));
      byHand(store.engine, 1 + source.below(4), async () => {
        for (let i = source.below(4); i > 0; i--) await store.command(randomWrite(source));
      });
      const kinds = KINDS.filter(() => source.chance(0.4));
      if (kinds.length > 0) expect(await build(...kinds)).toMatchObject({ ok: 1 });
      inOneTurn(store.engine);
      expect(findings()).toEqual([]);
      await store.command({ dropIndexes: 'c', index: '*' });
    }
  },
);

it('a build whose beginning was taken back is followed by no write any more', async () => {
  const { catalog, disk } = store.engine;
  await insert({ _id: 1, n: 1 });
  const collection = catalog.find('test', 'c');
  if (!collection) throw new Error('there is no collection');
  const made = catalog.begin(collection, [parseIndex(toDoc(index({ n: 1 })))]);
  made.place = 1;
  const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
  const refused = () => {
    throw full;
  };
  expect(() => disk.change(refused)).toThrow('full');
  expect(await set(1, { n: 2 })).toMatchObject({ ok: 1, nModified: 1 });
  expect(() => made.check()).toThrow('taken back');
});
