import { decode } from '../bson/decode.ts';
import { toDouble } from '../bson/number.ts';
import { type Doc, doc, int, isDoc, isNumber, ObjectId, Pattern, typeName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal, typeMismatch } from '../errors.ts';
import { DELETE_STATEMENT, UPDATE_STATEMENT } from '../shapes.ts';
import type { Collection } from '../store/collection.ts';
import { newObjectId } from '../store/object-id.ts';
import { compileUpdate, fillTimestamps, type Update } from '../update/update.ts';
import { upserted } from '../update/upsert.ts';
import { type Command, checkStatement } from './command.ts';
import type { Engine } from './engine.ts';
import { type Match, matching, plainQuery, type Query } from './find.ts';
import { ok, runStatements } from './reply.ts';

const MAX_STATEMENTS = 100_000; // maxWriteBatchSize in hello

export const collectionFor = (engine: Engine, command: Command): Collection =>
  engine.catalog.find(command.db, command.collection) ?? engine.catalog.create(command.db, command.collection);

export function insert(engine: Engine, command: Command): Doc {
  const documents = checkBatch(command.docs('documents'));
  const collection = collectionFor(engine, command);
  let n = 0;
  const writeErrors = runStatements(documents, command.flag('ordered', true), (given) => {
    insertOne(engine, collection, given);
    n++;
  });
  return ok({ n: int(n), writeErrors });
}

export function insertOne(engine: Engine, collection: Collection, given: Doc): void {
  for (const name of given.keys()) {
    if (name.startsWith('$'))
      throw new Refusal(52, `The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`);
  }
  const made = withIdFirst(given);
  checkId(made.get('_id') ?? null);
  fillTimestamps(made, engine.clock.stamp);
  collection.insert(made, engine.clock.now());
}

function withIdFirst(given: Doc): Doc {
  const [first] = given.keys();
  if (first === '_id') return given;
  const id: Value = given.get('_id') ?? (given.has('_id') ? null : new ObjectId(newObjectId()));
  return new Map<string, Value>([['_id', id], ...[...given].filter(([name]) => name !== '_id')]);
}

function checkId(id: Value): void {
  if (Array.isArray(id) || id instanceof Pattern) {
    throw new Refusal(53, `The '_id' value cannot be of type ${typeName(id)}`);
  }
  if (isDoc(id) && [...id.keys()].some((name) => name.startsWith('$'))) {
    throw new Refusal(52, "_id fields may not contain '$'-prefixed fields");
  }
}

export function update(engine: Engine, command: Command): Doc {
  const statements = checkBatch(command.docs('updates'));
  const upsertedIds: Value[] = [];
  let n = 0;
  let nModified = 0;
  const writeErrors = runStatements(statements, command.flag('ordered', true), (statement, index) => {
    checkStatement('update.updates', statement, UPDATE_STATEMENT);
    const done = updateOne(engine, command, statement);
    n += done.n;
    nModified += done.nModified;
    if (done.upsertedId !== undefined) upsertedIds.push(doc({ index: int(index), _id: done.upsertedId }));
  });
  const ids = upsertedIds.length > 0 ? upsertedIds : undefined;
  return ok({ n: int(n), upserted: ids, nModified: int(nModified), writeErrors });
}

interface Updated {
  n: number;
  nModified: number;
  upsertedId?: Value;
}

function updateOne(engine: Engine, command: Command, statement: Doc): Updated {
  const change = compileUpdate(statement.get('u') ?? null);
  const multi = flag(statement, 'multi');
  if (multi && change.replaces) throw failedToParse('multi update is not supported for replacement-style update');
  const query = plainQuery(filterOf(statement), engine.clock.now());
  const collection = engine.catalog.find(command.db, command.collection);
  const done: Updated = { n: 0, nModified: 0 };
  for (const match of targets(collection, query, multi)) {
    done.n++;
    if (replaceRow(engine, match, change, query.now).modified) done.nModified++;
  }
  if (done.n > 0 || !flag(statement, 'upsert')) return done;
  const made = insertUpserted(engine, command, query, change);
  return { n: 1, nModified: 0, upsertedId: made.get('_id') ?? null };
}

/** A document that a write is about to change, as it is now. */
export interface Target extends Match {
  collection: Collection;
}

/** With `multi` all places are found before the first is changed: a change may move a document in the index walked. */
export function* targets(collection: Collection | undefined, query: Query, multi: boolean): Generator<Target> {
  if (!collection) return;
  const rids: number[] = [];
  for (const match of matching(collection, multi ? query : { ...query, limit: 1 })) {
    if (!match) continue;
    if (multi) rids.push(match.rid);
    else yield { collection, ...match };
  }
  for (const rid of rids) {
    const raw = collection.load(rid);
    if (raw) yield { collection, rid, raw, doc: decode(raw) };
  }
}

export function replaceRow(engine: Engine, row: Target, change: Update, now: Date): { after: Doc; modified: boolean } {
  const after = change.apply({ root: decode(row.raw), now, stamp: engine.clock.stamp }, false);
  return { after, modified: row.collection.replace(row.rid, row.raw, row.doc, after, now) };
}

export function insertUpserted(engine: Engine, command: Command, query: Query, change: Update): Doc {
  const made = upserted(query.filter, change, { now: query.now, stamp: engine.clock.stamp });
  checkId(made.get('_id') ?? null);
  collectionFor(engine, command).insert(made, query.now);
  return made;
}

export function remove(engine: Engine, command: Command): Doc {
  const statements = checkBatch(command.docs('deletes'));
  const collection = engine.catalog.find(command.db, command.collection);
  let n = 0;
  const writeErrors = runStatements(statements, command.flag('ordered', true), (statement) => {
    checkStatement('delete.deletes', statement, DELETE_STATEMENT);
    const limit = statement.get('limit');
    const count = isNumber(limit) ? toDouble(limit) : Number.NaN;
    if (count !== 0 && count !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
    const query = plainQuery(filterOf(statement), engine.clock.now());
    for (const target of targets(collection, query, count === 0)) {
      collection?.remove(target.rid, target.doc, query.now);
      n++;
    }
  });
  return ok({ n: int(n), writeErrors });
}

function checkBatch(statements: Doc[]): Doc[] {
  if (statements.length > 0 && statements.length <= MAX_STATEMENTS) return statements;
  throw new Refusal(
    16,
    `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${statements.length} operations.`,
  );
}

function filterOf(statement: Doc): Doc {
  const filter = statement.get('q');
  if (!isDoc(filter)) throw typeMismatch("BSON field 'q' is the wrong type, expected type 'object'");
  return filter;
}

function flag(statement: Doc, name: string): boolean {
  const value = statement.get(name) ?? false;
  if (typeof value === 'boolean') return value;
  throw badValue(`BSON field '${name}' has to be a bool`);
}
