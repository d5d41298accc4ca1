import { randomBytes } from 'node:crypto';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { equal } from '../bson/order.ts';
import { Refusal } from '../errors.ts';
import { type IndexSpec, parseIndex } from '../index/spec.ts';
import { Build } from './build.ts';
import { byName, Collection } from './collection.ts';
import { blob, type Disk, integer } from './disk.ts';
import type { StoredIndex } from './rows.ts';

const MAX_INDEXES = 64; // of one collection: MongoDB's limit
const MAX_NAMESPACE = 255; // bytes
const MAX_AT_ONCE = 2000; // rows of a table that is dropped at once: some milliseconds
const SWEEP = 50; // rows of a larger one removed between two looks at the clock

/** Which collections and indexes there are. The tables are the truth; this is what was read from them at the start. */
export class Catalog {
  private readonly disk: Disk;
  private readonly collections = new Map<string, Collection>();
  /** Of the next table. None comes again while the store runs: a reader of a dropped table never meets another one. */
  private nextId: number;

  constructor(disk: Disk) {
    this.disk = disk;
    this.read();
    this.nextId = Math.max(0, ...this.tables().map((name) => Number(name.slice(1)))) + 1;
    disk.onRollback(() => this.read());
  }

  /** Makes this what the tables say. What is still there stays the same object: cursors and plans hold on to it. */
  private read(): void {
    const known = new Map([...this.collections.values()].map((one) => [one.id, one]));
    this.collections.clear();
    for (const row of this.disk.all('SELECT id, db, name, uuid FROM collections')) {
      const about = { id: integer(row.id), db: String(row.db), name: String(row.name), uuid: blob(row.uuid) };
      const held = known.get(about.id);
      const one = held?.uuid.equals(about.uuid) ? held : new Collection(this.disk, about);
      this.collections.set(one.namespace, one);
      this.readIndexes(one);
      known.delete(about.id);
    }
    for (const lost of known.values()) lost.dropped = true;
    this.endLostBuilds();
  }

  /** Writes must not follow a build whose tables are gone, though it has not been told yet that its turn was taken back. */
  private endLostBuilds(): void {
    const tables = new Set(this.tables());
    for (const { builds } of this.collections.values()) {
      for (const build of builds) {
        if (build.indexes.every(({ table }) => tables.has(table))) continue;
        build.fail(aborted('its beginning was taken back'));
        builds.delete(build);
      }
    }
  }

  private readIndexes(collection: Collection): void {
    const [byId, ...others] = collection.indexes;
    const known = new Map(others.map((one) => [one.id, one]));
    const rows = this.disk.all(
      'SELECT id, definition, multikey FROM indexes WHERE collection = ? ORDER BY id',
      collection.id,
    );
    const read = rows.map((row) => {
      const made = stored(integer(row.id), parseIndex(decode(blob(row.definition))), row.multikey === 1);
      const held = known.get(made.id);
      if (!held || !equal(held.spec.definition, made.spec.definition)) return made;
      held.multikey = made.multikey;
      return held;
    });
    collection.indexes.splice(0, collection.indexes.length, ...(byId ? [byId] : []), ...read);
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
    const id = this.nextId++;
    this.disk.change(() => {
      this.disk.run('INSERT INTO collections (id, db, name, uuid) VALUES (?, ?, ?, ?)', id, db, name, uuid);
      const columns = 'rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL';
      this.disk.run(`CREATE TABLE c${id} (${columns})`);
    });
    const made = new Collection(this.disk, { id, db, name, uuid });
    this.collections.set(made.namespace, made);
    return made;
  }

  drop(collection: Collection): void {
    for (const build of collection.builds) build.fail(aborted('collection dropped'));
    this.disk.change(() => {
      this.disk.run('DELETE FROM indexes WHERE collection = ?', collection.id);
      this.disk.run('DELETE FROM collections WHERE id = ?', collection.id);
      for (const { table } of collection.indexes) this.dispose(table);
    });
    collection.dropped = true;
    this.collections.delete(collection.namespace);
  }

  dropIndex(collection: Collection, index: StoredIndex): void {
    this.disk.change(() => {
      this.disk.run('DELETE FROM indexes WHERE id = ?', index.id);
      this.dispose(index.table);
    });
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
  }

  /** Begins to build indexes; `complete` or `abandon` ends it. */
  begin(collection: Collection, specs: IndexSpec[]): Build {
    let count = collection.indexes.length + specs.length;
    for (const { indexes } of collection.builds) count += indexes.length;
    if (count > MAX_INDEXES) throw new Refusal(67, 'add index fails, too many indexes');
    const build = new Build(specs.map((spec) => stored(this.nextId++, spec, false)));
    const key = 'k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)';
    this.disk.change(() => {
      for (const { table } of build.indexes) this.disk.run(`CREATE TABLE ${table} (${key}) WITHOUT ROWID`);
    });
    collection.builds.add(build);
    return build;
  }

  /** Makes built indexes known, to the planner and to the next start. */
  complete(collection: Collection, build: Build): void {
    this.disk.change(() => {
      const sql = 'INSERT INTO indexes (id, collection, definition, multikey) VALUES (?, ?, ?, ?)';
      for (const { id, spec, multikey } of build.indexes) {
        this.disk.run(sql, id, collection.id, encode(spec.definition), Number(multikey));
      }
    });
    collection.builds.delete(build);
    collection.indexes.push(...build.indexes);
  }

  abandon(collection: Collection, build: Build): void {
    collection.builds.delete(build);
    this.disk.change(() => {
      for (const { table } of build.indexes) this.dispose(table);
    });
  }

  /** A large table is emptied in slices, by `sweep`: dropping it takes as long as there are pages to give back. */
  private dispose(table: string): void {
    if (!this.tables().includes(table)) return; // what made it was taken back
    if (!this.disk.get(`SELECT 1 FROM ${table} LIMIT 1 OFFSET ${MAX_AT_ONCE}`)) this.disk.run(`DROP TABLE ${table}`);
  }

  /** Removes the tables that belong to no collection and no index: what drops, failed builds and crashes left. */
  *sweep(isDue: () => boolean): Generator<undefined, void, undefined> {
    for (const table of this.tables()) {
      const key = table.startsWith('c') ? 'rid' : 'k, rid';
      // Asked anew after each pause: what belonged to a collection may be dropped by now, and gone.
      while (!this.owned().has(table) && this.tables().includes(table)) {
        this.disk.change(() =>
          this.disk.run(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} LIMIT ${SWEEP})`),
        );
        if (!this.disk.get(`SELECT 1 FROM ${table} LIMIT 1`)) {
          this.disk.change(() => this.disk.run(`DROP TABLE ${table}`));
          break;
        }
        if (isDue()) yield;
      }
    }
  }

  private tables(): string[] {
    const rows = this.disk.all("SELECT name FROM sqlite_schema WHERE type = 'table'");
    return rows.map(({ name }) => String(name)).filter((name) => /^[ci]\d+$/.test(name));
  }

  private owned(): Set<string> {
    const indexes = this.list().flatMap((one) => [
      ...one.indexes,
      ...[...one.builds].flatMap((build) => build.indexes),
    ]);
    return new Set(indexes.map(({ table }) => table));
  }
}

/** What a build ends with when somebody drops what it is for. */
export const aborted = (why: string) => new Refusal(276, `Index build failed: IndexBuildAborted: ${why}`);

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
