import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../testing/engine.ts';
import { checkFile, type Finding, type Verified, verifyCollection } from './verify.ts';

let store: TestEngine;
beforeEach(async () => {
  store = openTestEngine();
  const partialFilterExpression = { a: { $gt: 5 } };
  const indexes = [
    { key: { a: 1 }, name: 'a', unique: true },
    { key: { tags: 1, a: -1 }, name: 'tags' },
    { key: { a: 1, b: 1 }, name: 'some', partialFilterExpression },
  ];
  await store.command({ createIndexes: 'c', indexes });
  const documents = Array.from({ length: 500 }, (_, a) => ({ _id: a, a, tags: a % 7 ? ['x', `t${a}`] : 'y' }));
  await store.command({ insert: 'c', documents });
});
afterEach(() => store.close());

function verify(): { findings: Finding[]; result: Verified } {
  const collection = store.engine.catalog.find('test', 'c');
  if (!collection) throw new Error('no collection');
  const findings: Finding[] = [];
  const walk = verifyCollection(store.engine.disk, collection, new Date(), (finding) => findings.push(finding));
  let step = walk.next();
  while (!step.done) step = walk.next();
  checkFile(store.engine.disk, (finding) => findings.push(finding));
  return { findings, result: step.value };
}

/** Harms the tables behind the store's back. */
const harm = (sql: string, ...values: (string | number | Buffer)[]) =>
  store.engine.disk.change(() => store.engine.disk.run(sql, ...values));
const tableOf = (name: string) =>
  store.engine.catalog.find('test', 'c')?.indexes.find(({ spec }) => spec.name === name)?.table ?? '';

it('finds nothing in a sound collection, and counts it', () => {
  const { findings, result } = verify();
  expect(findings).toEqual([]);
  expect(result).toMatchObject({ namespace: 'test.c', documents: 500 });
  expect(result.indexes).toEqual([
    { name: '_id_', entries: 500 },
    { name: 'a', entries: 500 },
    { name: 'tags', entries: 428 * 2 + 72 },
    { name: 'some', entries: 494 },
  ]);
});

it('names a missing entry', () => {
  harm(`DELETE FROM ${tableOf('a')} WHERE rid = 8`);
  expect(verify().findings).toEqual([
    { place: 'test.c:a', problem: expect.stringMatching(/missing for row 8, _id 7/) },
  ]);
});

it('names an entry without its document, and one with another value', () => {
  harm(`INSERT INTO ${tableOf('tags')} (k, rid) VALUES (x'07', 3)`);
  harm(`INSERT INTO ${tableOf('some')} (k, rid) VALUES (x'07', 9999)`);
  expect(verify().findings).toEqual([
    { place: 'test.c:tags', problem: expect.stringMatching(/leads to row 3/) },
    { place: 'test.c:some', problem: expect.stringMatching(/leads to row 9999/) },
  ]);
});

it('names an entry that took the place of another', () => {
  harm(`UPDATE ${tableOf('a')} SET k = x'07' WHERE rid = 1`);
  expect(verify().findings).toEqual([{ place: 'test.c:a', problem: expect.stringMatching(/missing for row 1/) }]);
});

it('names a broken document, a wrong _id, a duplicate and an array nobody knew of', () => {
  const table = `c${store.engine.catalog.find('test', 'c')?.id}`;
  harm(`UPDATE ${table} SET id = x'01' WHERE rid = 2`);
  harm(`UPDATE ${table} SET doc = (SELECT doc FROM ${table} WHERE rid = 5) WHERE rid = 6`);
  harm(`UPDATE ${table} SET doc = x'0500000001' WHERE rid = 4`);
  const tags = store.engine.catalog.find('test', 'c')?.indexes[2];
  if (tags) tags.multikey = false;
  const problems = verify().findings.map(({ place, problem }) => `${place} ${problem}`);
  expect(problems).toContainEqual(expect.stringMatching(/c:_id_ row 2 is filed/));
  expect(problems).toContainEqual(expect.stringMatching(/c the document in row 4 cannot be read/));
  expect(problems).toContainEqual(expect.stringMatching(/c:_id_ row 6 is filed/));
  expect(problems).toContainEqual(expect.stringMatching(/c:a an entry is missing for row 6/));
  expect(problems).toContainEqual(expect.stringMatching(/c:tags row \d+ holds an array/));
});
