import { decode } from '../bson/decode.ts';
import { keyOf } from '../bson/key.ts';
import { show } from '../bson/show.ts';
import type { Doc } from '../bson/value.ts';
import { keysOf } from '../index/keygen.ts';
import type { Collection } from './collection.ts';
import { blob, type Disk, integer } from './disk.ts';
import type { StoredIndex } from './rows.ts';

const CHUNK = 200; // rows read at once
const MAX_FINDINGS = 100; // of one kind in one place: a broken table would name all of its rows

/** Something that is not as it should be, and where. */
export interface Finding {
  /** `db.collection`, with the index behind a colon where it is one's fault; `file` for SQLite's own findings. */
  place: string;
  problem: string;
}

export interface Verified {
  namespace: string;
  documents: number;
  /** Bytes of all documents as BSON. */
  bytes: number;
  indexes: { name: string; entries: number }[];
}

type Readable = Pick<Disk, 'all' | 'get'>;

/**
 * Compares every index with a full rebuild from the documents, both ways: what is missing and what is too much. Also
 * that every document can be read and is found by its `_id`. It holds one document at a time and yields after each
 * chunk, so that the caller may give way to others; what they write meanwhile may then show as a finding.
 */
export function* verifyCollection(
  disk: Readable,
  collection: Collection,
  now: Date,
  report: (finding: Finding) => void,
): Generator<undefined, Verified, undefined> {
  const table = `c${collection.id}`;
  const tell = (place: string, problem: string): void => report({ place: `${collection.namespace}${place}`, problem });
  const indexes = collection.indexes.slice(1);
  const wanted = new Map(indexes.map((index) => [index, 0]));
  let documents = 0;
  let bytes = 0;
  let last = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = disk.all(`SELECT rid, id, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`, last, CHUNK);
    for (const row of rows) {
      const rid = integer(row.rid);
      const raw = blob(row.doc);
      last = rid;
      documents++;
      bytes += raw.length;
      const from = readDocument(raw, (why) => tell('', `the document in row ${rid} cannot be read: ${why}`));
      if (!from) continue;
      if (!keyOf(from.get('_id') ?? null).equals(blob(row.id))) tell(':_id_', `row ${rid} is filed under another _id`);
      for (const index of indexes) {
        const missing = (problem: string): void => tell(`:${index.spec.name}`, problem);
        wanted.set(index, (wanted.get(index) ?? 0) + checkKeys(disk, index, from, rid, now, missing));
      }
    }
    if (rows.length < CHUNK) break;
    yield;
  }
  const entries = [{ name: '_id_', entries: documents }];
  for (const index of indexes) {
    const held = integer(disk.get(`SELECT count(*) AS n FROM ${index.table}`)?.n);
    entries.push({ name: index.spec.name, entries: held });
    yield;
    const inIndex = (problem: string): void => tell(`:${index.spec.name}`, problem);
    if (held !== wanted.get(index)) yield* checkEntries(disk, table, index, now, inIndex);
    if (index.spec.unique) checkUnique(disk, index, inIndex);
  }
  return { namespace: collection.namespace, documents, bytes, indexes: entries };
}

function readDocument(raw: Buffer, tell: (why: string) => void): Doc | null {
  try {
    return decode(raw);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** Whether all keys of a document are in the index. Gives how many there have to be. */
function checkKeys(
  disk: Readable,
  index: StoredIndex,
  from: Doc,
  rid: number,
  now: Date,
  tell: (problem: string) => void,
): number {
  const { keys, multikey } = keysOf(index.spec, from, now);
  for (const key of keys) {
    if (disk.get(`SELECT 1 FROM ${index.table} WHERE k = ? AND rid = ?`, key, rid)) continue;
    tell(`an entry is missing for row ${rid}, _id ${show(from.get('_id') ?? null)}`);
  }
  if (multikey && !index.multikey) tell(`row ${rid} holds an array that the index does not know of`);
  return keys.length;
}

/** Walks the entries for those that no document asks for. */
function* checkEntries(
  disk: Readable,
  table: string,
  index: StoredIndex,
  now: Date,
  tell: (problem: string) => void,
): Generator<undefined, void, undefined> {
  let place: [Buffer, number] = [Buffer.alloc(0), Number.MIN_SAFE_INTEGER];
  let found = 0;
  for (;;) {
    const sql = `SELECT k, rid FROM ${index.table} WHERE (k, rid) > (?, ?) ORDER BY k, rid LIMIT ?`;
    const rows = disk.all(sql, ...place, CHUNK);
    for (const row of rows) {
      const [key, rid] = [blob(row.k), integer(row.rid)];
      place = [key, rid];
      if (belongs(disk, table, index, key, rid, now)) continue;
      tell(`an entry leads to row ${rid}, which does not hold its value`);
      if (++found >= MAX_FINDINGS) return;
    }
    if (rows.length < CHUNK) return;
    yield;
  }
}

function belongs(disk: Readable, table: string, index: StoredIndex, key: Buffer, rid: number, now: Date): boolean {
  const row = disk.get(`SELECT doc FROM ${table} WHERE rid = ?`, rid);
  const from = row && readDocument(blob(row.doc), () => {});
  return !!from && keysOf(index.spec, from, now).keys.some((one) => one.equals(key));
}

function checkUnique(disk: Readable, index: StoredIndex, tell: (problem: string) => void): void {
  const sql = `SELECT min(rid) AS a, max(rid) AS b FROM ${index.table} GROUP BY k HAVING count(*) > 1 LIMIT ?`;
  for (const { a, b } of disk.all(sql, MAX_FINDINGS)) tell(`rows ${a} and ${b} hold the same value of a unique index`);
}

/** SQLite's own check of the whole file: pages, order of tables, lost pages. It takes seconds per GB and gives no way. */
export function checkFile(disk: Readable, report: (finding: Finding) => void): void {
  for (const row of disk.all(`PRAGMA integrity_check(${MAX_FINDINGS})`)) {
    const said = String(row.integrity_check);
    if (said !== 'ok') report({ place: 'file', problem: said });
  }
}
