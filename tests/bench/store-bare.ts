import { DatabaseSync } from 'node:sqlite';
import mongoose from '@parley/server/src/storage/embedded/testing/mongoose.ts';
import { chatOf, idOf, keyOf, type Message, messageOf, PAGE, senderOf } from './store-documents.ts';
import { type Measured, measure } from './store-measure.ts';

const { BSON } = mongoose.mongo;
const BATCH = 1000; // documents of one COMMIT

/**
 * The same work with the bare calls of node:sqlite, over tables laid out as the store's are: documents as BSON, a table
 * of keys for each index, WAL, synchronous FULL. One thread, no socket, no checks: what is left is what SQLite costs.
 */
export class Bare {
  private readonly database: DatabaseSync;

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456;
      CREATE TABLE c (rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL);
      CREATE TABLE by_key (k BLOB, rid INTEGER, PRIMARY KEY (k, rid)) WITHOUT ROWID;
      CREATE TABLE by_from (k BLOB, rid INTEGER, PRIMARY KEY (k, rid)) WITHOUT ROWID;
      CREATE TABLE by_chat (k BLOB, rid INTEGER, PRIMARY KEY (k, rid)) WITHOUT ROWID`);
  }

  close(): void {
    this.database.close();
  }

  private insertAll(from: number, count: number): void {
    const row = this.database.prepare('INSERT INTO c (id, doc) VALUES (?, ?)');
    const keys = ['by_key', 'by_from', 'by_chat'].map((table) =>
      this.database.prepare(`INSERT INTO ${table} (k, rid) VALUES (?, ?)`),
    );
    this.database.exec('BEGIN IMMEDIATE');
    for (let n = from; n < from + count; n++) {
      const made = messageOf(n);
      const { lastInsertRowid } = row.run(made._id.id, BSON.serialize(made));
      for (const [i, key] of keysOf(made).entries()) keys[i]?.run(key, lastInsertRowid);
    }
    this.database.exec('COMMIT');
  }

  load(documents: number): Promise<Measured> {
    return measure(documents / BATCH, 1, async (n) => this.insertAll(n * BATCH, BATCH));
  }

  create(first: number, count: number): Promise<Measured> {
    return measure(count, 1, async (n) => this.insertAll(first + n, 1));
  }

  byId(count: number, pick: () => number): Promise<Measured> {
    const find = this.database.prepare('SELECT doc FROM c WHERE id = ?');
    return measure(count, 1, async () => read(find.get(idOf(pick()).id)));
  }

  byKey(count: number, pick: () => number): Promise<Measured> {
    const find = this.database.prepare(
      'SELECT d.doc FROM by_key i CROSS JOIN c d ON d.rid = i.rid WHERE i.k >= ? AND i.k < ?',
    );
    return measure(count, 1, async () => {
      const key = keyOf(pick());
      read(find.get(Buffer.from(key), Buffer.from(`${key}\xff`, 'latin1')));
    });
  }

  page(count: number, pick: () => number): Promise<Measured> {
    const find = this.database.prepare(
      'SELECT d.doc FROM by_chat i CROSS JOIN c d ON d.rid = i.rid WHERE i.k >= ? AND i.k < ? ORDER BY i.k DESC LIMIT ?',
    );
    return measure(count, 1, async () => {
      const chat = `${chatOf(pick())}\0`;
      find.all(Buffer.from(chat), Buffer.from(`${chat}\xff`, 'latin1'), PAGE).forEach(read);
    });
  }

  update(count: number, pick: () => number): Promise<Measured> {
    const find = this.database.prepare('SELECT rid, doc FROM c WHERE id = ?');
    const save = this.database.prepare('UPDATE c SET doc = ? WHERE rid = ?');
    return measure(count, 1, async () => {
      const row = find.get(idOf(pick()).id);
      const made = read(row);
      this.database.exec('BEGIN IMMEDIATE');
      save.run(BSON.serialize({ ...made, n: made.n + 1 }), row?.rid ?? 0);
      this.database.exec('COMMIT');
    });
  }

  countFrom(count: number): Promise<Measured> {
    const find = this.database.prepare('SELECT count(*) FROM by_from WHERE k >= ? AND k < ?');
    return measure(count, 1, async (n) => {
      const from = `${senderOf(n)}\0`;
      find.get(Buffer.from(from), Buffer.from(`${from}\xff`, 'latin1'));
    });
  }

  /** Every document decoded and looked at. */
  scan(count: number, look: (row: Message) => void): Promise<Measured> {
    const find = this.database.prepare('SELECT doc FROM c');
    return measure(count, 1, async () => {
      for (const row of find.iterate()) look(read(row));
    });
  }
}

const read = (row: Record<string, unknown> | undefined): Message =>
  BSON.deserialize(row?.doc instanceof Uint8Array ? row.doc : new Uint8Array()) as Message;

function keysOf(made: Message): Buffer[] {
  const stamp = Buffer.alloc(8);
  stamp.writeBigInt64BE(BigInt(made.ts.getTime()));
  return [
    Buffer.from(made.key),
    Buffer.from(`${made.from}\0`),
    Buffer.concat([Buffer.from(`${made.chatId}\0`), stamp]),
  ];
}
