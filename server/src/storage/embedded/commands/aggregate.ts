import { asDoc, compileStage, parsePipeline, type StageSpec, type Stream, whole } from '../agg/pipeline.ts';
import { encode } from '../bson/encode.ts';
import { toDouble } from '../bson/number.ts';
import type { Doc } from '../bson/value.ts';
import { isNumber } from '../bson/value.ts';
import { failedToParse, typeMismatch } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { parseSort } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import type { Command } from './command.ts';
import type { Rows } from './cursors.ts';
import type { Engine } from './engine.ts';
import { firstBatch, matching, plainQuery, type Query } from './find.ts';
import type { CursorReply } from './reply.ts';

export async function aggregate(engine: Engine, command: Command): Promise<CursorReply> {
  const cursor = command.maybeDoc('cursor');
  if (!cursor) throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  const size = cursor.get('batchSize');
  if (size !== undefined && !isNumber(size)) throw typeMismatch("BSON field 'cursor.batchSize' has to be a number");
  const now = engine.clock.now();
  const { query, rest } = absorb(parsePipeline(command.array('pipeline')), now);
  const stages = rest.map((stage) => compileStage(stage, now));
  const collection = engine.catalog.find(command.db, command.collection);
  let stream: Stream = source(collection, query);
  for (const stage of stages) stream = stage(stream);
  return firstBatch(engine, command, encoded(stream), size === undefined ? undefined : toDouble(size));
}

/** The leading `$match`, `$sort`, `$skip` and `$limit` become the query, so that they find an index. */
function absorb(stages: StageSpec[], now: Date): { query: Query; rest: StageSpec[] } {
  const rest = [...stages];
  const take = (name: StageSpec['name']): StageSpec | undefined => (rest[0]?.name === name ? rest.shift() : undefined);
  const filter = take('$match');
  const sort = take('$sort');
  const skip = take('$skip');
  const limit = take('$limit');
  const query = plainQuery(filter ? asDoc('$match', filter.operand) : new Map(), now);
  compileFilter(query.filter);
  if (sort) query.sort = parseSort(asDoc('$sort', sort.operand));
  if (skip) query.skip = whole('$skip', skip.operand);
  if (limit) query.limit = whole('$limit', limit.operand);
  return { query, rest };
}

function* source(collection: Collection | undefined, query: Query): Generator<Doc | null> {
  if (!collection) return;
  for (const match of matching(collection, query)) yield match?.doc ?? null;
}

function* encoded(stream: Stream): Rows {
  for (const one of stream) yield one && encode(one);
}
