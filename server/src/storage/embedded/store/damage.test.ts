import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../commands/engine.ts';
import { run } from '../commands/run.ts';
import { startEmbeddedStore } from '../store.ts';
import { temporaryDirectory, toDoc } from '../testing/engine.ts';
import { storeFile } from './open.ts';

const PAGE = 4096; // bytes of a page of SQLite
const ROWS = 2000;

let directory: { path: string; remove(): void };
let file: string;
beforeEach(() => {
  directory = temporaryDirectory();
  file = storeFile(directory.path);
});
afterEach(() => directory.remove());

const command = (engine: Engine, body: Record<string, unknown>) => run(engine, toDoc({ ...body, $db: 'test' }));

async function fill(): Promise<void> {
  const engine = openEngine(directory.path);
  await command(engine, { createIndexes: 'rows', indexes: [{ key: { word: 1 }, name: 'word' }] });
  const documents = Array.from({ length: ROWS }, (_, _id) => ({ _id, word: `word${_id}`, pad: 'x'.repeat(300) }));
  await command(engine, { insert: 'rows', documents });
  engine.close();
}

/** The number of the root page of a table, counted from 1. */
function rootOf(sql: string): number {
  const database = new DatabaseSync(file);
  const row = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE ${sql}`).get();
  database.close();
  return Number(row?.rootpage);
}

function edit(change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
}

const truncate = (length: number): void => {
  const descriptor = openSync(file, 'r+');
  ftruncateSync(descriptor, length);
  closeSync(descriptor);
};

const REMEDY = 'npm run parley -- store restore --from BACKUP --replace';

describe('a damaged file is refused at the start', () => {
  const cases: [name: string, harm: () => void, place: RegExp][] = [
    ['cut in the middle', () => truncate(20 * PAGE), /malformed/],
    ['cut within its header', () => truncate(50), /malformed|not a database/],
    ['empty', () => truncate(0), /it is empty \(0 bytes\)/],
    ['no SQLite', () => writeFileSync(file, 'a text that somebody put here'.repeat(100)), /not a database/],
    ['with another first byte', () => edit((bytes) => bytes.writeUInt8(0, 0)), /not a database/],
    ['with another page size', () => edit((bytes) => bytes.writeUInt8(3, 16)), /not a database|malformed/],
    ['of zeros in its first page', () => edit((bytes) => bytes.fill(0, 0, PAGE)), /not a database/],
    [
      'of zeros in a root page',
      () => {
        const at = (rootOf("name = 'c1'") - 1) * PAGE;
        edit((bytes) => bytes.fill(0, at, at + PAGE));
      },
      /collection test\.rows \(table c1\)/,
    ],
    [
      'of noise in an index',
      () => {
        const at = (rootOf("name LIKE 'i%' AND sql LIKE '%k BLOB%'") - 1) * PAGE;
        edit((bytes) => randomBytes(PAGE).copy(bytes, at));
      },
      /index word of collection test\.rows/,
    ],
    ['gone, with its journal left', () => renameSync(file, `${file}-wal`), /it is gone/],
  ];
  it.each(cases)('%s', async (_, harm, place) => {
    await fill();
    harm();
    const before = existsSync(file) ? readFileSync(file) : null;
    const started = startEmbeddedStore({ directory: directory.path });
    await expect(started).rejects.toThrow(place);
    await expect(started).rejects.toThrow(REMEDY);
    await expect(started).rejects.toThrow(file);
    if (before) expect(readFileSync(file).equals(before)).toBe(true); // whoever mends it finds what was there
  });

  it('also inside, after a process that did not end in order', async () => {
    await fill();
    const from = (rootOf("name = 'c1'") + 5) * PAGE;
    edit((bytes) => bytes.fill(0, from, from + 3 * PAGE));
    // A journal that a killed process left. Its header is not valid, so that SQLite takes nothing from it.
    writeFileSync(`${file}-wal`, Buffer.alloc(32));
    expect(() => openEngine(directory.path)).toThrow(/collection test\.rows: .*(Tree|malformed)/);
  });
});

it('reads a journal up to where it is damaged: what a COMMIT had written whole', async () => {
  const engine = openEngine(directory.path);
  for (let n = 0; n < 50; n++) {
    await command(engine, { insert: 'rows', documents: [{ _id: n }] });
    engine.commit();
  }
  // As a kill leaves it, and some bytes in its last third are other ones.
  const copy = temporaryDirectory();
  for (const name of ['parley.db', 'parley.db-wal']) {
    const bytes = readFileSync(join(directory.path, name));
    if (name.endsWith('wal')) bytes.fill(0xff, Math.floor(bytes.length * 0.7), Math.floor(bytes.length * 0.7) + 64);
    writeFileSync(join(copy.path, name), bytes);
  }
  engine.close();
  const again = openEngine(copy.path);
  const kept = again.catalog.find('test', 'rows')?.count() ?? 0;
  again.close();
  copy.remove();
  expect(kept).toBeGreaterThan(10);
  expect(kept).toBeLessThan(50);
});

describe('what cannot be opened says why', () => {
  it('a file from a newer release', async () => {
    await fill();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 9');
    database.close();
    expect(() => openEngine(directory.path)).toThrow(/format 9.*newer release/);
  });

  it('a SQLite file of somebody else', () => {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE notes (text)');
    database.close();
    expect(() => openEngine(directory.path)).toThrow(/no store of Parley/);
  });

  // Nothing is forbidden to root.
  it.runIf(process.getuid?.() !== 0)('a file that may not be written', async () => {
    await fill();
    chmodSync(file, 0o400);
    expect(() => openEngine(directory.path)).toThrow(/EACCES.*has to own the directory/);
  });

  it('a directory that is a file', () => {
    writeFileSync(join(directory.path, 'taken'), '');
    expect(() => openEngine(join(directory.path, 'taken', 'store'))).toThrow(/has to own the directory/);
  });
});

describe('damage met while running', () => {
  /** Zeros in leaf pages of the documents, which the start does not look at. */
  async function openDamaged(): Promise<Engine> {
    await fill();
    const from = (rootOf("name = 'c1'") + 20) * PAGE;
    edit((bytes) => bytes.fill(0, from, from + 2 * PAGE));
    return openEngine(directory.path);
  }

  it('is answered to who reads it, with the collection and the remedy; the rest is served', async () => {
    const engine = await openDamaged();
    const scan = command(engine, { count: 'rows', query: { pad: 'none' } });
    await expect(scan).rejects.toMatchObject({ code: 301 });
    await expect(scan).rejects.toThrow(/count on test\.rows.*malformed.*store restore/);
    await expect(command(engine, { find: 'rows', filter: { _id: 1 } })).resolves.toMatchObject({ rows: [{}] });
    engine.close();
  });

  it('names a document that cannot be decoded', async () => {
    await fill();
    const database = new DatabaseSync(file);
    database.exec('UPDATE c1 SET doc = zeroblob(40) WHERE rid = 7');
    database.close();
    const engine = openEngine(directory.path);
    const scan = command(engine, { find: 'rows', filter: { word: 'none', pad: 'x' } });
    await expect(command(engine, { count: 'rows', query: { pad: 'none' } })).rejects.toThrow(
      /count on test\.rows: .*a document cannot be read: invalid BSON/,
    );
    await scan;
    engine.close();
  });

  it('met by a write ends the store at once, with the collection and the remedy, without a restart', async () => {
    await fill();
    const database = new DatabaseSync(file);
    const leaves = database
      .prepare("SELECT pageno FROM dbstat WHERE name LIKE 'i%' AND pagetype = 'leaf'")
      .all()
      .map(({ pageno }) => Number(pageno));
    database.close();
    // A page in the middle of the index: the start looks at both ends, and inserting writes there without having read.
    edit((bytes) => {
      const pages = leaves.map((leaf) => bytes.subarray((leaf - 1) * PAGE, leaf * PAGE));
      pages.find((page) => page.includes('word1500'))?.fill(0);
    });
    const faults: Error[] = [];
    const gaveUp = Promise.withResolvers<Error>();
    const store = await startEmbeddedStore({
      directory: directory.path,
      onFault: (error) => faults.push(error),
      onGaveUp: gaveUp.resolve,
    });
    // Closing a driver ends its sessions, for which it may look so long for a store that is gone.
    const connection = await mongoose.createConnection(store.uri, { serverSelectionTimeoutMS: 5_000 }).asPromise();
    const rows = connection.useDb('test').collection<{ _id: number; word: string }>('rows');
    const writing = rows.insertOne({ _id: ROWS, word: 'word1500a' }).catch((error: Error) => error);
    expect((await gaveUp.promise).message).toMatch(/insert on test\.rows: .*malformed.*store restore/);
    expect(faults).toEqual([]);
    await connection.close();
    expect(await writing).toBeInstanceOf(Error);
    await store.close();
  });
});
