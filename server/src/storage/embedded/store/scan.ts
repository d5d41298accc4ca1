import type { Range } from '../index/bounds.ts';
import type { Plan } from '../index/plan.ts';
import { blob, type Disk, integer, type Row } from './disk.ts';
import type { StoredIndex, StoredRow } from './rows.ts';

const FIRST_CHUNK = 20; // rows: most queries want few
const CHUNK = 200;
const CHUNK_BYTES = 1024 * 1024; // of documents read ahead: where they are large, fewer are read at once

/** How many rows to read next, by the size of the last ones. */
function nextChunk(rows: Row[]): number {
  let bytes = 0;
  for (const { doc } of rows) bytes += blob(doc).length;
  return Math.max(1, Math.min(CHUNK, Math.floor((CHUNK_BYTES * rows.length) / Math.max(1, bytes))));
}

export interface Watch {
  /** Throws when the table, or the index, is no longer there. */
  check(index?: StoredIndex): void;
  /** Another number after every change of the collection: what was read ahead is then read again. */
  version(): number;
  /** Called for each entry of an index that is read. */
  key?(): void;
}

/**
 * The candidates of a plan, each once. Rows are fetched in chunks and the place is remembered as a key, never as an open
 * statement, so that a cursor may rest for as long as it likes while others write.
 */
export function* scan(disk: Disk, table: string, plan: Plan<StoredIndex>, watch: Watch): Generator<StoredRow> {
  if (plan.kind === 'everything') return yield* everything(disk, table, watch);
  if (plan.kind === 'index') return yield* once(() => plan.index.multikey, walk(disk, table, plan, watch));
  const plans = plan.plans;
  yield* once(
    () => true,
    (function* () {
      for (const part of plans) yield* scan(disk, table, part, watch);
    })(),
  );
}

function* everything(disk: Disk, table: string, watch: Watch): Generator<StoredRow> {
  const sql = `SELECT rid, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`;
  const next = (last: Row | null, wanted: number) => disk.all(sql, last ? integer(last.rid) : -1, wanted);
  for (const row of inChunks(watch, undefined, next)) yield { rid: integer(row.rid), raw: blob(row.doc) };
}

/**
 * Reads ahead in chunks. Of rows that were read before somebody else wrote, none is handed on: a reader that rested sees
 * the documents as they are when it comes to them.
 */
function* inChunks(
  watch: Watch,
  index: StoredIndex | undefined,
  next: (last: Row | null, wanted: number) => Row[],
): Generator<Row> {
  let last: Row | null = null;
  let wanted = FIRST_CHUNK;
  for (;;) {
    watch.check(index);
    const version = watch.version();
    const rows = next(last, wanted);
    for (const row of rows) {
      if (watch.version() !== version) break;
      last = row;
      yield row;
    }
    if (rows.length < wanted && watch.version() === version) return;
    wanted = rows.length > 0 ? nextChunk(rows) : FIRST_CHUNK;
  }
}

/** `needed` is asked for each row: an index may get its first array while a reader rests. */
function* once(needed: () => boolean, rows: Generator<StoredRow>): Generator<StoredRow> {
  const seen = new Set<number>();
  for (const row of rows) {
    if (!needed()) {
      yield row;
      continue;
    }
    if (seen.has(row.rid)) continue;
    seen.add(row.rid);
    yield row;
  }
}

type Walk = Extract<Plan<StoredIndex>, { kind: 'index' }>;

function* walk(disk: Disk, table: string, { index, ranges, reverse }: Walk, watch: Watch): Generator<StoredRow> {
  const ordered = reverse ? [...ranges].reverse() : ranges;
  for (const range of ordered) {
    watch.check(index);
    yield* walkRange(disk, table, index, range, reverse, watch);
  }
}

function* walkRange(
  disk: Disk,
  table: string,
  index: StoredIndex,
  range: Range,
  reverse: boolean,
  watch: Watch,
): Generator<StoredRow> {
  const { column } = index;
  const way = reverse ? 'DESC' : 'ASC';
  const key = column === 'id' ? 'd.id' : 'i.k';
  const rid = column === 'id' ? 'd.rid' : 'i.rid';
  // CROSS JOIN: SQLite keeps the order of the tables, so that the index leads.
  const from = column === 'id' ? `${table} d` : `${index.table} i CROSS JOIN ${table} d ON d.rid = i.rid`;
  const end = range.high === null ? '' : `AND ${key} < ?`;
  const high = range.high === null ? [] : [range.high];
  const select = `SELECT ${key} AS k, ${rid} AS rid, d.doc AS doc FROM ${from} WHERE`;
  const order = `ORDER BY ${key} ${way}, ${rid} ${way} LIMIT ?`;
  const next = (last: Row | null, wanted: number): Row[] => {
    if (!last) return disk.all(`${select} ${key} >= ? ${end} ${order}`, range.low, ...high, wanted);
    const place = [blob(last.k), integer(last.rid)] as const;
    return reverse
      ? disk.all(`${select} ${key} >= ? AND (${key}, ${rid}) < (?, ?) ${order}`, range.low, ...place, wanted)
      : disk.all(`${select} (${key}, ${rid}) > (?, ?) ${end} ${order}`, ...place, ...high, wanted);
  };
  for (const row of inChunks(watch, index, next)) {
    watch.key?.();
    yield { rid: integer(row.rid), raw: blob(row.doc) };
  }
}
