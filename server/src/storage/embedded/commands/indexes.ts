import { encode } from '../bson/encode.ts';
import { equal } from '../bson/order.ts';
import { show } from '../bson/show.ts';
import { type Doc, int, isDoc, type Value } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';
import { type IndexSpec, parseIndex, sameDefinition, sameSignature } from '../index/spec.ts';
import type { Build } from '../store/build.ts';
import { aborted } from '../store/catalog.ts';
import type { Collection } from '../store/collection.ts';
import { fill } from '../store/fill.ts';
import type { StoredIndex } from '../store/rows.ts';
import { batchSizeOf, firstBatch, listed } from './batches.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { paceOf } from './pace.ts';
import { type CursorReply, ok } from './reply.ts';
import { inSlices, type Pace, type Work } from './turns.ts';

const noCollection = (namespace: string) => new Refusal(26, `ns does not exist: ${namespace}`);

/** Builds all that are new or none: what one of them is refused with is what the command is answered with. */
export async function createIndexes(engine: Engine, command: Command): Promise<Doc> {
  const given = command.docs('indexes');
  if (given.length === 0) throw badValue('Must specify at least one index to create');
  const specs = given.map(parseIndex);
  const existing = engine.catalog.find(command.db, command.collection);
  const collection = existing ?? engine.catalog.create(command.db, command.collection);
  const before = collection.indexes.length;
  const missing = (): IndexSpec[] => specs.filter((spec) => !isIdIndex(spec) && !isThere(collection.indexes, spec));
  for (let build = underWay(collection, missing()); build; build = underWay(collection, missing())) await build.done;
  const pace = paceOf(engine, command); // its time begins when nothing is waited for any more
  const wanted = withoutTwins(missing());
  if (wanted.length > 0) await build(engine, collection, wanted, pace);
  return ok({
    numIndexesBefore: int(before),
    numIndexesAfter: int(before + wanted.length),
    createdCollectionAutomatically: existing === undefined,
    note: wanted.length === 0 ? 'all indexes already exist' : undefined,
  });
}

async function build(engine: Engine, collection: Collection, specs: IndexSpec[], pace: Pace): Promise<void> {
  const made = engine.catalog.begin(collection, specs);
  try {
    await inSlices(pace, buildAll(engine, collection, made, pace));
    made.end(null);
  } catch (error) {
    made.end(error instanceof Error ? error : new Error(String(error)));
    engine.catalog.abandon(collection, made);
    throw error;
  }
}

function* buildAll(engine: Engine, collection: Collection, made: Build, pace: Pace): Work<void> {
  yield* fill(collection, made, engine.clock.now(), () => pace.isDue());
  engine.catalog.complete(collection, made);
}

/** A build at work on one of these indexes: it is waited for, and its error is everybody's. */
function underWay(collection: Collection, specs: IndexSpec[]): Build | undefined {
  return [...collection.builds].find((one) => specs.some((spec) => isThere(one.indexes, spec)));
}

/** The same index may stand twice in one command. */
function withoutTwins(specs: IndexSpec[]): IndexSpec[] {
  const kept: IndexSpec[] = [];
  for (const spec of specs)
    if (
      !isThere(
        kept.map((held) => ({ spec: held })),
        spec,
      )
    )
      kept.push(spec);
  return kept;
}

const isIdIndex = ({ fields }: IndexSpec): boolean => fields.length === 1 && fields[0]?.name === '_id';

function isThere(indexes: { spec: IndexSpec }[], spec: IndexSpec): boolean {
  for (const { spec: held } of indexes) {
    if (held.name === spec.name) {
      if (sameDefinition(held, spec)) return true;
      const why = `An existing index has the same name as the requested index: ${spec.name}`;
      throw new Refusal(sameSignature(held, spec) ? 85 : 86, why);
    }
    if (sameSignature(held, spec)) throw new Refusal(85, `Index already exists with a different name: ${held.name}`);
  }
  return false;
}

const keyOfSpec = (spec: IndexSpec): Value => spec.definition.get('key') ?? null;

export async function listIndexes(engine: Engine, command: Command): Promise<CursorReply> {
  const collection = engine.catalog.find(command.db, command.collection);
  if (!collection) throw noCollection(command.namespace);
  const batchSize = command.body.get('cursor') === null ? undefined : batchSizeOf(command);
  const rows = collection.indexes.map(({ spec }) => encode(spec.definition));
  return firstBatch(engine, command, listed(rows), { batchSize });
}

/** Drops complete indexes, and ends the builds of those that are not complete yet. */
export function dropIndexes(engine: Engine, command: Command): Doc {
  const collection = engine.catalog.find(command.db, command.collection);
  if (!collection) throw noCollection(command.namespace);
  const before = collection.indexes.length;
  const wanted = command.body.get('index');
  if (wanted === undefined) throw command.missing('index');
  checkWanted(command, wanted);
  const builds = [...collection.builds].filter((one) => one.indexes.some((index) => isNamed(index, wanted)));
  const indexes =
    builds.length > 0 ? collection.indexes.filter((index) => isNamed(index, wanted)) : named(collection, wanted);
  for (const one of builds) one.fail(aborted('dropIndexes command'));
  for (const index of indexes) if (index.column !== 'id') engine.catalog.dropIndex(collection, index);
  return ok({ nIndexesWas: int(before) });
}

function isNamed(index: StoredIndex, wanted: Value): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => isNamed(index, one));
  if (isDoc(wanted)) return equal(keyOfSpec(index.spec), wanted);
  return wanted === '*' || wanted === index.spec.name;
}

/** A name, a list of names, or the key of one. */
function checkWanted(command: Command, wanted: Value): void {
  if (typeof wanted === 'string' || isDoc(wanted)) return;
  if (!Array.isArray(wanted)) throw command.wrong('index', wanted, 'string');
  for (const one of wanted) if (typeof one !== 'string') throw command.wrong('index', one, 'string');
  const twice = wanted.find((one, at) => wanted.indexOf(one) !== at);
  if (twice !== undefined) throw new Refusal(27, `index ${show(twice)} is named twice`);
}

/** Throws when there is no such index, before any is dropped. */
function named(collection: Collection, wanted: Value): StoredIndex[] {
  if (wanted === '*') return collection.indexes.slice(1);
  if (Array.isArray(wanted)) return wanted.flatMap((one) => named(collection, one));
  const found = collection.indexes.filter((index) => isNamed(index, wanted));
  const [only] = found;
  if (!only) throw new Refusal(27, `index not found with name [${show(wanted)}]`);
  if (found.length > 1) {
    throw new Refusal(
      181,
      `${found.length} indexes have this key: drop by name (${found.map(({ spec }) => spec.name).join(', ')})`,
    );
  }
  if (only.column === 'id') throw new Refusal(72, 'cannot drop _id index');
  return [only];
}
