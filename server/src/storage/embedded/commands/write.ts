import { toDouble } from '../bson/number.ts';
import { type Doc, int, isDoc, isNumber, ObjectId, Pattern, typeName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal, typeMismatch } from '../errors.ts';
import { DELETE_STATEMENT, UPDATE_STATEMENT } from '../shapes.ts';
import type { Collection } from '../store/collection.ts';
import { newObjectId } from '../store/object-id.ts';
import type { Memory } from '../store/retries.ts';
import { decodeStored } from '../store/stored.ts';
import { compileUpdate, fillTimestamps, type Update } from '../update/update.ts';
import { upserted } from '../update/upsert.ts';
import { runBulk, type Tally } from './bulk.ts';
import { type Command, checkStatement } from './command.ts';
import type { Engine } from './engine.ts';
import { plainQuery, type Query } from './find.ts';
import { ok } from './reply.ts';
import { changeMatches, type Target } from './targets.ts';
import type { Pace, Work } from './turns.ts';

const MAX_STATEMENTS = 100_000; // maxWriteBatchSize in hello

export const collectionFor = (engine: Engine, command: Command): Collection =>
  engine.catalog.find(command.db, command.collection) ?? engine.catalog.create(command.db, command.collection);

export async function insert(engine: Engine, command: Command, memory: Memory | null): Promise<Doc> {
  command.flag('bypassDocumentValidation');
  const documents = checkBatch(command.docs('documents'));
  const { n, writeErrors } = await runBulk(engine, command, documents, memory, (given, done) => {
    insertOne(engine, collectionFor(engine, command), given);
    done.n++;
    return undefined;
  });
  return ok({ n: int(n), writeErrors });
}

export function insertOne(engine: Engine, collection: Collection, given: Doc): void {
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

export async function update(engine: Engine, command: Command, memory: Memory | null): Promise<Doc> {
  command.flag('bypassDocumentValidation');
  const statements = checkBatch(command.docs('updates'));
  const done = await runBulk(engine, command, statements, memory, function* (statement, tally, pace) {
    checkStatement('update.updates', statement, UPDATE_STATEMENT);
    yield* updateBy(engine, command, statement, tally, pace);
  });
  return ok({ n: int(done.n), upserted: done.upserted, nModified: int(done.nModified), writeErrors: done.writeErrors });
}

function* updateBy(engine: Engine, command: Command, statement: Doc, done: Tally, pace: Pace): Work<void> {
  const change = compileUpdate(statement.get('u') ?? null);
  const multi = flag(statement, 'multi');
  if (multi) checkNoRetry(command);
  if (multi && change.replaces) throw failedToParse('multi update is not supported for replacement-style update');
  const query = plainQuery(filterOf('update.updates', statement), engine.clock.now());
  const collection = engine.catalog.find(command.db, command.collection);
  yield* changeMatches(collection, query, multi, pace, (target) => {
    const { modified } = replaceRow(engine, target, change, query.now);
    done.n++;
    if (modified) done.nModified++;
  });
  if (done.n > 0 || !flag(statement, 'upsert')) return;
  const made = insertUpserted(engine, command, query, change);
  done.n = 1;
  done.upsertedId = made.get('_id') ?? null;
}

export function replaceRow(engine: Engine, row: Target, change: Update, now: Date): { after: Doc; modified: boolean } {
  const after = change.apply({ root: decodeStored(row.raw), now, stamp: engine.clock.stamp }, false);
  const written = row.collection.replace(row.rid, row.raw, row.doc, after, now);
  return { after, modified: written || change.replaces }; // MongoDB does not look whether a replacement is the same
}

export function insertUpserted(engine: Engine, command: Command, query: Query, change: Update): Doc {
  const made = upserted(query.filter, change, { now: query.now, stamp: engine.clock.stamp });
  checkId(made.get('_id') ?? null);
  collectionFor(engine, command).insert(made, query.now);
  return made;
}

export async function remove(engine: Engine, command: Command, memory: Memory | null): Promise<Doc> {
  const statements = checkBatch(command.docs('deletes'));
  const { n, writeErrors } = await runBulk(engine, command, statements, memory, function* (statement, done, pace) {
    checkStatement('delete.deletes', statement, DELETE_STATEMENT);
    const limit = statement.get('limit');
    if (limit === undefined) throw missing('delete.deletes.limit');
    const count = isNumber(limit) ? toDouble(limit) : Number.NaN;
    if (count !== 0 && count !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
    if (count === 0) checkNoRetry(command);
    const query = plainQuery(filterOf('delete.deletes', statement), engine.clock.now());
    const collection = engine.catalog.find(command.db, command.collection);
    yield* changeMatches(collection, query, count === 0, pace, (target) => {
      target.collection.remove(target.rid, target.doc, query.now);
      done.n++;
    });
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

/** What changes many documents is not one step, so a driver may not send it as a write to be retried. */
function checkNoRetry(command: Command): void {
  if (command.body.has('txnNumber'))
    throw new Refusal(72, 'Cannot use retryable writes with multi=true or with a delete without limit');
}

function filterOf(kind: string, statement: Doc): Doc {
  const filter = statement.get('q');
  if (filter === undefined) throw missing(`${kind}.q`);
  if (!isDoc(filter)) throw typeMismatch("BSON field 'q' is the wrong type, expected type 'object'");
  return filter;
}

const missing = (field: string) => new Refusal(40414, `BSON field '${field}' is missing but a required field`);

function flag(statement: Doc, name: string): boolean {
  const value = statement.get(name) ?? false;
  if (typeof value === 'boolean') return value;
  throw badValue(`BSON field '${name}' has to be a bool`);
}
