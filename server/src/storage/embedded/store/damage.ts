import { dirname, resolve } from 'node:path';

const SQLITE_PERM = 3; // primary result codes, https://sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** The store's file cannot be trusted. The message names the file, the place as far as it is known, and the remedy. */
export class StoreDamaged extends Error {
  constructor(file: string, place: string, cause?: unknown) {
    super(`the store's file is damaged: ${file}: ${place}. ${remedyFor(file)}`, { cause });
    this.name = 'StoreDamaged';
  }
}

/** A start that fails the same way each time: another worker would not help. */
export class CannotOpen extends Error {
  override name = 'CannotOpen';
}

/** What leads back to a sound store, with the data directory named: it need not be the one that is the default. */
export const restoreLine = (file: string): string =>
  `npm run parley -- store restore --from BACKUP --replace ${dataDirectoryOf(file)}`;

function dataDirectoryOf(file: string): string {
  const dataDirectory = dirname(dirname(resolve(file)));
  const named = /^[\w./-]+$/.test(dataDirectory) ? dataDirectory : `'${dataDirectory.replaceAll("'", "'\\''")}'`;
  return `--data-dir ${named}`;
}

const remedyFor = (file: string): string =>
  `To go back to a backup: ${restoreLine(file)} (the damaged file is kept beside it). ` +
  `To see all that is wrong: npm run parley -- store check ${dataDirectoryOf(file)}`;

/** For an answer to a client, who need not know where the file lies. */
export const REMEDY =
  'To go back to a backup: npm run parley -- store restore --from BACKUP --replace (the damaged file is kept beside it). ' +
  'To see all that is wrong: npm run parley -- store check';

/** The primary result code of an error of SQLite, null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff; // the rest is the extended code
}

/** Another connection holds the file. */
export const isLocked = (error: unknown): boolean => [SQLITE_BUSY, SQLITE_LOCKED].includes(sqliteCode(error) ?? 0);

/** The system does not let this user read or write the file or its directory. */
export function isOutOfReach(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code)) return true;
  return [SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN].includes(sqliteCode(error) ?? 0);
}

/** What SQLite says when it reads bytes that cannot be right. */
export const isCorrupt = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
};

export function isFinal(error: unknown): boolean {
  if (error instanceof StoreDamaged || error instanceof CannotOpen || isCorrupt(error)) return true;
  return error instanceof Error && error.cause !== undefined && isFinal(error.cause);
}
