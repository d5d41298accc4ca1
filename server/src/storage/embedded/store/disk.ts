import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Refusal } from '../errors.ts';

export type Row = Record<string, unknown>;

/** A SQLite file that one process holds, with the statements it has prepared and one open transaction for all writes. */
export interface Disk {
  run(sql: string, ...values: SQLInputValue[]): void;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Does work that writes, inside the transaction that the next `commit` closes. */
  change<Result>(work: () => Result): Result;
  isOpen(): boolean;
  commit(): void;
  close(): void;
}

const FILE = 'parley.db';
const FORMAT = 1;
const MAX_STATEMENTS = 500; // prepared and kept; plans with other bounds share the same few texts

/** A write failed half way: what is open may not be committed, and the store has to stop. */
export class StoreBroken extends Error {
  constructor(cause: unknown) {
    super(`a write to the store failed: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.name = 'StoreBroken';
  }
}

export class DirectoryHeld extends Error {
  constructor(directory: string, cause: unknown) {
    super(`another process holds the store in ${directory}`, { cause });
    this.name = 'DirectoryHeld';
  }
}

export function openDisk(directory: string): Disk {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, FILE);
  closeSync(openSync(file, 'a', 0o600)); // made here, for SQLite would let others read it; its journal takes the same mode
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    prepare(database, directory);
  } catch (error) {
    database.close();
    throw error;
  }
  return disk(database);
}

function prepare(database: DatabaseSync, directory: string): void {
  // SQLite's own lock, taken once and held: the system frees it when the process dies, however it dies.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    if (error instanceof Error && error.message.includes('locked')) throw new DirectoryHeld(directory, error);
    throw error;
  }
  database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536');
  database.exec('PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY');
  const { user_version: format } = database.prepare('PRAGMA user_version').get() ?? {};
  if (format === FORMAT) return;
  if (format !== 0)
    throw new Error(`the store in ${directory} has format ${format}, this program reads format ${FORMAT}`);
  database.exec(`BEGIN;
    CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, uuid BLOB NOT NULL, UNIQUE (db, name));
    CREATE TABLE indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, definition BLOB NOT NULL, multikey INTEGER NOT NULL);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
    PRAGMA user_version = ${FORMAT};
    COMMIT`);
}

function disk(database: DatabaseSync): Disk {
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const held = statements.get(sql);
    if (held) return held;
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  let open = false;
  return {
    run: (sql, ...values) => void statement(sql).run(...values),
    all: (sql, ...values) => statement(sql).all(...values),
    get: (sql, ...values) => statement(sql).get(...values),
    change: (work) => {
      try {
        if (!open) statement('BEGIN IMMEDIATE').run();
        open = true;
        return work();
      } catch (error) {
        throw error instanceof Refusal ? error : new StoreBroken(error);
      }
    },
    isOpen: () => open,
    commit: () => {
      statement('COMMIT').run();
      open = false;
    },
    close: () => {
      statements.clear();
      database.close();
    },
  };
}

export const blob = (value: unknown): Buffer => {
  if (!(value instanceof Uint8Array)) throw new Error('a blob was expected in the store');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
};

export const integer = (value: unknown): number => {
  if (typeof value !== 'number') throw new Error('an integer was expected in the store');
  return value;
};
