import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotOpen, isCorrupt, isLocked, isOutOfReach, StoreDamaged } from './damage.ts';
import { type Disk, diskOver, type Strike } from './disk.ts';
import { checkAtStart } from './start-check.ts';
import { syncDirectory } from './sync-directory.ts';

const FILE = 'parley.db';
const FORMAT = 1;
const CHECKPOINT_PAGES = 4000; // of 4 KB: the journal is folded into the file when it holds 16 MB

/** The store's file within its directory; its journal is beside it, with `-wal` behind the name. */
export const storeFile = (directory: string): string => join(directory, FILE);

/** The disk of a directory that this process holds. */
export interface HeldDisk extends Disk {
  file: string;
  /**
   * Reads the file's own bytes. Opened after the lock and closed after SQLite has let go: closing any descriptor of a
   * file drops the locks that the process has on it (POSIX).
   */
  descriptor: number;
  /**
   * Folds the journal into the file, then leaves the file as it is until the function that this gives is called; what is
   * written meanwhile stays in the journal. To be called after a COMMIT. Throws when something keeps the journal busy.
   */
  keepStill(): () => void;
}

export class DirectoryHeld extends Error {
  constructor(directory: string, cause: unknown) {
    super(`another process holds the store in ${directory}: stop it first, or give this one a DATA_DIR of its own`, {
      cause,
    });
    this.name = 'DirectoryHeld';
  }
}

/**
 * Opens the store's file, makes it when there is none, and holds it until `close`. Throws DirectoryHeld, StoreDamaged
 * (which says where and how to restore), or CannotOpen for a newer format or a directory without permission.
 */
export function openDisk(directory: string, strike?: Strike): HeldDisk {
  const file = storeFile(directory);
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const unclean = sizeOf(`${file}-wal`) > 0; // a store that was closed leaves no journal
    if (!existsSync(file)) create(file, unclean);
    if (sizeOf(file) === 0) throw new StoreDamaged(file, 'it is empty (0 bytes)');
    for (const path of [directory, file]) accessSync(path, constants.R_OK | constants.W_OK);
    database = new DatabaseSync(file, { timeout: 0 });
    hold(database);
    checkFormat(database, file);
    checkAtStart(database, file, unclean);
    return heldDisk(database, file, strike);
  } catch (error) {
    database?.close();
    throw explained(error, directory, file);
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function explained(error: unknown, directory: string, file: string): unknown {
  if (isLocked(error)) return new DirectoryHeld(directory, error);
  if (isCorrupt(error)) return new StoreDamaged(file, error instanceof Error ? error.message : String(error), error);
  if (!isOutOfReach(error)) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new CannotOpen(
    `the store in ${directory} cannot be opened (${why}): the user that runs this program has to own the directory and ` +
      'everything in it, and may have to be given it: chown -R USER DIRECTORY',
    { cause: error },
  );
}

/** Under its name there is always a whole file: an empty one there was damaged. */
function create(file: string, hasJournal: boolean): void {
  if (hasJournal) throw new StoreDamaged(file, 'it is gone, but its journal is there');
  const made = `${file}.new-${process.pid}`;
  rmSync(made, { force: true });
  closeSync(openSync(made, 'wx', 0o600)); // SQLite would let others read it; its journal takes the same mode
  const database = new DatabaseSync(made);
  database.exec(`BEGIN;
    CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, uuid BLOB NOT NULL, UNIQUE (db, name));
    CREATE TABLE indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, definition BLOB NOT NULL, multikey INTEGER NOT NULL);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
    PRAGMA user_version = ${FORMAT};
    COMMIT`);
  database.close();
  try {
    linkSync(made, file); // unlike a rename it does not replace what another process has just made
  } catch {
    if (!existsSync(file)) renameSync(made, file); // a file system without links
  }
  rmSync(made, { force: true });
  syncDirectory(join(file, '..'));
}

function hold(database: DatabaseSync): void {
  // SQLite's own lock, taken once and held: the system frees it when the process dies, however it dies.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('BEGIN EXCLUSIVE; COMMIT');
  database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  // No memory map: it reads no faster here, and a bad sector would end the process instead of failing one read.
  database.exec('PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864');
}

function checkFormat(database: DatabaseSync, file: string): void {
  const { user_version: format } = database.prepare('PRAGMA user_version').get() ?? {};
  if (format === FORMAT) return;
  if (typeof format === 'number' && format > FORMAT) {
    throw new CannotOpen(
      `the store's file ${file} has format ${format}, and this program reads format ${FORMAT}: it was written by a newer ` +
        'release. Start that release again, or restore a backup from before it: npm run parley -- store restore --from BACKUP --replace',
    );
  }
  throw new StoreDamaged(file, `its format is ${format}: this is no store of Parley`);
}

function heldDisk(database: DatabaseSync, file: string, strike?: Strike): HeldDisk {
  const disk = diskOver(database, strike);
  const descriptor = openSync(file, 'r');
  const close = (): void => {
    disk.close();
    closeSync(descriptor);
  };
  return { ...disk, file, descriptor, keepStill: () => keepStill(database), close };
}

function keepStill(database: DatabaseSync): () => void {
  const goOn = (): void => database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.exec('PRAGMA wal_autocheckpoint = 0');
  try {
    const done = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (done?.busy !== 0) throw new Error("the store's journal could not be folded into its file");
  } catch (error) {
    goOn();
    throw error;
  }
  return goOn;
}
