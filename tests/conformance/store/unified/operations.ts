import type {
  ClientSession,
  Collection,
  Db,
  Document,
  GridFSBucket,
  MongoClient,
} from '@parley/server/src/storage/embedded/testing/driver.ts';
import { NotRunnable } from './format.ts';
import { CursorEntity } from './world.ts';

type Calls<Target> = Record<string, (target: Target, args: Document) => unknown>;

export const onCollection: Calls<Collection> = {
  aggregate: (on, { pipeline, ...options }) => on.aggregate(pipeline, options).toArray(),
  bulkWrite: async (on, { requests, ...options }) => plainResult(await on.bulkWrite(requests, options)),
  count: (on, { filter, ...options }) => on.count(filter, options),
  countDocuments: (on, { filter, ...options }) => on.countDocuments(filter, options),
  createChangeStream: (on, { pipeline, ...options }) => on.watch(pipeline, options).tryNext(),
  createIndex: (on, { keys, ...options }) => on.createIndex(keys, options),
  deleteMany: (on, { filter, ...options }) => on.deleteMany(filter, options),
  deleteOne: (on, { filter, ...options }) => on.deleteOne(filter, options),
  distinct: (on, { fieldName, filter, ...options }) => on.distinct(fieldName, filter ?? {}, options),
  dropIndex: (on, { name, ...options }) => on.dropIndex(name, options),
  estimatedDocumentCount: (on, options) => on.estimatedDocumentCount(options),
  createFindCursor: async (on, { filter, ...options }) => {
    const cursor = on.find(filter, options);
    return new CursorEntity(cursor, await cursor.tryNext());
  },
  find: (on, { filter, ...options }) => on.find(filter, options).toArray(),
  findOne: (on, { filter, ...options }) => on.findOne(filter, options),
  findOneAndDelete: (on, { filter, ...options }) => on.findOneAndDelete(filter, options),
  findOneAndReplace: (on, { filter, replacement, ...options }) => on.findOneAndReplace(filter, replacement, options),
  findOneAndUpdate: (on, { filter, update, ...options }) => on.findOneAndUpdate(filter, update, options),
  insertMany: (on, { documents, ...options }) => on.insertMany(documents, options),
  insertOne: (on, { document, ...options }) => on.insertOne(document, options),
  listIndexes: (on, options) => on.listIndexes(options).toArray(),
  listIndexNames: async (on, options) => (await on.listIndexes(options).toArray()).map(({ name }) => name),
  replaceOne: async (on, { filter, replacement, ...options }) =>
    plainResult(await on.replaceOne(filter, replacement, options)),
  updateMany: async (on, { filter, update, ...options }) => plainResult(await on.updateMany(filter, update, options)),
  updateOne: async (on, { filter, update, ...options }) => plainResult(await on.updateOne(filter, update, options)),
};

export const onDatabase: Calls<Db> = {
  aggregate: (on, { pipeline, ...options }) => on.aggregate(pipeline, options).toArray(),
  createChangeStream: (on, { pipeline, ...options }) => on.watch(pipeline, options).tryNext(),
  createCollection: async (on, { collection, ...options }) => void (await on.createCollection(collection, options)),
  createCommandCursor: async (on, args) => {
    const cursor = commandCursor(on, args);
    return new CursorEntity(cursor, await cursor.tryNext());
  },
  dropCollection: (on, { collection, ...options }) => on.dropCollection(collection, options),
  listCollections: (on, { filter, ...options }) => on.listCollections(filter, options).toArray(),
  listCollectionNames: async (on, { filter, ...options }) =>
    (await on.listCollections(filter, { ...options, nameOnly: true }).toArray()).map(({ name }) => name),
  modifyCollection: (on, { collection, ...options }) => on.command({ collMod: collection, ...options }),
  runCommand: (on, { command, commandName: _, ...options }) => on.command(command, options),
  runCursorCommand: (on, args) => commandCursor(on, args).toArray(),
};

function commandCursor(
  on: Db,
  { command, commandName: _, batchSize, maxTimeMS, comment, cursorType, timeoutMode, ...options }: Document,
) {
  if (cursorType ?? timeoutMode) throw new NotRunnable('a cursor with cursorType or timeoutMode');
  const cursor = on.runCursorCommand(command, options);
  if (batchSize !== undefined) cursor.setBatchSize(batchSize);
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(maxTimeMS);
  if (comment !== undefined) cursor.setComment(comment);
  return cursor;
}

export const onClient: Calls<MongoClient> = {
  clientBulkWrite: (on, { models, ...options }) => on.bulkWrite(models, options),
  close: (on) => on.close(),
  createChangeStream: (on, { pipeline, ...options }) => on.watch(pipeline, options).tryNext(),
  listDatabases: async (on, options) => (await on.db().admin().listDatabases(options)).databases,
  listDatabaseNames: async (on, options) =>
    (
      await on
        .db()
        .admin()
        .listDatabases({ ...options, nameOnly: true })
    ).databases.map(({ name }) => name),
};

export const onSession: Calls<ClientSession> = {
  abortTransaction: (on) => on.abortTransaction(),
  commitTransaction: (on) => on.commitTransaction(),
  endSession: (on) => on.endSession(),
  startTransaction: (on, options) => on.startTransaction(options),
};

export const onBucket: Calls<GridFSBucket> = {
  download: async (on, { id, ...options }) => textOf(on.openDownloadStream(id, options)),
  downloadByName: async (on, { filename, ...options }) => textOf(on.openDownloadStreamByName(filename, options)),
};

export const onCursor: Calls<CursorEntity> = {
  close: (on) => on.cursor.close().catch(() => undefined),
  iterateOnce: async (on) => on.take() ?? (await on.cursor.tryNext()),
  iterateUntilDocumentOrError: async (on) => on.take() ?? (await on.cursor.next()),
};

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}

/** The driver's results compute their fields and say null where the format expects nothing. */
export function plainResult(result: Document): Document {
  const names = ['acknowledged', 'insertedCount', 'matchedCount', 'modifiedCount', 'deletedCount', 'upsertedCount'];
  const fields = [...names, 'insertedIds', 'upsertedIds', 'upsertedId'].map((name) => [name, result[name]]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined && value !== null));
}
