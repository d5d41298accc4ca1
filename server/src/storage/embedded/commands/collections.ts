import { encode } from '../bson/encode.ts';
import { Binary, type Doc, doc, int, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { Collection } from '../store/collection.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { CursorReply, ok } from './reply.ts';

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
  const collections = engine.catalog.list(command.db);
  for (const collection of collections) engine.catalog.drop(collection);
  return ok({ dropped: collections.length > 0 ? command.db : undefined });
}

export function listCollections(engine: Engine, command: Command): CursorReply {
  const matches = compileFilter(command.doc('filter'));
  const now = engine.clock.now();
  const shown = engine.catalog.list(command.db).map((one) => describe(one));
  const rows = shown
    .filter((one) => matches(one, now))
    .map((one) => encode(command.flag('nameOnly') ? brief(one) : one));
  return new CursorReply(0n, `${command.db}.$cmd.listCollections`, 'firstBatch', rows);
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

export function listDatabases(engine: Engine, command: Command): Doc {
  if (command.db !== 'admin') throw new Refusal(13, 'listDatabases may only be run against the admin database.');
  const matches = compileFilter(command.doc('filter'));
  const now = engine.clock.now();
  const names = new Set(engine.catalog.list().map(({ db }) => db));
  const nameOnly = command.flag('nameOnly');
  const all = [...names].sort().map((name) => doc(nameOnly ? { name } : { name, sizeOnDisk: 0, empty: false }));
  const databases: Value[] = all.filter((one) => matches(one, now));
  return ok({ databases, totalSize: nameOnly ? undefined : 0 });
}
