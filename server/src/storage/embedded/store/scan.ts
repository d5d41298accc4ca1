import type { Range } from '../index/bounds.ts';
import type { Plan } from '../index/plan.ts';
import { blob, type Disk, integer } from './disk.ts';
import type { StoredIndex, StoredRow } from './rows.ts';

const FIRST_CHUNK = 20; // rows: most queries want few
const CHUNK = 200;

/**
 * The candidates of a plan, each once. Rows are fetched in chunks and the place is remembered as a key, never as an open
 * statement, so that a cursor may rest for as long as it likes while others write.
 */
export function* scan(disk: Disk, table: string, plan: Plan<StoredIndex>): Generator<StoredRow> {
  if (plan.kind === 'everything') return yield* everything(disk, table);
  if (plan.kind === 'index') return yield* once(plan.index.multikey, walk(disk, table, plan));
  const plans = plan.plans;
  yield* once(
    true,
    (function* () {
      for (const part of plans) yield* scan(disk, table, part);
    })(),
  );
}

function* everything(disk: Disk, table: string): Generator<StoredRow> {
  let last = -1;
  let chunk = FIRST_CHUNK;
  for (;;) {
    const rows = disk.all(`SELECT rid, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`, last, chunk);
    for (const row of rows) yield { rid: integer(row.rid), raw: blob(row.doc) };
    if (rows.length < chunk) return;
    last = integer(rows[rows.length - 1]?.rid);
    chunk = CHUNK;
  }
}

function* once(needed: boolean, rows: Generator<StoredRow>): Generator<StoredRow> {
  if (!needed) return yield* rows;
  const seen = new Set<number>();
  for (const row of rows) {
    if (seen.has(row.rid)) continue;
    seen.add(row.rid);
    yield row;
  }
}

type Walk = Extract<Plan<StoredIndex>, { kind: 'index' }>;

function* walk(disk: Disk, table: string, { index, ranges, reverse }: Walk): Generator<StoredRow> {
  const ordered = reverse ? [...ranges].reverse() : ranges;
  for (const range of ordered) yield* walkRange(disk, table, index, range, reverse);
}

function* walkRange(
  disk: Disk,
  table: string,
  index: StoredIndex,
  range: Range,
  reverse: boolean,
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
  let rows = disk.all(`${select} ${key} >= ? ${end} ${order}`, range.low, ...high, FIRST_CHUNK);
  let wanted = FIRST_CHUNK;
  for (;;) {
    for (const row of rows) yield { rid: integer(row.rid), raw: blob(row.doc) };
    const last = rows[rows.length - 1];
    if (!last || rows.length < wanted) return;
    wanted = CHUNK;
    const place = [blob(last.k), integer(last.rid)] as const;
    rows = reverse
      ? disk.all(`${select} ${key} >= ? AND (${key}, ${rid}) < (?, ?) ${order}`, range.low, ...place, CHUNK)
      : disk.all(`${select} (${key}, ${rid}) > (?, ?) ${end} ${order}`, ...place, ...high, CHUNK);
  }
}
