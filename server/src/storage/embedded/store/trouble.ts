/** SQLite's result codes, https://www.sqlite.org/rescode.html; the lower 8 bits of an extended code are its kind. */
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const REFUSALS = new Set([SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN]);
const IOERR_FSYNC = 1034;
const IOERR_DIR_FSYNC = 1290;
/** After a failed fsync nobody knows what the disk holds: the file has to be opened and its journal read again. */
const UNKNOWN = new Set([IOERR_FSYNC, IOERR_DIR_FSYNC]);

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** The disk refused a write, and everything since the last COMMIT was taken back. The store goes on. */
export class WriteFailed extends Error {
  constructor(cause: unknown) {
    super(`the store's disk refused a write (${textOf(cause)})`, { cause });
    this.name = 'WriteFailed';
  }
}

/** A write failed in a way that is not understood: what is open may not be committed, and the store has to stop. */
export class StoreBroken extends Error {
  constructor(cause: unknown) {
    super(`a write to the store failed: ${textOf(cause)}`, { cause });
    this.name = 'StoreBroken';
  }
}

/** Whether a statement failed because the disk is full, read-only or out of reach, and may succeed later. */
export function isRefusedByDisk(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' && REFUSALS.has(code & 0xff) && !UNKNOWN.has(code);
}
