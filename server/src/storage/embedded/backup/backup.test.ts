import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeFile } from '../store/open.ts';
import { startEmbeddedStore } from '../store.ts';
import { temporaryDirectory } from '../testing/engine.ts';
import { openTestStore, type TestStore } from '../testing/store.ts';
import { checkStoreFile } from './check.ts';
import { restoreStore, type Step } from './restore.ts';

const NOW = new Date('2026-03-04T05:06:07.089Z');

let test: TestStore;
let elsewhere: { path: string; remove(): void };
beforeEach(async () => {
  test = await openTestStore();
  elsewhere = temporaryDirectory();
});
afterEach(async () => {
  await test.close();
  elsewhere.remove();
});

const backUp = (to: string) => test.connection.db?.admin().command({ parleyBackup: 1, to });
const rows = () => test.connection.collection<{ _id: number; half: string }>('rows');
const pair = (n: number) => [
  { _id: 2 * n, half: `a${n}` },
  { _id: 2 * n + 1, half: `b${n}` },
];

/** The rows of a backup, read by a store that was restored from it. */
async function rowsOf(file: string): Promise<number[]> {
  const directory = join(elsewhere.path, `restored${readdirSync(elsewhere.path).length}`);
  expect(restoreStore({ directory, from: file, replace: false, now: NOW })).toMatchObject({
    outcome: 'restored',
    kept: null,
  });
  const database = new DatabaseSync(storeFile(directory));
  const found = database.prepare('SELECT rid FROM c1 ORDER BY rid').all();
  database.close();
  return found.map(({ rid }) => Number(rid) - 1);
}

it('copies one moment while others write, and they go on meanwhile', async () => {
  await rows().createIndex({ half: 1 }, { unique: true });
  const filler = Array.from({ length: 20_000 }, (_, _id) => ({ _id, pad: 'x'.repeat(1000) }));
  await test.connection.collection<{ _id: number; pad: string }>('filler').insertMany(filler);
  let next = 0;
  const write = async () => void (await rows().insertMany(pair(next++)));
  for (let n = 0; n < 20; n++) await write();
  const to = join(elsewhere.path, 'backup.db');
  const before = next;
  let done = false;
  const copying = backUp(to)?.finally(() => {
    done = true;
  });
  while (!done) await write();
  await copying;
  expect(next).toBeGreaterThan(before);
  expect(statSync(to).mode & 0o777).toBe(0o600);
  expect(readdirSync(elsewhere.path)).toEqual(['backup.db']);
  const report = checkStoreFile(to, NOW);
  expect(report.findings).toEqual([]);
  const kept = await rowsOf(to);
  // A whole number of pairs, without a gap, none of those missing that were acknowledged before it was asked for.
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => i));
  expect(kept.length % 2).toBe(0);
  expect(kept.length).toBeGreaterThanOrEqual(2 * before);
  expect(await rows().countDocuments({})).toBe(2 * next);
  await test.reopen();
  expect(await rows().countDocuments({})).toBe(2 * next);
});

