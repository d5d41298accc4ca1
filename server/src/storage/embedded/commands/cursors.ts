import { randomBytes } from 'node:crypto';
import { Refusal } from '../errors.ts';
import { CURSOR_IDLE, MAX_CURSORS } from '../limits.ts';

/** Rows of a query; null means "still looking" and lets the reader breathe. */
export type Read = Generator<Buffer | null>;

/** What a cursor reads from. As with MongoDB it ends with the batch that meets the end, or when a limit is reached. */
export class Rows {
  private readonly read: Read;
  private ended = false;
  constructor(read: Read) {
    this.read = read;
  }

  /** The next row; undefined at the end. */
  next(): Buffer | null | undefined {
    const { done, value } = this.read.next();
    if (done) this.ended = true;
    return done ? undefined : value;
  }

  /** Says that nothing follows the row that was just read. */
  complete(): void {
    this.ended = true;
  }

  get isComplete(): boolean {
    return this.ended;
  }
}

export interface Cursor {
  namespace: string;
  /** The session that opened it: no other may read on. */
  session: string | undefined;
  rows: Rows;
  /** Read already, but too large for what was left of the batch. */
  ahead: Buffer | null;
  /** Milliseconds of work that `maxTimeMS` of the first command still allows; infinite without one. */
  timeLeft: number;
  usedAt: number;
  /** A batch is being read: a second reader would take rows from the first. */
  busy: boolean;
}

/** The cursors that clients still hold. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  add(cursor: Cursor): bigint {
    if (this.open.size >= MAX_CURSORS) throw new Refusal(146, `there are ${MAX_CURSORS} open cursors already`);
    const id = BigInt.asUintN(63, randomBytes(8).readBigUInt64LE()) || 1n;
    this.open.set(id, cursor);
    return id;
  }

  take(id: bigint, namespace: string, session: string | undefined, now: number): Cursor {
    const cursor = this.open.get(id);
    if (!cursor) throw new Refusal(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new Refusal(13, `Requested getMore on namespace '${namespace}', but cursor belongs to another one`);
    }
    if (cursor.session !== undefined && cursor.session !== session) {
      throw new Refusal(50738, `Cannot run getMore on cursor ${id}, which was created in another session`);
    }
    if (cursor.busy) throw new Refusal(12051, `cursor id ${id} is already in use`);
    cursor.usedAt = now;
    return cursor;
  }

  close(id: bigint): boolean {
    return this.open.delete(id);
  }

  closeIdle(now: number): void {
    for (const [id, { usedAt }] of this.open) if (now - usedAt > CURSOR_IDLE) this.open.delete(id);
  }
}
