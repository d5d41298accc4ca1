import { type Db, MongoClient } from 'mongodb';
import { decode } from '../bson/decode.ts';
import { toDriver } from './driver-values.ts';
import { copiedBefore, markDone, markStarted } from './export-mark.ts';
import { hostOf, withoutSecrets } from './secrets.ts';

const FIND_SERVER_WITHIN = 10_000; // ms
const BATCH_BYTES = 8 * 1024 * 1024; // of documents in one insert; MongoDB takes 48 MB, and 16 MB in one document
const BATCH_DOCUMENTS = 1000;
const MAJORITY = { w: 'majority' }; // a count that a failover takes back would be a lie
const NAMESPACE_NOT_FOUND = 26;

export interface Exporting {
  /** The running embedded store, or one started on a snapshot. */
  from: string;
  /** The MongoDB to fill: the database that its URL names, `test` when it names none, as the server would use it. */
  to: string;
  /** Drop what the target holds under the names of our collections. */
  replace: boolean;
  progress(line: string): void;
}

export interface Exported {
  /** Host and database, without user and password. */
  target: string;
  collections: { name: string; documents: number; indexes: number }[];
}

/** The export was not done, or not to the end; the message says why and holds no password. */
export class ExportFailed extends Error {
  override name = 'ExportFailed';
}

/**
 * Copies all collections with their documents, types and field order kept, and their indexes to a MongoDB, and counts
 * there what has arrived. An export that was broken off may be started again and begins anew; collections with
 * documents from elsewhere are refused unless `replace`. Rejects with ExportFailed.
 */
export async function exportStore({ from, to, replace, progress }: Exporting): Promise<Exported> {
  const clients: MongoClient[] = [];
  try {
    const source = await connect(from, clients);
    const target = await connect(to, clients);
    const names = await collectionsOf(source);
    await clear(source, target, [...names.keys()], replace);
    await markStarted(target, names);
    const collections: Exported['collections'] = [];
    for (const name of names.keys()) {
      const documents = await copyDocuments(source, target, name);
      const indexes = await copyIndexes(source, target, name);
      collections.push({ name, documents, indexes });
      progress(`${name}: ${documents} documents, ${indexes} indexes`);
    }
    await markDone(target);
    return { target: `${hostOf(to)}, database ${target.databaseName}`, collections };
  } catch (error) {
    const why = withoutSecrets(error instanceof Error ? error.message : String(error), to);
    throw new ExportFailed(why, { cause: error instanceof ExportFailed ? error : undefined });
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function connect(url: string, clients: MongoClient[]): Promise<Db> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: FIND_SERVER_WITHIN });
  clients.push(client);
  await client.connect();
  return client.db();
}

/** The collections by name, each with the id that tells it from one that was dropped and made again. */
async function collectionsOf(source: Db): Promise<Map<string, string>> {
  const listed = await source.listCollections({}, { nameOnly: false }).toArray();
  return new Map(listed.map(({ name, info }) => [name, String(info?.uuid)]));
}

/** Makes sure that every collection begins empty, without dropping what is not known to be a copy of ours. */
async function clear(source: Db, target: Db, names: string[], replace: boolean): Promise<void> {
  const ours = await copiedBefore(target, await collectionsOf(source));
  const taken: string[] = [];
  for (const name of names) {
    const holds = await target.collection(name).findOne({}, { projection: { _id: 1 } });
    if (holds && !replace && !ours.has(name)) taken.push(name);
  }
  if (taken.length > 0) {
    throw new ExportFailed(
      `the target holds documents in ${taken.join(', ')}. Name an empty database, or add --replace to drop these collections there`,
    );
  }
  for (const name of names) await dropIfThere(target, name);
}

async function dropIfThere(target: Db, name: string): Promise<void> {
  try {
    await target.collection(name).drop();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NAMESPACE_NOT_FOUND)) throw error;
  }
}

async function copyDocuments(source: Db, target: Db, name: string): Promise<number> {
  await target.command({ create: name, writeConcern: MAJORITY });
  let batch: Buffer[] = [];
  let bytes = 0;
  let copied = 0;
  const send = async (): Promise<void> => {
    if (batch.length > 0) await insert(target, name, batch);
    copied += batch.length;
    batch = [];
    bytes = 0;
  };
  // Raw: what the driver makes of a document is not always what was in it.
  const rows = source.collection(name).find<Buffer>({}, { raw: true, batchSize: BATCH_DOCUMENTS });
  for await (const row of rows) {
    if (batch.length >= BATCH_DOCUMENTS || bytes + row.length > BATCH_BYTES) await send();
    batch.push(row);
    bytes += row.length;
  }
  await send();
  const arrived = await target.collection(name).countDocuments({}, { readConcern: { level: 'majority' } });
  if (arrived !== copied) throw new ExportFailed(`${name}: ${copied} documents were sent, and ${arrived} are there`);
  return copied;
}

async function insert(target: Db, name: string, rows: Buffer[]): Promise<void> {
  const documents = rows.map((row) => toDriver(decode(row)));
  const reply = await target.command({ insert: name, documents, ordered: true, writeConcern: MAJORITY });
  const [failed] = [...(reply.writeErrors ?? []), ...(reply.writeConcernError ? [reply.writeConcernError] : [])];
  if (failed) throw new ExportFailed(`${name}: ${failed.errmsg}`);
}

/** After the documents: filling an index is faster than keeping it, and a TTL index removes nothing before the count. */
async function copyIndexes(source: Db, target: Db, name: string): Promise<number> {
  const wanted = await source.collection(name).listIndexes().toArray();
  const indexes = wanted.filter((index) => index.name !== '_id_');
  if (indexes.length > 0) {
    await target.command({ createIndexes: name, indexes, writeConcern: MAJORITY });
  }
  const made = await target.collection(name).listIndexes().toArray();
  if (made.length !== wanted.length)
    throw new ExportFailed(`${name}: ${made.length} of ${wanted.length} indexes are there`);
  return made.length;
}