it('refuses what it would overwrite, a relative path, and two at once', async () => {
  await rows().insertMany(pair(0));
  const to = join(elsewhere.path, 'backup.db');
  writeFileSync(to, 'mine');
  await expect(backUp(to)).rejects.toThrow(/EEXIST/);
  expect(readFileSync(to, 'utf8')).toBe('mine');
  await expect(backUp('backup.db')).rejects.toThrow(/absolute/);
  await expect(test.connection.db?.command({ parleyBackup: 1, to })).rejects.toThrow(/admin/);
  await expect(backUp(join(elsewhere.path, 'none', 'b.db'))).rejects.toThrow(/ENOENT/);
  const both = await Promise.allSettled(['b1.db', 'b2.db'].map((name) => backUp(join(elsewhere.path, name))));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('is given up when the store closes, and leaves no file', async () => {
  const filler = Array.from({ length: 20_000 }, (_, _id) => ({ _id, pad: 'x'.repeat(2000) }));
  await test.connection.collection<{ _id: number; pad: string }>('filler').insertMany(filler);
  const other = test.connection.useDb('other');
  const to = join(elsewhere.path, 'backup.db');
  const copying = backUp(to)?.then(
    () => 'done',
    () => 'given up',
  );
  await other.collection('any').insertOne({}); // by now the copy has begun
  await test.store.close();
  const outcome = await copying;
  expect(readdirSync(elsewhere.path)).toEqual(outcome === 'done' ? ['backup.db'] : []);
  await test.reopen();
});

it('finds what is wrong in a copy, all of it', async () => {
  await rows().createIndex({ half: 1 });
  await rows().insertMany(pair(0));
  const to = join(elsewhere.path, 'backup.db');
  await backUp(to);
  const database = new DatabaseSync(to);
  database.exec('UPDATE c1 SET doc = zeroblob(9) WHERE rid = 1; DELETE FROM i2 WHERE rid = 2');
  database.close();
  const { findings } = checkStoreFile(to, NOW);
  expect(findings.map(({ place }) => place)).toEqual(expect.arrayContaining(['parley.rows', 'parley.rows:half_1']));
});

it('finds that a text is no store', () => {
  const to = join(elsewhere.path, 'text');
  writeFileSync(to, 'a text '.repeat(1000));
  expect(checkStoreFile(to, NOW).findings).toEqual([{ place: 'file', problem: 'file is not a database' }]);
});

it.each(['copied', 'checked', 'kept', 'journal gone', 'replaced'] as Step[])(
  'leaves the old store or the new one when it is killed at "%s"',
  async (last) => {
    await rows().insertMany(pair(0));
    const to = join(elsewhere.path, 'backup.db');
    await backUp(to);
    await rows().insertMany(pair(1));
    await test.connection.close();
    await test.store.close();
    const child = `${import.meta.dirname}/restore-child.ts`;
    const killed = spawnSync(process.execPath, [child, test.directory, to, last], { stdio: 'inherit' });
    expect(killed.signal).toBe('SIGKILL');
    const store = await startEmbeddedStore({ directory: test.directory });
    await store.close();
    expect(checkStoreFile(storeFile(test.directory), NOW)).toMatchObject({
      findings: [],
      collections: [{ documents: last === 'replaced' ? 2 : 4 }],
    });
    // The next one finishes, and removes what was left.
    expect(restoreStore({ directory: test.directory, from: to, replace: true, now: NOW }).outcome).toBe('restored');
    expect(readdirSync(test.directory).filter((name) => name.includes('restoring'))).toEqual([]);
    await test.reopen();
    expect(await rows().countDocuments({})).toBe(2);
  },
);

it('replaces only when asked to, never under a running store, and keeps the old one', async () => {
  await rows().insertMany(pair(0));
  const to = join(elsewhere.path, 'backup.db');
  await backUp(to);
  await rows().insertMany(pair(1));
  const restoring = { directory: test.directory, from: to, replace: true, now: NOW };
  expect(() => restoreStore(restoring)).toThrow(/holds the store/);
  await test.connection.close();
  await test.store.close();
  expect(restoreStore({ ...restoring, replace: false })).toEqual({ outcome: 'exists' });
  const restored = restoreStore(restoring);
  const kept = `${storeFile(test.directory)}.before-2026-03-04T05-06-07-089Z`;
  expect(restored).toMatchObject({ outcome: 'restored', kept });
  expect(readdirSync(test.directory).sort()).toEqual(['parley.db', 'parley.db.before-2026-03-04T05-06-07-089Z']);
  expect(checkStoreFile(kept, NOW).collections).toMatchObject([{ documents: 4 }]);
  await test.reopen();
  expect(await rows().countDocuments({})).toBe(2);
});

it('takes the place of a damaged store, and refuses a damaged backup', async () => {
  await rows().insertMany(pair(0));
  const to = join(elsewhere.path, 'backup.db');
  await backUp(to);
  await test.connection.close();
  await test.store.close();
  writeFileSync(storeFile(test.directory), 'nothing that can be read');
  const restoring = { directory: test.directory, from: to, replace: true, now: NOW };
  expect(restoreStore({ ...restoring, replace: false })).toEqual({ outcome: 'exists' });
  const cut = join(elsewhere.path, 'cut.db');
  writeFileSync(cut, readFileSync(to).subarray(0, 9000));
  expect(restoreStore({ ...restoring, from: cut })).toMatchObject({ outcome: 'refused' });
  expect(readFileSync(storeFile(test.directory), 'utf8')).toBe('nothing that can be read');
  expect(restoreStore(restoring)).toMatchObject({ outcome: 'restored' });
  await test.reopen();
  expect(await rows().countDocuments({})).toBe(2);
});
