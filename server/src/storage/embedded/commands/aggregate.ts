import { parsePipeline, readsOf, type Stage } from '../agg/parse.ts';
import { runStage, type Stream } from '../agg/pipeline.ts';
import { fieldReader } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Doc } from '../bson/value.ts';
import { failedToParse, tooLarge } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { readStored } from '../store/stored.ts';
import { batchSizeOf, firstBatch } from './batches.ts';
import type { Command } from './command.ts';
import { type Read, Rows } from './cursors.ts';
import type { Engine } from './engine.ts';
import { matching, plainQuery, type Query } from './find.ts';
import type { CursorReply } from './reply.ts';

// Bytes of a document that a pipeline makes: as MongoDB, a little more than may be stored.
const MAX_MADE = 16 * 1024 * 1024 + 16 * 1024;

export async function aggregate(engine: Engine, command: Command): Promise<CursorReply> {
  if (!command.body.has('cursor')) {
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const batchSize = batchSizeOf(command);
  command.strictFlag('allowDiskUse');
  const now = engine.clock.now();
  const { query, rest } = absorb(parsePipeline(command.array('pipeline')), now);
  const collection = engine.catalog.find(command.db, command.collection);
  let stream: Stream = source(collection, query, readsOf(rest[0]));
  for (const stage of rest) stream = runStage(stage, stream, now);
  return firstBatch(engine, command, new Rows(encoded(stream)), { batchSize });
}

/** The leading `$match`, `$sort`, `$skip` and `$limit` become the query, so that they find an index. */
export function absorb(stages: Stage[], now: Date): { query: Query; rest: Stage[] } {
  const query = plainQuery(new Map(), now);
  const rest = [...stages];
  if (rest[0]?.name === '$match') {
    query.filter = rest[0].filter;
    query.matches = rest[0].matches;
    rest.shift();
  }
  if (rest[0]?.name === '$sort') {
    query.sort = rest[0].sort;
    rest.shift();
  }
  if (rest[0]?.name === '$skip') {
    query.skip = rest[0].count;
    rest.shift();
  }
  if (rest[0]?.name === '$limit') {
    query.limit = rest[0].count;
    rest.shift();
  }
  return { query, rest };
}

/** `reads` are the fields that the next stage looks at; null for all of them. */
function* source(
  collection: Collection | undefined,
  query: Query,
  reads: ReadonlySet<string> | null,
): Generator<Doc | null> {
  if (!collection) return;
  if (reads?.size === 0 && query.filter.size === 0) return yield* unread(collection, query);
  const read = reads && fieldReader(reads);
  for (const match of matching(collection, query)) yield match && (read ? readStored(read, match.raw) : match.doc);
}

/** As many documents as there are, for a stage that does not look into them: `countDocuments()` reads none. */
function* unread(collection: Collection, query: Query): Generator<Doc> {
  const none: Doc = new Map();
  const left = Math.max(0, collection.count() - query.skip);
  const wanted = query.limit === 0 ? left : Math.min(left, query.limit);
  for (let n = 0; n < wanted; n++) yield none;
}

function* encoded(stream: Stream): Read {
  for (const one of stream) {
    const row = one && encode(one);
    if (row && row.length > MAX_MADE) throw tooLarge(row.length);
    yield row;
  }
}
