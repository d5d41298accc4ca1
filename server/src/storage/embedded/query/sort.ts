import { splitPath } from '../bson/path.ts';
import type { Doc } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';
import { compoundKeys, partKeys } from '../index/keygen.ts';
import type { IndexField } from '../index/spec.ts';
import { MAX_WORKING, ROW_OVERHEAD } from '../limits.ts';
import { directionOf } from './sort-direction.ts';

export type Sort = IndexField[];

const RUN = 1_000; // items sorted at once: about a millisecond
const TOP = 10_000; // items: up to this limit the rest is thrown away early, beyond it only when room is short

export function parseSort(spec: Doc): Sort {
  return [...spec].map(([name, way]) => {
    const direction = directionOf(way);
    const path = splitPath(name);
    if (path.some((part) => part === '' || part.startsWith('$'))) throw badValue(`FieldPath '${name}' is not valid`);
    return { name, path, descending: direction < 0 };
  });
}

/** Bytes that order documents as the sort asks. An array is placed by its smallest (descending: largest) element. */
export function sortKey(doc: Doc, sort: Sort): Buffer {
  const [only] = sort;
  if (only && sort.length === 1) return least(partKeys(doc, only));
  try {
    return least(compoundKeys('', sort, doc));
  } catch (error) {
    if (error instanceof Refusal && error.code === 171)
      throw badValue('cannot sort with keys that are parallel arrays');
    throw error;
  }
}

const least = (keys: Buffer[]): Buffer => keys.reduce((a, b) => (a.compare(b) <= 0 ? a : b));

interface Held<Item> {
  key: Buffer;
  item: Item;
  bytes: number;
}

/**
 * Collects items and gives them back in order. They are sorted in short runs as they come, and merged as they are taken:
 * neither adding one nor taking one takes long. With a limit no more than a few times as many as wanted are held.
 */
export class Sorter<Item> {
  private readonly sort: Sort;
  private readonly limit: number;
  private readonly most: number;
  private runs: Held<Item>[][] = [];
  private run: Held<Item>[] = [];
  private bytes = 0;

  /** `most`: bytes that may be held; beyond it `add` throws 292. */
  constructor(sort: Sort, limit = Number.POSITIVE_INFINITY, most = MAX_WORKING) {
    this.sort = sort;
    this.limit = limit;
    this.most = most;
  }

  /** `size`: bytes that the item takes while it is held. */
  add(doc: Doc, item: Item, size: number): void {
    const key = sortKey(doc, this.sort);
    const bytes = key.length + size + ROW_OVERHEAD;
    this.run.push({ key, item, bytes });
    this.bytes += bytes;
    if (this.run.length >= RUN) this.endRun();
    if (this.bytes > this.most) this.shorten();
  }

  /** The items in order, not more than the limit; those of equal keys as they came. */
  *finish(): Generator<Item, void, undefined> {
    this.endRun();
    let left = this.limit;
    for (const { item } of merge(this.runs)) {
      if (left-- <= 0) return;
      yield item;
    }
  }

  private endRun(): void {
    if (this.run.length === 0) return;
    this.run.sort((a, b) => a.key.compare(b.key)); // stable
    this.runs.push(this.run);
    this.run = [];
    if (this.limit > TOP) return;
    const count = this.runs.reduce((sum, { length }) => sum + length, 0);
    if (count > 2 * this.limit + RUN) this.cut(); // what lies beyond the limit will not be asked for
  }

  /** Makes one run of all, as long as the limit. */
  private cut(): void {
    const kept: Held<Item>[] = [];
    for (const one of merge(this.runs)) {
      if (kept.length >= this.limit) break;
      kept.push(one);
    }
    this.runs = [kept];
    this.bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private shorten(): void {
    this.endRun();
    if (Number.isFinite(this.limit)) this.cut();
    if (this.bytes > this.most) throw new Refusal(292, `Sort exceeded memory limit of ${this.most} bytes`);
  }
}

/** Takes from the run whose next key is the smallest, among equal ones from the earliest. */
function* merge<Item>(runs: Held<Item>[][]): Generator<Held<Item>, void, undefined> {
  const heap: Place<Item>[] = runs.flatMap((run, order) => (run[0] ? [{ run, order, at: 0, next: run[0] }] : []));
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i);
  for (let top = heap[0]; top; top = heap[0]) {
    yield top.next;
    const next = top.run[++top.at];
    if (next) top.next = next;
    else {
      const last = heap.pop();
      if (last && last !== top) heap[0] = last;
    }
    sink(heap, 0);
  }
}

interface Place<Item> {
  run: Held<Item>[];
  order: number;
  at: number;
  next: Held<Item>;
}

const before = <Item>(a: Place<Item>, b: Place<Item>): boolean =>
  (a.next.key.compare(b.next.key) || a.order - b.order) < 0;

function sink<Item>(heap: Place<Item>[], from: number): void {
  for (let at = from; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      const [one, best] = [heap[child], heap[least]];
      if (one && best && before(one, best)) least = child;
    }
    const [parent, child] = [heap[at], heap[least]];
    if (least === at || !parent || !child) return;
    heap[at] = child;
    heap[least] = parent;
    at = least;
  }
}
