import { encode } from '../bson/encode.ts';
import { Binary, type Doc, doc, int, isNumber, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { Collection } from '../store/collection.ts';
import { batchSizeOf, firstBatch, listed } from './batches.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { coerced } from './numbers.ts';
import { type CursorReply, ok } from './reply.ts';

export function create(engine: Engine, command: Command): Doc {
  if (!engine.catalog.find(command.db, command.collection)) engine.catalog.create(command.db, command.collection);
  return ok(); // as since MongoDB 7.0: creating again with the same options is no error
}

export function drop(engine: Engine, command: Command): Doc {
  const collection = engine.catalog.find(command.db, command.collection);
  if (!collection) return ok(); // as since MongoDB 7.0
  engine.catalog.drop(collection);
  return ok({ nIndexesWas: int(collection.indexes.length), ns: collection.namespace });
}

export function dropDatabase(engine: Engine, command: Command): Doc {
  const given = command.body.get('dropDatabase') ?? null;
  if (given === null) throw command.missing('dropDatabase');
  if (!isNumber(given)) throw command.wrong('dropDatabase', given, 'number');
  if (coerced(given) !== 1n) throw new Refusal(5255100, "Expected a 'dropDatabase' value of 1");
  if (command.db === 'admin') throw new Refusal(20, "Dropping the 'admin' database is prohibited.");
  for (const collection of engine.catalog.list(command.db)) engine.catalog.drop(collection);
  return ok();
}

export async function listCollections(engine: Engine, command: Command): Promise<CursorReply> {
  const matches = compileFilter(command.doc('filter'));
  const nameOnly = command.strictFlag('nameOnly', { nullable: true });
  command.strictFlag('authorizedCollections', { nullable: true });
  const batchSize = command.body.get('cursor') === null ? undefined : batchSizeOf(command);
  const now = engine.clock.now();
  const shown = engine.catalog.list(command.db).map((one) => (nameOnly ? brief(describe(one)) : describe(one)));
  const rows = shown.filter((one) => matches(one, now)).map((one) => encode(one));
  return firstBatch(engine, command, listed(rows), { batchSize, namespace: `${command.db}.$cmd.listCollections` });
}

const describe = (collection: Collection): Doc =>
  doc({
    name: collection.name,
    type: 'collection',
    options: doc({}),
    info: doc({ readOnly: false, uuid: new Binary(4, collection.uuid) }),
    idIndex: doc({ v: int(2), key: doc({ _id: int(1) }), name: '_id_' }),
  });

const brief = (described: Doc): Doc => doc({ name: described.get('name'), type: described.get('type') });

const OWN_DATABASES = ['admin', 'config', 'local']; // every MongoDB has them; here they are empty

export function listDatabases(engine: Engine, command: Command): Doc {
  if (command.db !== 'admin') throw new Refusal(13, 'listDatabases may only be run against the admin database.');
  const matches = compileFilter(command.doc('filter'));
  const nameOnly = command.flag('nameOnly');
  command.strictFlag('authorizedDatabases', { nullable: true });
  const now = engine.clock.now();
  const names = new Set([...OWN_DATABASES, ...engine.catalog.list().map(({ db }) => db)]);
  // Sizes are not kept by database: one file holds them all.
  const all = [...names].sort().map((name) => (nameOnly ? doc({ name }) : doc({ name, sizeOnDisk: 0n, empty: false })));
  const databases: Value[] = all.filter((one) => matches(one, now));
  return ok(nameOnly ? { databases } : { databases, totalSize: 0n, totalSizeMb: 0n });
}
