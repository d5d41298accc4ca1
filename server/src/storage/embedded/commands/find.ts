import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Doc } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { compileFilter, type Matcher } from '../query/match.ts';
import { compileProjection, type Projection } from '../query/project.ts';
import { parseSort, type Sort, Sorter } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredRow } from '../store/rows.ts';
import type { Command } from './command.ts';
import { type Cursor, type Rows, readBatch } from './cursors.ts';
import type { Engine } from './engine.ts';
import { CursorReply } from './reply.ts';

const FIRST_BATCH = 101; // MongoDB's default

export interface Query {
  filter: Doc;
  matches: Matcher;
  sort: Sort;
  skip: number;
  limit: number;
  now: Date;
}

export interface Match extends StoredRow {
  doc: Doc;
}

/** The documents a query asks for, in its order; null now and then while it looks. */
export function* matching(collection: Collection, query: Query): Generator<Match | null> {
  const { filter, matches, sort, skip, limit, now } = query;
  const plan = collection.plan(filter, sort);
  const inOrder = sort.length === 0 || (plan.kind === 'index' && plan.sorted);
  const end = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
  const sorter = inOrder ? null : new Sorter<Match>(sort, end);
  let found = 0;
  for (const { rid, raw } of collection.scan(plan)) {
    const doc = decode(raw);
    if (!matches(doc, now)) {
      yield null;
      continue;
    }
    if (sorter) {
      sorter.add(doc, { rid, raw, doc }, raw.length);
      yield null;
      continue;
    }
    found++;
    if (found > skip) yield { rid, raw, doc };
    if (found >= end) return;
  }
  if (sorter) yield* sorter.finish().slice(skip);
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
  const filter = command.doc('filter');
  const limit = command.whole('limit') ?? 0;
  const query: Query = {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(command.doc('sort')),
    skip: natural('skip', command.whole('skip')),
    limit: Math.abs(limit),
    now,
  };
  const projection = compileProjection(command.doc('projection'));
  const collection = engine.catalog.find(command.db, command.collection);
  const rows = collection ? project(matching(collection, query), projection, now) : nothing();
  const single = command.flag('singleBatch') || limit < 0;
  return firstBatch(engine, command, rows, command.whole('batchSize'), single);
}

function* nothing(): Rows {}

function* project(found: Generator<Match | null>, projection: Projection | null, now: Date): Rows {
  for (const match of found) yield match && (projection ? encode(projection(match.doc, now)) : match.raw);
}

export function natural(name: string, value = 0): number {
  if (value < 0) throw badValue(`BSON field '${name}' value must be >= 0, actual value '${value}'`);
  return value;
}

const deadlineOf = (command: Command): number => {
  const limit = command.whole('maxTimeMS') ?? 0;
  return limit > 0 ? performance.now() + limit : Number.POSITIVE_INFINITY;
};

/** Answers with the first rows and keeps a cursor for the rest. */
export async function firstBatch(
  engine: Engine,
  command: Command,
  rows: Rows,
  batchSize = FIRST_BATCH,
  single = false,
): Promise<CursorReply> {
  const cursor: Cursor = { namespace: command.namespace, rows, ahead: null, usedAt: Date.now() };
  const batch = await readBatch(cursor, natural('batchSize', batchSize), deadlineOf(command));
  const id = batch.exhausted || single ? 0n : engine.cursors.add(cursor);
  return new CursorReply(id, cursor.namespace, 'firstBatch', batch.rows);
}

export async function getMore(engine: Engine, command: Command): Promise<CursorReply> {
  const id = command.body.get('getMore');
  if (typeof id !== 'bigint') throw badValue('a cursor id has to be a long');
  const namespace = `${command.db}.${command.string('collection')}`;
  const cursor = engine.cursors.take(id, namespace, Date.now());
  const size = command.whole('batchSize') || Number.POSITIVE_INFINITY;
  const batch = await readBatch(cursor, size, deadlineOf(command));
  if (batch.exhausted) engine.cursors.close(id);
  return new CursorReply(batch.exhausted ? 0n : id, namespace, 'nextBatch', batch.rows);
}
