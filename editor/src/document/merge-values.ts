import { canonicalJson, isObject } from '@parley/runtime';

export type MergePath = readonly (string | number)[];
export type MergeSide = 'mine' | 'theirs';

/** A place that two people set to different things. `undefined` is a thing that is not there. */
export interface ValueClash {
  path: MergePath;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/** Says who wins where both changed the same thing; whoever asks people notes the clash here. */
export type Decide = (clash: ValueClash) => MergeSide;

interface Three {
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/**
 * Puts together what two people made of one value: objects key by key, lists item by item where the items have ids of
 * their own or stand in rows of one length. `decide` is asked only where both changed the same thing to something else.
 */
export function mergeValues({ base, mine, theirs }: Three, decide: Decide, path: MergePath = []): unknown {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs) && (base === undefined || isObject(base)))
    return mergeObjects({ base: base ?? {}, mine, theirs }, decide, path);
  const lists = listsOf({ base, mine, theirs });
  if (lists) return mergeLists(lists, decide, path);
  return decide({ path, base, mine, theirs }) === 'mine' ? mine : theirs;
}

type Objects = Record<'base' | 'mine' | 'theirs', Record<string, unknown>>;

function mergeObjects({ base, mine, theirs }: Objects, decide: Decide, path: MergePath): Record<string, unknown> {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base)]);
  const merged = [...keys].map((key): [string, unknown] => [
    key,
    mergeValues({ base: base[key], mine: mine[key], theirs: theirs[key] }, decide, [...path, key]),
  ]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

type Lists = Record<'base' | 'mine' | 'theirs', readonly unknown[]>;

function listsOf({ base = [], mine, theirs }: Three): Lists | null {
  if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return null;
  const all = [base, mine, theirs];
  const areRows = all.every((list) => list.length === base.length && list.every(isObject));
  return areRows || all.every((list) => idsOf(list) !== null) ? { base, mine, theirs } : null;
}

function mergeLists({ base, mine, theirs }: Lists, decide: Decide, path: MergePath): unknown[] {
  const [old, our, their] = [idsOf(base), idsOf(mine), idsOf(theirs)];
  if (!old || !our || !their)
    return mine.map((item, at) =>
      mergeValues({ base: base[at], mine: item, theirs: theirs[at] }, decide, [...path, at]),
    );
  const [olds, ours, others] = [base, mine, theirs].map(byId) as [Items, Items, Items];
  return mergeOrder(old, our, their).flatMap((id) => {
    const three = { base: olds.get(id), mine: ours.get(id), theirs: others.get(id) };
    const place = our.includes(id) ? our.indexOf(id) : their.indexOf(id);
    const item = mergeValues(three, decide, [...path, place < 0 ? id : place]);
    return item === undefined ? [] : [item];
  });
}

/** All names of two lists: in the order of whoever moved something, with the other's new ones behind what they stood behind. */
export function mergeOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = base.filter((id) => mine.includes(id));
  const isMoved = !isSame(
    kept,
    mine.filter((id) => base.includes(id)),
  );
  const [order, others] = isMoved ? [[...mine], theirs] : [[...theirs], mine];
  const known = new Set(order);
  others.forEach((id, at) => {
    if (known.has(id)) return;
    known.add(id);
    order.splice(order.indexOf(others[at - 1] ?? '') + 1 || order.length, 0, id);
  });
  return order;
}

type Items = ReadonlyMap<string, unknown>;

const byId = (list: readonly unknown[]): Items =>
  new Map(list.map((item) => [isObject(item) ? String(item.id) : '', item]));

/** Null where not every item has an id of its own. */
function idsOf(list: readonly unknown[]): string[] | null {
  const ids = list.map((item) => (isObject(item) && typeof item.id === 'string' ? item.id : null));
  const named = ids.filter((id) => id !== null);
  return new Set(named).size === list.length ? named : null;
}

export const isSame = (one: unknown, other: unknown): boolean =>
  one === other || canonicalJson(one ?? null) === canonicalJson(other ?? null);
