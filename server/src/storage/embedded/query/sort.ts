import { toDouble } from '../bson/number.ts';
import { splitPath } from '../bson/path.ts';
import { type Doc, isNumber } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';
import { partKeys } from '../index/keygen.ts';
import type { IndexField } from '../index/spec.ts';

export type Sort = IndexField[];

const MAX_BYTES = 100 * 1024 * 1024; // MongoDB's own limit for a sort in memory

export function parseSort(spec: Doc): Sort {
  return [...spec].map(([name, way]) => {
    const direction = isNumber(way) ? toDouble(way) : 0;
    if (direction !== 1 && direction !== -1) throw badValue(`Illegal key in $sort specification: ${name}`);
    const path = splitPath(name);
    if (path.some((part) => part === '' || part.startsWith('$'))) throw badValue(`FieldPath '${name}' is not valid`);
    return { name, path, descending: direction < 0 };
  });
}

/** Bytes that order documents as the sort asks. An array is placed by its smallest (descending: largest) element. */
export function sortKey(doc: Doc, sort: Sort): Buffer {
  return Buffer.concat(sort.map((field) => partKeys(doc, field).reduce((a, b) => (a.compare(b) <= 0 ? a : b))));
}

/** Collects items and gives them back in order; with a limit it holds at most about twice as many as wanted. */
export class Sorter<Item> {
  private readonly sort: Sort;
  private readonly limit: number;
  private held: { key: Buffer; item: Item; bytes: number }[] = [];
  private bytes = 0;

  constructor(sort: Sort, limit = Number.POSITIVE_INFINITY) {
    this.sort = sort;
    this.limit = limit;
  }

  add(doc: Doc, item: Item, size: number): void {
    const key = sortKey(doc, this.sort);
    const bytes = key.length + size;
    this.held.push({ key, item, bytes });
    this.bytes += bytes;
    if (this.held.length > 2 * this.limit + 100) this.trim();
    if (this.bytes <= MAX_BYTES) return;
    this.trim();
    if (this.bytes > MAX_BYTES) throw new Refusal(292, 'Sort exceeded memory limit of 104857600 bytes');
  }

  private trim(): void {
    this.held.sort((a, b) => a.key.compare(b.key)); // stable: equal keys keep the order in which they came
    if (this.held.length > this.limit) this.held.length = this.limit;
    this.bytes = this.held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  finish(): Item[] {
    this.trim();
    return this.held.map(({ item }) => item);
  }
}
