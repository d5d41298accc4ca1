import { encode } from '../bson/encode.ts';
import { equal } from '../bson/order.ts';
import { type Doc, int, isDoc, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { type IndexSpec, parseIndex, sameDefinition } from '../index/spec.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredIndex } from '../store/rows.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { CursorReply, ok } from './reply.ts';

const noCollection = (namespace: string) => new Refusal(26, `ns does not exist: ${namespace}`);

export function createIndexes(engine: Engine, command: Command): Doc {
  const specs = command.docs('indexes').map(parseIndex);
  const existing = engine.catalog.find(command.db, command.collection);
  const collection = existing ?? engine.catalog.create(command.db, command.collection);
  const before = collection.indexes.length;
  for (const spec of specs) {
    if (isIdIndex(spec) || isThere(collection, spec)) continue;
    engine.catalog.addIndex(collection, spec, engine.clock.now());
  }
  return ok({
    numIndexesBefore: int(before),
    numIndexesAfter: int(collection.indexes.length),
    createdCollectionAutomatically: existing === undefined,
    note: before === collection.indexes.length ? 'all indexes already exist' : undefined,
  });
}

const isIdIndex = ({ fields }: IndexSpec): boolean => fields.length === 1 && fields[0]?.name === '_id';

function isThere(collection: Collection, spec: IndexSpec): boolean {
  for (const { spec: held } of collection.indexes) {
    const sameKey = equal(keyOfSpec(held), keyOfSpec(spec));
    if (held.name === spec.name) {
      if (sameDefinition(held, spec)) return true;
      const why = `An existing index has the same name as the requested index: ${spec.name}`;
      throw new Refusal(sameKey ? 85 : 86, why);
    }
    if (sameKey && equal(held.partial ?? null, spec.partial ?? null)) {
      throw new Refusal(85, `Index already exists with a different name: ${held.name}`);
    }
  }
  return false;
}

const keyOfSpec = (spec: IndexSpec): Value => spec.definition.get('key') ?? null;

export function listIndexes(engine: Engine, command: Command): CursorReply {
  const collection = engine.catalog.find(command.db, command.collection);
  if (!collection) throw noCollection(command.namespace);
  const rows = collection.indexes.map(({ spec }) => encode(spec.definition));
  return new CursorReply(0n, command.namespace, 'firstBatch', rows);
}

export function dropIndexes(engine: Engine, command: Command): Doc {
  const collection = engine.catalog.find(command.db, command.collection);
  if (!collection) throw noCollection(command.namespace);
  const before = collection.indexes.length;
  for (const index of named(collection, command.body.get('index') ?? null)) engine.catalog.dropIndex(collection, index);
  return ok({ nIndexesWas: int(before) });
}

function named(collection: Collection, wanted: Value): StoredIndex[] {
  if (wanted === '*') return collection.indexes.slice(1);
  if (Array.isArray(wanted)) return wanted.flatMap((one) => named(collection, one));
  const found = collection.indexes.find(({ spec }) =>
    isDoc(wanted) ? equal(keyOfSpec(spec), wanted) : spec.name === wanted,
  );
  if (!found) throw new Refusal(27, `index not found with name [${typeof wanted === 'string' ? wanted : 'by key'}]`);
  if (found.column === 'id') throw new Refusal(72, 'cannot drop _id index');
  return [found];
}
