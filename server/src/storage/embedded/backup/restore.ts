import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isCorrupt, isLocked, StoreDamaged } from '../store/damage.ts';
import { DirectoryHeld, openDisk, storeFile } from '../store/open.ts';
import { syncDirectory } from '../store/sync-directory.ts';
import { checkStoreFile, type Report, removeStoreFile } from './check.ts';

export interface Restoring {
  /** The store's directory; made if it is missing. */
  directory: string;
  /** A backup, or any store's file that nobody writes to. It is only read. */
  from: string;
  /** Take the place of a store that is there. Without it an existing store is refused. */
  replace: boolean;
  now: Date;
  /** Tests end the process at these places. */
  at?: (step: Step) => void;
}

export type Step = 'copied' | 'checked' | 'kept' | 'journal gone' | 'replaced';

export type Restored =
  | { outcome: 'restored'; report: Report; kept: string | null }
  /** The backup has faults; nothing was changed. */
  | { outcome: 'refused'; report: Report }
  | { outcome: 'exists' };

const MODE = 0o600;
const JOURNALS = ['-wal', '-journal'];

/**
 * Puts a backup in the place of the store. The backup is copied and checked first; then one rename makes it the store, so
 * that a kill at any moment leaves the old store or the new one. The old one is kept beside it under the date. Throws
 * DirectoryHeld while a server has the store open.
 */
export function restoreStore({ directory, from, replace, now, at = () => {} }: Restoring): Restored {
  const file = storeFile(directory);
  const fresh = `${file}.restoring-${randomBytes(6).toString('hex')}`;
  const old = holdOld(directory, file);
  try {
    if (!old.isEmpty && !replace) return { outcome: 'exists' };
    sweep(directory, file);
    copyIn(from, fresh);
    at('copied');
    const report = checkStoreFile(fresh, now);
    if (report.findings.length > 0) return { outcome: 'refused', report };
    takeOwner(file, fresh);
    syncFile(fresh);
    at('checked');
    const kept = old.isEmpty ? null : keep(file, now);
    at('kept');
    // Only a damaged store still has a journal here. That store is no worse without it; the new one would be with it.
    for (const suffix of JOURNALS) rmSync(`${file}${suffix}`, { force: true });
    at('journal gone');
    renameSync(fresh, file);
    syncDirectory(directory);
    at('replaced');
    return { outcome: 'restored', report, kept };
  } finally {
    removeStoreFile(fresh);
    old.release();
  }
}

/** Removes what a restore that was killed has left. */
function sweep(directory: string, file: string): void {
  const left = `${basename(file)}.restoring-`;
  for (const name of readdirSync(directory)) if (name.startsWith(left)) rmSync(join(directory, name));
}

interface Old {
  isEmpty: boolean;
  release(): void;
}

/**
 * Keeps a server from opening the store meanwhile, and folds its journal into its file. Where there is no store an empty
 * one is made to be held. A damaged store cannot be held, nor opened by a server.
 */
function holdOld(directory: string, file: string): Old {
  let database: DatabaseSync | undefined;
  try {
    if (!existsSync(file)) openDisk(directory).close();
    database = new DatabaseSync(file, { timeout: 0 });
    const held = database;
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode = DELETE');
    // A journal in memory: closing must not touch a file of that name, which may be another store's by then.
    held.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; COMMIT');
    rmSync(`${file}-journal`, { force: true });
    const isEmpty = countCollections(held) === 0;
    return { isEmpty, release: () => held.close() };
  } catch (error) {
    database?.close();
    if (isLocked(error)) throw new DirectoryHeld(directory, error);
    if (isCorrupt(error) || error instanceof StoreDamaged) return { isEmpty: false, release: () => {} };
    throw error;
  }
}

function countCollections(database: DatabaseSync): number {
  // An empty file, or one of somebody else, is a store that has lost everything: it is kept as well.
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'collections'").get();
  if (!table) return Number.NaN;
  return Number(database.prepare('SELECT count(*) AS n FROM collections').get()?.n);
}

/** A store that was copied by hand has its journal beside it; the check of the copy folds it in. */
function copyIn(from: string, to: string): void {
  for (const suffix of ['', ...JOURNALS]) {
    if (suffix && !existsSync(`${from}${suffix}`)) continue;
    copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
    chmodSync(`${to}${suffix}`, MODE);
  }
}

/** An operator who restores as root must not lock the server's user out. */
function takeOwner(from: string, to: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(from);
  chownSync(to, uid, gid);
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** A second name for the old file, and for its journal if it could not be folded in. Gives the name. */
function keep(file: string, now: Date): string {
  const kept = `${file}.before-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of ['', ...JOURNALS]) {
    if (existsSync(`${file}${suffix}`)) link(`${file}${suffix}`, `${kept}${suffix}`);
  }
  syncDirectory(dirname(file));
  return kept;
}

function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // a file system without links
  }
}
