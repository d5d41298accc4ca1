import { randomBytes } from 'node:crypto';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { Refusal } from '../errors.ts';
import { type IndexSpec, parseIndex } from '../index/spec.ts';
import { byName, Collection } from './collection.ts';
import { blob, type Disk, integer } from './disk.ts';
import type { StoredIndex } from './rows.ts';

const MAX_INDEXES = 64; // of one collection: MongoDB's limit
const MAX_NAMESPACE = 255; // bytes

/** Which collections and indexes there are. The tables are the truth; this is what was read from them at the start. */
export class Catalog {
  private readonly disk: Disk;
  private readonly collections = new Map<string, Collection>();

  constructor(disk: Disk) {
    this.disk = disk;
    for (const row of disk.all('SELECT id, db, name, uuid FROM collections')) {
      const made = new Collection(disk, {
        id: integer(row.id),
        db: String(row.db),
        name: String(row.name),
        uuid: blob(row.uuid),
      });
      this.collections.set(made.namespace, made);
      for (const index of disk.all(
        'SELECT id, definition, multikey FROM indexes WHERE collection = ? ORDER BY id',
        made.id,
      )) {
        made.indexes.push(stored(integer(index.id), parseIndex(decode(blob(index.definition))), index.multikey === 1));
      }
    }
  }

  find(db: string, name: string): Collection | undefined {
    return this.collections.get(`${db}.${name}`);
  }

  list(db?: string): Collection[] {
    return [...this.collections.values()].filter((one) => db === undefined || one.db === db).sort(byName);
  }

  create(db: string, name: string): Collection {
    checkName(db, name);
    const uuid = randomBytes(16);
    const id = this.disk.change(() => {
      const sql = 'INSERT INTO collections (db, name, uuid) VALUES (?, ?, ?) RETURNING id';
      const made = integer(this.disk.get(sql, db, name, uuid)?.id);
      const columns = 'rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL';
      this.disk.run(`CREATE TABLE c${made} (${columns})`);
      return made;
    });
    const made = new Collection(this.disk, { id, db, name, uuid });
    this.collections.set(made.namespace, made);
    return made;
  }

  drop(collection: Collection): void {
    this.disk.change(() => {
      for (const index of collection.indexes.slice(1)) this.disk.run(`DROP TABLE ${index.table}`);
      this.disk.run(`DROP TABLE c${collection.id}`);
      this.disk.run('DELETE FROM indexes WHERE collection = ?', collection.id);
      this.disk.run('DELETE FROM collections WHERE id = ?', collection.id);
    });
    this.collections.delete(collection.namespace);
  }

  addIndex(collection: Collection, spec: IndexSpec, now: Date): void {
    if (collection.indexes.length >= MAX_INDEXES) throw new Refusal(67, 'add index fails, too many indexes');
    const index = this.disk.change(() => {
      const sql = 'INSERT INTO indexes (collection, definition, multikey) VALUES (?, ?, 0) RETURNING id';
      return stored(integer(this.disk.get(sql, collection.id, encode(spec.definition))?.id), spec, false);
    });
    try {
      collection.build(index, now);
    } catch (error) {
      this.disk.change(() => this.disk.run('DELETE FROM indexes WHERE id = ?', index.id));
      throw error;
    }
    collection.indexes.push(index);
  }

  dropIndex(collection: Collection, index: StoredIndex): void {
    this.disk.change(() => {
      this.disk.run(`DROP TABLE ${index.table}`);
      this.disk.run('DELETE FROM indexes WHERE id = ?', index.id);
    });
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
  }
}

const stored = (id: number, spec: IndexSpec, multikey: boolean): StoredIndex => ({
  id,
  spec,
  multikey,
  table: `i${id}`,
  column: 'k',
});

function checkName(db: string, name: string): void {
  const namespace = `${db}.${name}`;
  const wrong = name === '' || name.startsWith('system.') || name.startsWith('.') || /[$\0]/.test(name);
  if (wrong || db === '' || /[/\\. "$\0]/.test(db) || Buffer.byteLength(namespace) > MAX_NAMESPACE) {
    throw new Refusal(73, `Invalid namespace specified '${namespace}'`);
  }
}
