import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../../storage/embedded/store.ts';
import { commands } from '../commands.ts';
import { runCommandLine } from '../run.ts';

let data: string;
let server: EmbeddedStore | null;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  server = null;
});
afterEach(async () => {
  await server?.close();
  rmSync(data, { recursive: true });
});

/** What a person types behind `npm run parley --`, in the data directory's parent. */
async function type(line: string, env: Record<string, string> = {}) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const now = () => new Date('2026-03-04T05:06:07Z');
  const terminal = { print: say, printError: say, env: { DATA_DIR: data, ...env }, cwd: data, now };
  const code = await runCommandLine(commands, line.split(' '), terminal);
  return { code, said: said.join('\n') };
}

const storeDirectory = () => join(data, 'store');
const file = () => join(storeDirectory(), 'parley.db');

async function startServer(): Promise<void> {
  server = await startEmbeddedStore({ directory: storeDirectory() });
}

async function stopServer(): Promise<void> {
  await server?.close();
  server = null;
}

async function write(...ids: number[]): Promise<void> {
  const running = server !== null;
  if (!running) await startServer();
  const connection = await mongoose.createConnection(server?.uri ?? '').asPromise();
  await connection.collection('rows').createIndex({ n: 1 });
  await connection.collection<{ _id: number; n: number }>('rows').insertMany(ids.map((_id) => ({ _id, n: _id })));
  await connection.close();
  if (!running) await stopServer();
}

it.each([true, false])('backs up, checks and restores; running: %s', async (running) => {
  if (running) await startServer();
  await write(1, 2, 3);
  expect(await type('store check')).toEqual({
    code: 0,
    said: expect.stringMatching(/parley\.rows: 3 documents, .*_id_ \(3\), n_1 \(3\)\nSound: 1 collection, 3 documents/),
  });
  const backedUp = await type('store backup --to backup.db');
  expect(backedUp).toEqual({ code: 0, said: expect.stringContaining('Backed up 1 collection, 3 documents') });
  expect(statSync(join(data, 'backup.db')).mode & 0o777).toBe(0o600);
  expect(readdirSync(data).sort()).toEqual(['backup.db', 'store']);
  expect(await type('store check --file backup.db')).toMatchObject({ code: 0 });
  await write(4);
  await stopServer();
  expect(await type('store restore --from backup.db')).toEqual({
    code: 1,
    said: expect.stringContaining('add --replace'),
  });
  const restored = await type('store restore --from backup.db --replace');
  expect(restored).toEqual({
    code: 0,
    said: expect.stringMatching(/kept as .*before-2026-03-04T.*\nRestored .*3 documents/),
  });
  expect((await type('store check')).said).toContain('Sound: 1 collection, 3 documents');
  expect(readdirSync(storeDirectory())).toHaveLength(2);
});

it('restores to where nothing is', async () => {
  await write(1);
  await type('store backup --to backup.db');
  expect(await type('store restore --from backup.db --data-dir other')).toMatchObject({ code: 0 });
  expect((await type('store check --data-dir other')).said).toContain('Sound: 1 collection, 1 document,');
});

it('says what is wrong, where, and what to do', async () => {
  await write(...Array.from({ length: 1000 }, (_, i) => i));
  const bytes = readFileSync(file());
  const at = bytes.lastIndexOf(Buffer.from('n\0')); // in a document, so in a leaf of the documents' tree
  bytes.fill(0, at - (at % 4096), at - (at % 4096) + 4096);
  writeFileSync(file(), bytes);
  const checked = await type('store check');
  expect(checked.code).toBe(1);
  expect(checked.said).toMatch(/WRONG .*parley\.rows.*/);
  expect(checked.said).toContain('npm run parley -- store restore --from BACKUP --replace');
  const backedUp = await type('store backup --to backup.db');
  expect(backedUp).toMatchObject({ code: 1, said: expect.stringContaining('damaged') });
  expect(existsSync(join(data, 'backup.db'))).toBe(false);
  expect(readdirSync(data)).toEqual(['store']);
});

