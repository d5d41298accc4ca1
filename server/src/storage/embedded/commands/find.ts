import { decode, sound } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Doc } from '../bson/value.ts';
import { compileFilter, type Matcher } from '../query/match.ts';
import { compileProjection, type Projection } from '../query/project.ts';
import { readerFor } from '../query/roots.ts';
import { parseSort, type Sort, Sorter, sortKey } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredRow } from '../store/rows.ts';
import { decodeStored, readStored } from '../store/stored.ts';
import { firstBatch } from './batches.ts';
import type { Command } from './command.ts';
import { type Read, Rows } from './cursors.ts';
import type { Engine } from './engine.ts';
import type { CursorReply } from './reply.ts';

export interface Query {
  filter: Doc;
  matches: Matcher;
  sort: Sort;
  skip: number;
  limit: number;
  now: Date;
  /** Called when nothing follows the match that is about to be given, where that is known beforehand. */
  complete?: () => void;
}

export interface Match extends StoredRow {
  doc: Doc;
}

/** How much was read for a query: entries of indexes and documents. */
export interface Effort {
  keys: number;
  documents: number;
}

/** The documents a query asks for, in its order; null now and then while it looks. */
export function* matching(collection: Collection, query: Query, effort?: Effort): Generator<Match | null> {
  const { filter, matches, sort, skip, limit, now } = query;
  const plan = collection.plan(filter, sort);
  const inOrder = sort.length === 0 || (plan.kind === 'index' && plan.sorted);
  const end = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
  const sorter = inOrder ? null : new Sorter<StoredRow>(sort, end);
  let found = 0;
  const key = effort && (() => effort.keys++);
  // A complete unique key leaves nothing to be sorted; what cannot be sorted by is refused all the same.
  const judged = inOrder && sort.length > 1 && plan.kind === 'index' && plan.index.spec.unique;
  const read = readerFor(filter, inOrder && !judged ? [] : sort) ?? decode;
  for (const { rid, raw } of collection.scan(plan, key)) {
    if (effort) effort.documents++;
    const seen = readStored(read, raw);
    if (!matches(seen, now)) {
      yield null;
      continue;
    }
    if (judged) sortKey(seen, sort);
    if (sorter) {
      sorter.add(seen, { rid, raw: Buffer.from(raw) }, raw.length); // a copy is smaller: SQLite gives each its own memory
      yield null;
      continue;
    }
    found++;
    if (found >= end) query.complete?.();
    if (found > skip) yield new Found({ rid, raw });
    if (found >= end) return;
  }
  if (!sorter) return;
  let last: Found | null = null; // held back by one, so that the end is known with the last one
  for (const row of sorter.finish()) {
    yield last;
    last = found++ >= skip ? new Found(row) : null;
  }
  query.complete?.();
  yield last;
}

/** A match whose document is read when it is asked for: most finds hand on the bytes as they are. */
class Found implements Match {
  readonly rid: number;
  readonly raw: Buffer;
  constructor({ rid, raw }: StoredRow) {
    this.rid = rid;
    this.raw = raw;
  }

  get doc(): Doc {
    return decodeStored(this.raw);
  }
}

/** A query without options beyond its filter. */
export const plainQuery = (filter: Doc, now: Date): Query => ({
  filter,
  matches: compileFilter(filter),
  sort: [],
  skip: 0,
  limit: 0,
  now,
});

export async function find(engine: Engine, command: Command): Promise<CursorReply> {
  const now = engine.clock.now();
  if (command.body.get('filter') === null) throw command.wrong('filter', null, 'object');
  const filter = command.doc('filter');
  const query: Query = {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(command.doc('sort')),
    skip: command.size('skip') ?? 0,
    limit: command.size('limit') ?? 0,
    now,
  };
  const projection = compileProjection(command.doc('projection'));
  const collection = engine.catalog.find(command.db, command.collection);
  const rows = new Rows(collection ? project(matching(collection, query), projection, now) : nothing());
  query.complete = () => rows.complete();
  return firstBatch(engine, command, rows, {
    batchSize: command.size('batchSize'),
    single: command.flag('singleBatch'),
  });
}

function* nothing(): Read {}

function* project(found: Generator<Match | null>, projection: Projection | null, now: Date): Read {
  for (const match of found)
    yield match && (projection ? encode(projection(match.doc, now)) : readStored(sound, match.raw));
}
