import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { keyOf } from '../bson/key.ts';
import { compareStrings, equal } from '../bson/order.ts';
import { show } from '../bson/show.ts';
import { type Doc, doc, type Value } from '../bson/value.ts';
import { Refusal, tooLarge } from '../errors.ts';
import { type IndexKeys, keysOf, keyValues } from '../index/keygen.ts';
import { type Plan, planQuery } from '../index/plan.ts';
import { ID_INDEX, type IndexSpec } from '../index/spec.ts';
import type { Sort } from '../query/sort.ts';
import { blob, type Disk, integer } from './disk.ts';
import type { StoredIndex, StoredRow } from './rows.ts';
import { scan } from './scan.ts';

const MAX_DOCUMENT = 16 * 1024 * 1024; // bytes: MongoDB's limit

/** One collection's documents and keys. Every method either does all of its work or throws before the first write. */
export class Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly uuid: Buffer;
  readonly indexes: StoredIndex[];
  private readonly disk: Disk;
  private readonly table: string;

  constructor(disk: Disk, about: { id: number; db: string; name: string; uuid: Buffer }) {
    this.disk = disk;
    this.id = about.id;
    this.db = about.db;
    this.name = about.name;
    this.uuid = about.uuid;
    this.table = `c${about.id}`;
    this.indexes = [{ id: 0, spec: ID_INDEX, multikey: false, table: this.table, column: 'id' }];
  }

  get namespace(): string {
    return `${this.db}.${this.name}`;
  }

  plan(filter: Doc, sort: Sort): Plan<StoredIndex> {
    return planQuery(this.indexes, filter, sort);
  }

  scan(plan: Plan<StoredIndex>): Generator<StoredRow> {
    return scan(this.disk, this.table, plan);
  }

  load(rid: number): Buffer | null {
    const row = this.disk.get(`SELECT doc FROM ${this.table} WHERE rid = ?`, rid);
    return row ? blob(row.doc) : null;
  }

  count(): number {
    return integer(this.disk.get(`SELECT count(*) AS n FROM ${this.table}`)?.n);
  }

  insert(made: Doc, now: Date): void {
    const raw = encoded(made);
    const id = keyOf(made.get('_id') ?? null);
    if (this.disk.get(`SELECT rid FROM ${this.table} WHERE id = ?`, id)) throw this.duplicate(ID_INDEX, made, id);
    const keys = this.keysFor(made, now);
    for (const { index, wanted } of keys) this.checkUnique(index, wanted.keys, made, -1);
    this.disk.change(() => {
      const row = this.disk.get(`INSERT INTO ${this.table} (id, doc) VALUES (?, ?) RETURNING rid`, id, raw);
      const rid = integer(row?.rid);
      for (const { index, wanted } of keys) this.addKeys(index, wanted, rid);
    });
  }

  /** Puts `after` in the place of `before`. False when not a byte differs. */
  replace(rid: number, raw: Buffer, before: Doc, after: Doc, now: Date): boolean {
    const bytes = encoded(after);
    if (bytes.equals(raw)) return false;
    if (!equal(before.get('_id') ?? null, after.get('_id') ?? null)) throw new Error('_id may not change');
    const held = new Map(this.keysFor(before, now).map(({ index, wanted }) => [index, wanted.keys]));
    const changes = this.keysFor(after, now).map(({ index, wanted }) => {
      const old = held.get(index) ?? [];
      return { index, multikey: wanted.multikey, gone: without(old, wanted.keys), keys: without(wanted.keys, old) };
    });
    for (const { index, keys } of changes) this.checkUnique(index, keys, after, rid);
    this.disk.change(() => {
      this.disk.run(`UPDATE ${this.table} SET doc = ? WHERE rid = ?`, bytes, rid);
      for (const { index, multikey, gone, keys } of changes) {
        this.dropKeys(index, gone, rid);
        this.addKeys(index, { keys, multikey }, rid);
      }
    });
    return true;
  }

  remove(rid: number, from: Doc, now: Date): void {
    const keys = this.keysFor(from, now);
    this.disk.change(() => {
      this.disk.run(`DELETE FROM ${this.table} WHERE rid = ?`, rid);
      for (const { index, wanted } of keys) this.dropKeys(index, wanted.keys, rid);
    });
  }

  /** Fills a new index from the documents; a duplicate or parallel arrays leave nothing behind. */
  build(index: StoredIndex, now: Date): void {
    this.disk.change(() => {
      this.disk.run('SAVEPOINT build');
      try {
        this.fill(index, now);
      } catch (error) {
        this.disk.run('ROLLBACK TO build');
        throw error;
      } finally {
        this.disk.run('RELEASE build');
      }
    });
  }

  private fill(index: StoredIndex, now: Date): void {
    const key = 'k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)';
    this.disk.run(`CREATE TABLE ${index.table} (${key}) WITHOUT ROWID`);
    for (const { rid, raw } of this.scan({ kind: 'everything' })) {
      const from = decode(raw);
      const wanted = keysOf(index.spec, from, now);
      this.checkUnique(index, wanted.keys, from, rid);
      this.addKeys(index, wanted, rid);
    }
  }

  private keysFor(from: Doc, now: Date): { index: StoredIndex; wanted: IndexKeys }[] {
    return this.indexes.slice(1).map((index) => ({ index, wanted: keysOf(index.spec, from, now) }));
  }

  private checkUnique(index: StoredIndex, keys: Buffer[], from: Doc, rid: number): void {
    if (!index.spec.unique) return;
    for (const key of keys) {
      const other = this.disk.get(`SELECT rid FROM ${index.table} WHERE k = ? AND rid <> ? LIMIT 1`, key, rid);
      if (other) throw this.duplicate(index.spec, from, key);
    }
  }

  private addKeys(index: StoredIndex, { keys, multikey }: IndexKeys, rid: number): void {
    for (const key of keys) this.disk.run(`INSERT INTO ${index.table} (k, rid) VALUES (?, ?)`, key, rid);
    if (!multikey || index.multikey) return;
    index.multikey = true;
    this.disk.run('UPDATE indexes SET multikey = 1 WHERE id = ?', index.id);
  }

  private dropKeys(index: StoredIndex, keys: Buffer[], rid: number): void {
    for (const key of keys) this.disk.run(`DELETE FROM ${index.table} WHERE k = ? AND rid = ?`, key, rid);
  }

  private duplicate(spec: IndexSpec, from: Doc, key: Buffer): Refusal {
    const keyPattern: Value = spec.definition.get('key') ?? null;
    const keyValue = keyValues(spec, from, key);
    const text = `E11000 duplicate key error collection: ${this.namespace} index: ${spec.name} dup key: ${show(keyValue)}`;
    return new Refusal(11000, text, doc({ keyPattern, keyValue }));
  }
}

export const byName = (a: Collection, b: Collection): number => compareStrings(a.name, b.name);

function encoded(made: Doc): Buffer {
  const raw = encode(made);
  if (raw.length > MAX_DOCUMENT) throw tooLarge(raw.length);
  return raw;
}

function without(keys: Buffer[], others: Buffer[]): Buffer[] {
  return keys.filter((key) => !others.some((other) => other.equals(key)));
}
