import { rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Catalog } from '../store/catalog.ts';
import type { Collection } from '../store/collection.ts';
import { CannotOpen, isLocked } from '../store/damage.ts';
import { type Disk, diskOver } from '../store/disk.ts';
import { DirectoryHeld } from '../store/open.ts';
import { isRefusedByDisk } from '../store/trouble.ts';
import { checkFile, type Finding, type Verified, verifyCollection } from '../store/verify.ts';

/** What a whole check of a store's file found. Sound when there are no findings. */
export interface Report {
  /** Bytes of the file. */
  size: number;
  collections: Verified[];
  findings: Finding[];
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Checks a store's file that nobody has open: SQLite's own check of every page, every document, and every index against
 * a full rebuild. It also brings the file into the form of a backup, one file that needs no journal beside it. Takes some
 * seconds per GB, in this turn of the event loop. Damage of any kind becomes a finding; nothing of it is thrown. Throws
 * DirectoryHeld when somebody has it open.
 */
export function checkStoreFile(file: string, now: Date): Report {
  const report: Report = { size: statSync(file).size, collections: [], findings: [] };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA journal_mode = DELETE');
    checkDisk(file, diskOver(database), report, now);
  } catch (error) {
    if (isLocked(error)) throw new DirectoryHeld(dirname(file), error);
    if (error instanceof CannotOpen) throw error;
    if (isRefusedByDisk(error)) throw cannotCheck(file, error);
    report.findings.push({ place: 'file', problem: textOf(error) });
  } finally {
    database?.close();
  }
  report.size = statSync(file).size;
  return report;
}

/** The disk is full, read-only or out of reach: that says nothing of the store. */
const cannotCheck = (file: string, error: unknown): CannotOpen =>
  new CannotOpen(
    `${file} could not be checked: ${textOf(error)}. Nothing is known to be wrong with it. Make room on its disk, or check a copy on another one with --file`,
    { cause: error },
  );

function checkDisk(file: string, disk: Disk, report: Report, now: Date): void {
  const tell = (finding: Finding): void => void report.findings.push(finding);
  const attempt = attemptOn(file, tell);
  attempt('file', () => checkFile(disk, tell));
  attempt('list of collections', () => {
    const collections = new Catalog(disk).list();
    nameTrees(disk, collections, report.findings);
    for (const collection of collections) {
      attempt(collection.namespace, () => {
        const walk = verifyCollection(disk, collection, now, tell);
        let step = walk.next();
        while (!step.done) step = walk.next();
        report.collections.push(step.value);
      });
    }
  });
}

/** SQLite names a tree by the number of its first page; people know it by its collection. */
function nameTrees(disk: Disk, collections: Collection[], findings: Finding[]): void {
  const indexes = collections.flatMap((one) =>
    one.indexes.map(({ table, spec }) => ({ table, place: `${one.namespace}:${spec.name}` })),
  );
  const owners = new Map([
    ...indexes.map(({ table, place }) => [table, place] as const),
    ...collections.map((one) => [`c${one.id}`, one.namespace] as const),
  ]);
  for (const finding of findings) {
    const [, root] = /^Tree (\d+)/m.exec(finding.problem) ?? [];
    if (root === undefined) continue;
    const table = disk.get('SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?', Number(root))?.tbl_name;
    finding.place = owners.get(String(table)) ?? finding.place;
  }
}

/** Damage in one place does not keep the others from being looked at. */
function attemptOn(file: string, tell: (finding: Finding) => void) {
  return (place: string, look: () => void): void => {
    try {
      look();
    } catch (error) {
      if (error instanceof CannotOpen) throw error;
      if (isRefusedByDisk(error)) throw cannotCheck(file, error);
      tell({ place, problem: textOf(error) });
    }
  };
}

/** Removes a store's file with what SQLite may have left beside it. */
export function removeStoreFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}
