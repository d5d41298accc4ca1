import { randomBytes } from 'node:crypto';
import { Refusal } from '../errors.ts';

/** Rows of a query; null means "still looking" and lets the reader breathe. */
export type Rows = Generator<Buffer | null>;

const SLICE = 5; // ms of reading before others get their turn
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const IDLE = 10 * 60 * 1000; // ms until a forgotten cursor is closed: MongoDB's default
const MAX_CURSORS = 10_000;

export interface Cursor {
  namespace: string;
  rows: Rows;
  /** Read already, but it did not fit the batch: a cursor with nothing left is closed at once, so it must look ahead. */
  ahead: Buffer | null;
  usedAt: number;
}

export interface Batch {
  rows: Buffer[];
  exhausted: boolean;
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Fills one batch, giving way to other clients every few milliseconds. */
export async function readBatch(cursor: Cursor, size: number, deadline: number): Promise<Batch> {
  const rows: Buffer[] = [];
  let bytes = 0;
  let sliceEnds = performance.now() + SLICE;
  if (cursor.ahead) {
    if (size === 0) return { rows, exhausted: false };
    rows.push(cursor.ahead);
    bytes = cursor.ahead.length;
    cursor.ahead = null;
  }
  for (;;) {
    const { done, value } = cursor.rows.next();
    if (done) return { rows, exhausted: true };
    if (value) {
      if (rows.length >= size || (rows.length > 0 && bytes + value.length > MAX_BATCH_BYTES)) {
        cursor.ahead = value;
        return { rows, exhausted: false };
      }
      rows.push(value);
      bytes += value.length;
    }
    const now = performance.now();
    if (now < sliceEnds) continue;
    if (now > deadline) throw new Refusal(50, 'operation exceeded time limit');
    await nextTurn();
    sliceEnds = performance.now() + SLICE;
  }
}

/** The cursors that clients still hold. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  add(cursor: Cursor): bigint {
    if (this.open.size >= MAX_CURSORS) throw new Refusal(202, 'too many open cursors');
    const id = BigInt.asUintN(63, randomBytes(8).readBigUInt64LE()) || 1n;
    this.open.set(id, cursor);
    return id;
  }

  take(id: bigint, namespace: string, now: number): Cursor {
    const cursor = this.open.get(id);
    if (!cursor || cursor.namespace !== namespace) throw new Refusal(43, `cursor id ${id} not found`);
    cursor.usedAt = now;
    return cursor;
  }

  close(id: bigint): boolean {
    return this.open.delete(id);
  }

  closeIdle(now: number): void {
    for (const [id, { usedAt }] of this.open) if (now - usedAt > IDLE) this.open.delete(id);
  }
}
