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
import type { Build } from './build.ts';
import { blob, type Disk, integer } from './disk.ts';
import type { StoredIndex, StoredRow } from './rows.ts';
import { scan } from './scan.ts';

const MAX_DOCUMENT = 16 * 1024 * 1024; // bytes: MongoDB's limit
const MAX_LEVELS = 180; // MongoDB's limit: replies, and what is remembered of them, put some levels around a document

/** One collection's documents and keys. Every method either does all of its work or throws before the first write. */
export class Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly uuid: Buffer;
  /** The complete ones; the first is that of `_id`. */
  readonly indexes: StoredIndex[];
  readonly builds = new Set<Build>();
  /** Whoever still reads from it has to stop. */
  dropped = false;
  /** Counts the changes of documents, so that readers know when what they read ahead is old. */
  private version = 0;
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

  /** The candidates of a plan. `key` is called for each entry of an index that is read on the way. */
  scan(plan: Plan<StoredIndex>, key = () => {}): Generator<StoredRow> {
    return scan(this.disk, this.table, plan, {
      check: (index) => this.check(index),
      version: () => (this.dropped ? -1 : this.version),
      key,
    });
  }

  /** Throws QueryPlanKilled when what a reader walks along is no longer there. */
  private check(index?: StoredIndex): void {
    if (this.dropped) throw new Refusal(175, `collection dropped. UUID ${this.uuid.toString('hex')}`);
    if (index && !this.indexes.includes(index)) throw new Refusal(175, `index '${index.spec.name}' dropped`);
  }

  load(rid: number): Buffer | null {
    this.check();
    const row = this.disk.get(`SELECT doc FROM ${this.table} WHERE rid = ?`, rid);
    return row ? blob(row.doc) : null;
  }

  count(): number {
    return integer(this.disk.get(`SELECT count(*) AS n FROM ${this.table}`)?.n);
  }

  /** The next documents by place, for whoever walks through all of them in slices. */
  rowsAfter(place: number, count: number): StoredRow[] {
    const rows = this.disk.all(`SELECT rid, doc FROM ${this.table} WHERE rid > ? ORDER BY rid LIMIT ?`, place, count);
    return rows.map((row) => ({ rid: integer(row.rid), raw: blob(row.doc) }));
  }

  insert(made: Doc, now: Date): void {
    const raw = encoded(made);
    const id = keyOf(made.get('_id') ?? null);
    if (this.disk.get(`SELECT rid FROM ${this.table} WHERE id = ?`, id)) throw this.duplicate(ID_INDEX, made, id);
    const changes = keyChanges(this.indexes.slice(1), null, made, now);
    for (const { index, keys } of changes) this.checkUnique(index, keys, made, -1);
    this.disk.change(() => {
      this.version++;
      const row = this.disk.get(`INSERT INTO ${this.table} (id, doc) VALUES (?, ?) RETURNING rid`, id, raw);
      const rid = integer(row?.rid);
      this.changeKeys(changes, rid);
      this.followBuilds(rid, null, made, now);
    });
  }

  /** Puts `after` in the place of `before`. False when not a byte differs. */
  replace(rid: number, raw: Buffer, before: Doc, after: Doc, now: Date): boolean {
    const bytes = encoded(after);
    if (bytes.equals(raw)) return false;
    if (!equal(before.get('_id') ?? null, after.get('_id') ?? null)) throw new Error('_id may not change');
    const changes = keyChanges(this.indexes.slice(1), before, after, now);
    for (const { index, keys } of changes) this.checkUnique(index, keys, after, rid);
    this.disk.change(() => {
      this.version++;
      this.disk.run(`UPDATE ${this.table} SET doc = ? WHERE rid = ?`, bytes, rid);
      this.changeKeys(changes, rid);
      this.followBuilds(rid, before, after, now);
    });
    return true;
  }

  remove(rid: number, from: Doc, now: Date): void {
    const changes = keyChanges(this.indexes.slice(1), from, null, now);
    this.disk.change(() => {
      this.version++;
      this.disk.run(`DELETE FROM ${this.table} WHERE rid = ?`, rid);
      this.changeKeys(changes, rid);
      this.followBuilds(rid, from, null, now);
    });
  }

  /** Puts one document into an index that is being built. Throws what a write of the document would be refused with. */
  index(index: StoredIndex, wanted: IndexKeys, from: Doc, rid: number): void {
    this.checkUnique(index, wanted.keys, from, rid);
    this.disk.change(() => this.addKeys(index, wanted, rid));
  }

  /** Keeps the indexes that are being built right. What they cannot take ends the build, not the write. */
  private followBuilds(rid: number, before: Doc | null, after: Doc | null, now: Date): void {
    for (const build of this.builds) {
      if (rid > build.place) continue;
      try {
        const changes = keyChanges(build.indexes, before, after, now);
        if (after) for (const { index, keys } of changes) this.checkUnique(index, keys, after, rid);
        this.changeKeys(changes, rid);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        build.fail(error);
      }
    }
  }

  private changeKeys(changes: KeyChange[], rid: number): void {
    for (const { index, multikey, gone, keys } of changes) {
      this.dropKeys(index, gone, rid);
      this.addKeys(index, { keys, multikey }, rid);
    }
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
  const raw = encode(made, MAX_LEVELS);
  if (raw.length > MAX_DOCUMENT) throw tooLarge(raw.length);
  return raw;
}

/** What a change of a document means for one index. */
interface KeyChange {
  index: StoredIndex;
  multikey: boolean;
  gone: Buffer[];
  keys: Buffer[];
}

const NO_KEYS: IndexKeys = { keys: [], multikey: false };

const keyChanges = (indexes: StoredIndex[], before: Doc | null, after: Doc | null, now: Date): KeyChange[] =>
  indexes.map((index) => {
    const old = before ? keysOf(index.spec, before, now) : NO_KEYS;
    const wanted = after ? keysOf(index.spec, after, now) : NO_KEYS;
    const [gone, keys] = [without(old.keys, wanted.keys), without(wanted.keys, old.keys)];
    return { index, multikey: wanted.multikey, gone, keys };
  });

function without(keys: Buffer[], others: Buffer[]): Buffer[] {
  if (others.length === 0) return keys;
  const [only] = others;
  if (only && others.length === 1) return keys.filter((key) => !key.equals(only));
  const known = new Set(others.map((other) => other.toString('latin1'))); // a long array has thousands of keys
  return keys.filter((key) => !known.has(key.toString('latin1')));
}
