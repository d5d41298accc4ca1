import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { decode } from '../bson/decode.ts';
import { StoreDamaged } from './damage.ts';
import { blob } from './disk.ts';

const QUICK_CHECK_UP_TO = 512 * 1024 * 1024; // bytes; 0.4 s from the system's cache, some seconds from a slow disk
const MAX_FINDINGS = 5; // enough to see what it is; `store check` names all

/**
 * Refuses a damaged file before anybody is served from it. Always: the catalog can be read and both ends of every table.
 * After a process that did not end in order also the structure of every page, unless that would take too long; damage
 * inside a larger file is met when it is read, and answered then. Throws StoreDamaged.
 */
export function checkAtStart(database: DatabaseSync, file: string, unclean: boolean): void {
  const owners = readCatalog(database, file);
  const tables = new Set(tableNames(database));
  for (const [table, owner] of owners) {
    if (!tables.has(table)) throw new StoreDamaged(file, `${owner}: its table ${table} is missing`);
    readEnds(database, file, table, owner);
  }
  if (unclean && statSync(file).size <= QUICK_CHECK_UP_TO) quickCheck(database, file, owners);
}

/** Whose data each table holds, in words. */
function readCatalog(database: DatabaseSync, file: string): Map<string, string> {
  const owners = new Map<string, string>();
  const names = new Map<unknown, string>();
  for (const { id, db, name } of within(file, 'the list of collections', () => rows(database, 'collections'))) {
    names.set(id, `${db}.${name}`);
    owners.set(`c${id}`, `collection ${db}.${name}`);
  }
  for (const { id, collection, definition } of within(file, 'the list of indexes', () => rows(database, 'indexes'))) {
    const owner = names.get(collection);
    if (owner === undefined) throw new StoreDamaged(file, `the list of indexes: index ${id} belongs to no collection`);
    const name = within(file, `the list of indexes, of ${owner}`, () => decode(blob(definition)).get('name'));
    owners.set(`i${id}`, `index ${name} of collection ${owner}`);
  }
  return owners;
}

const rows = (database: DatabaseSync, table: string) => database.prepare(`SELECT * FROM ${table}`).all();

const tableNames = (database: DatabaseSync): string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));

function readEnds(database: DatabaseSync, file: string, table: string, owner: string): void {
  const key = table.startsWith('c') ? 'rid' : 'k';
  within(file, `${owner} (table ${table})`, () => {
    for (const way of ['ASC', 'DESC']) database.prepare(`SELECT * FROM ${table} ORDER BY ${key} ${way} LIMIT 1`).get();
  });
}

function within<Result>(file: string, place: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreDamaged(file, `${place}: ${why}`, error);
  }
}

/** Table by table: SQLite names a tree by a number, people know it by its collection. */
function quickCheck(database: DatabaseSync, file: string, owners: Map<string, string>): void {
  for (const table of tableNames(database)) {
    const place = owners.get(table) ?? `table ${table}`;
    const found = within(file, place, () => database.prepare(`PRAGMA quick_check(${table})`).all());
    const said = found.map(({ quick_check: finding }) => String(finding)).filter((finding) => finding !== 'ok');
    if (said.length > 0) throw new StoreDamaged(file, `${place}: ${said.slice(0, MAX_FINDINGS).join('; ')}`);
  }
}
