import type { Document, MongoClient } from '@parley/server/src/storage/embedded/testing/driver.ts';
import type { Shapes } from '../case-result.ts';
import { differenceOfEvents } from './events.ts';
import { judgeDocuments, judgeError, judgeResult } from './expect.ts';
import { type CollectionData, NotRunnable, type Operation, type Test, type TestFile } from './format.ts';
import { onBucket, onClient, onCollection, onCursor, onDatabase, onSession } from './operations.ts';
import { type Bench, onRunner } from './runner-operations.ts';
import { CursorEntity, need, prepared, World } from './world.ts';

/** Runs one test from its data to its outcome. Throws what is wrong; NotRunnable when that says nothing about the store. */
export async function runTest(
  file: TestFile,
  test: Test,
  uri: string,
  internal: MongoClient,
  shapes: Shapes,
): Promise<void> {
  for (const data of file.initialData ?? []) await layOut(internal, data);
  const world = new World(uri, shapes);
  try {
    for (const entity of file.createEntities ?? []) await world.create(entity);
    for (const operation of test.operations) await execute(operation, { world, internal });
    await endFailPoints(internal);
    for (const expected of test.expectEvents ?? []) {
      const why = differenceOfEvents(expected, need(world.events, expected.client), world);
      if (why) throw new Error(why);
    }
    for (const data of test.outcome ?? []) await compare(internal, data, world);
  } finally {
    await endFailPoints(internal);
    await world.clear();
  }
}

async function endFailPoints(internal: MongoClient): Promise<void> {
  for (const name of ['failCommand', 'onPrimaryTransactionalWrite']) {
    await internal.db('admin').command({ configureFailPoint: name, mode: 'off' });
  }
}

async function layOut(internal: MongoClient, data: CollectionData): Promise<void> {
  const { databaseName, collectionName, documents, createOptions } = data;
  const db = internal.db(databaseName);
  await db.dropCollection(collectionName);
  if (createOptions || documents.length === 0) await db.createCollection(collectionName, createOptions);
  if (documents.length > 0) await db.collection(collectionName).insertMany(documents, { ignoreUndefined: false });
}

async function compare(internal: MongoClient, data: CollectionData, world: World): Promise<void> {
  const collection = internal.db(data.databaseName).collection(data.collectionName);
  const why = judgeDocuments(data.documents, await collection.find().sort({ _id: 1 }).toArray(), world);
  if (why) throw new Error(why);
}

async function execute(operation: Operation, bench: Bench): Promise<void> {
  const { name, object, expectError, saveResultAsEntity, ignoreResultAndError } = operation;
  const { world } = bench;
  let result: unknown;
  try {
    result = await call(operation, bench);
  } catch (error) {
    if (ignoreResultAndError) return;
    if (!expectError || error instanceof NotRunnable) throw error;
    const why = judgeError(expectError, error, world);
    if (why) throw new Error(`the error of ${name}: ${why}`);
    return;
  }
  if (ignoreResultAndError) return;
  if (expectError) throw new Error(`${name} on ${object} gave no error`);
  const why = judgeResult(operation, result, world);
  if (why) throw new Error(`the result of ${name}: ${why}`);
  if (saveResultAsEntity) save(world, saveResultAsEntity, result);
}

function save(world: World, id: string, result: unknown): void {
  if (result instanceof CursorEntity) world.cursors.set(id, result);
  else world.values.set(id, result);
}

async function call(operation: Operation, bench: Bench): Promise<unknown> {
  const { name, object } = operation;
  if (object === 'testRunner') return known(onRunner, name)(operation.arguments ?? {}, bench);
  if (name === 'withTransaction') return inTransaction(operation, bench);
  return onObject(bench.world, operation, prepared(operation.arguments ?? {}, bench.world));
}

function onObject(world: World, { name, object }: Operation, args: Document): unknown {
  const collection = world.collections.get(object);
  if (collection) return known(onCollection, name)(collection, args);
  const database = world.databases.get(object);
  if (database) return known(onDatabase, name)(database, args);
  const client = world.clients.get(object);
  if (client) return known(onClient, name)(client, args);
  const session = world.sessions.get(object);
  if (session) return known(onSession, name)(session, args);
  const bucket = world.buckets.get(object);
  if (bucket) return known(onBucket, name)(bucket, args);
  return known(onCursor, name)(need(world.cursors, object), args);
}

function known<Call>(calls: Record<string, Call>, name: string): Call {
  const call = calls[name];
  if (!call) throw new NotRunnable(`the driver has no ${name}`);
  return call;
}

function inTransaction({ object, arguments: args = {} }: Operation, bench: Bench): Promise<void> {
  const { callback, ...options }: Document = args;
  return bench.world.session(object).withTransaction(
    async () => {
      for (const operation of callback) await execute(operation, bench);
    },
    prepared(options, bench.world),
  );
}