it.each([
  ['store check', 'There is no store in'],
  ['store backup --to backup.db', 'There is no store in'],
  ['store restore --from none.db', 'There is no file'],
  ['store export --to mongodb://h', 'There is no store in'],
])('does not make a store: %s', async (line, what) => {
  expect(await type(line)).toEqual({ code: 1, said: expect.stringContaining(what) });
  expect(existsSync(file())).toBe(false);
});

it('refuses to overwrite, to restore under a running server, and a backup that is none', async () => {
  await startServer();
  await write(1);
  writeFileSync(join(data, 'text'), 'no backup');
  expect(await type('store backup --to text')).toMatchObject({
    code: 1,
    said: expect.stringContaining('is there already'),
  });
  expect(await type('store backup --to no/where')).toMatchObject({
    code: 1,
    said: expect.stringContaining('no directory'),
  });
  expect(await type('store restore --from text --replace')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Stop it'),
  });
  await stopServer();
  expect(await type('store restore --from text --replace')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Nothing was changed'),
  });
  expect(await type('store check')).toMatchObject({ code: 0 });
});

it.each([true, false])('exports; running: %s', async (running) => {
  if (running) await startServer();
  await write(1, 2);
  const target = await startEmbeddedStore({ directory: join(data, 'target') });
  try {
    const exported = await type('store export', { MONGODB_URL: target.uri });
    expect(exported).toEqual({
      code: 0,
      said: expect.stringMatching(/rows: 2 documents, 2 indexes\nExported 1 collection, 2/),
    });
    expect(await type(`store export --to ${target.uri}`)).toMatchObject({
      code: 1,
      said: expect.stringContaining('--replace'),
    });
    expect(await type(`store export --to ${target.uri} --replace`)).toMatchObject({ code: 0 });
    expect(readdirSync(storeDirectory()).filter((name) => name.startsWith('snapshot'))).toEqual([]);
  } finally {
    await target.close();
  }
  expect(await type('store export')).toMatchObject({ code: 2 });
  expect(await type('store export --to postgres://h')).toMatchObject({ code: 2 });
});

it('is a program with exit codes', async () => {
  await write(1);
  const run = (...typed: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '..', 'main.ts'), ...typed], {
      env: { ...process.env, DATA_DIR: data, INIT_CWD: data },
      encoding: 'utf8',
    });
  expect(run('store', 'check')).toMatchObject({ status: 0, stdout: expect.stringContaining('Sound'), stderr: '' });
  expect(run('store', 'backup', '--to', 'b.db')).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(data, 'b.db'))).toBe(true);
  writeFileSync(file(), 'damaged');
  expect(run('store', 'check')).toMatchObject({ status: 1, stderr: expect.stringContaining('not a database') });
  expect(run('store')).toMatchObject({ status: 2 });
});

describe('what cannot be done is said in words, and changes nothing', () => {
  it.each([
    ['store backup --to store/copy.db', /inside the store's own directory/],
    [`store backup --to ${'x'.repeat(300)}.db`, /too long/],
    ['store backup --to nowhere/copy.db', /no directory/],
    ['store restore --from store', /is not a file. Name a backup/],
    ['store restore --from nothing.db', /no file .*nothing.db/],
    ['store check --file store', /is not a file/],
  ])('%s', async (line, words) => {
    await write(1);
    const before = readdirSync(storeDirectory());
    expect(await type(line)).toEqual({ code: 1, said: expect.stringMatching(words) });
    expect(readdirSync(storeDirectory())).toEqual(before);
  });

  it('a bad backup says nothing of the store', async () => {
    await write(1);
    writeFileSync(join(data, 'notes.txt'), 'no backup at all, just some words that fill a line or two of text');
    const { code, said } = await type('store check --file notes.txt');
    expect([code, said]).toEqual([1, expect.stringMatching(/no sound backup. Nothing is said of the store itself/)]);
    expect(said).not.toContain('restore');
  });

  it('a remedy names the data directory', async () => {
    await write(1);
    writeFileSync(file(), 'overwritten');
    const { said } = await type('store check');
    expect(said).toContain(`store restore --from BACKUP --replace --data-dir ${data}`);
  });
});
