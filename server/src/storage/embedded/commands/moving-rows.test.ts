import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';
import { type Random, random } from '../testing/random.ts';
import { byHand, inOneTurn } from '../testing/turns.ts';

const STILL = 120; // documents that nobody changes; their ids are even
const MOVING = 40;
const QUERIES = 20;
const BATCH = 7;

let store: TestEngine;
beforeEach(() => {
  store = openTestEngine();
  inOneTurn(store.engine);
});
afterEach(() => store.close());

const value = (luck: Random): unknown =>
  luck.pick([() => luck.below(20), () => [luck.below(20), luck.below(20)], () => null, () => String(luck.below(5))])();
const made = (_id: number, luck: Random): Fields => ({ _id, a: value(luck), b: luck.below(20), c: luck.below(4) });

/** Filters that lead to walks of one index, of several, of `_id` and of everything. */
const question = (luck: Random): Fields =>
  luck.pick<() => Fields>([
    () => ({ a: { $gte: luck.below(10), $lt: 15 } }),
    () => ({ a: { $in: [luck.below(20), luck.below(20), null] } }),
    () => ({ $or: [{ a: luck.below(20) }, { b: { $lt: luck.below(20) } }] }),
    () => ({ c: luck.below(4), b: { $gt: luck.below(20) } }),
    () => ({ _id: { $gte: luck.below(STILL) } }),
    () => ({ b: { $ne: luck.below(20) } }),
    () => ({ $or: [{ c: 1 }, { c: 2, b: { $lt: 10 } }, { _id: { $lt: 30 } }] }),
  ])();

async function change(luck: Random): Promise<void> {
  const _id = 1 + 2 * luck.below(MOVING);
  const { _id: _, ...set } = made(_id, luck);
  const updates = [{ q: { _id }, u: { $set: set }, upsert: true }];
  if (luck.chance(0.3)) await store.command({ delete: 'c', deletes: [{ q: { _id }, limit: 1 }] });
  else await store.command({ update: 'c', updates });
}

async function readAll(body: Fields): Promise<Fields[]> {
  const first = await store.command({ ...body, batchSize: BATCH });
  const all = [...(first.rows as Fields[])];
  let id = first.id as bigint;
  while (id !== 0n) {
    const next = await store.command({ getMore: id, collection: 'c', batchSize: BATCH });
    expect(next).toMatchObject({ ok: 1 });
    all.push(...(next.rows as Fields[]));
    id = next.id as bigint;
  }
  return all;
}

it.each([1, 2, 3])('a reader meets what stands still once and in order, whatever moves (seed %i)', async (seed) => {
  const luck = random(seed);
  const indexes = [{ a: 1 }, { b: -1 }, { c: 1, b: 1 }].map((key) => ({ key, name: Object.keys(key).join('_') }));
  await store.command({ createIndexes: 'c', indexes });
  const documents = Array.from({ length: STILL }, (_, n) => made(2 * n, luck));
  await store.command({ insert: 'c', documents });
  const isStill = ({ _id }: Fields): boolean => Number(_id) % 2 === 0;
  for (let n = 0; n < QUERIES; n++) {
    const way = luck.pick([1, -1]);
    const sort = luck.pick<Fields>([{}, { _id: way }, { b: way, _id: 1 }, { c: way, b: way }, { a: way }]);
    const body = { find: 'c', filter: question(luck), sort };
    inOneTurn(store.engine);
    const alone = (await readAll(body)).filter(isStill);
    byHand(store.engine, 1 + luck.below(4), () => change(luck));
    const beside = (await readAll(body)).filter(isStill);
    const order = (rows: Fields[]) => rows.map(({ _id }) => _id);
    expect({ body, ids: order(beside) }).toEqual({ body, ids: order(alone) });
  }
});
