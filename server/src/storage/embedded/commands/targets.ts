import type { Collection } from '../store/collection.ts';
import { decodeStored } from '../store/stored.ts';
import { type Match, matching, type Query } from './find.ts';
import type { Pace, Work } from './turns.ts';

/** A document that a write is about to change, as it is now. */
export interface Target extends Match {
  collection: Collection;
}

const TRIES = 3; // searches whose find others changed meanwhile; the next one does not give way, so it is the last

/**
 * Changes the first match, or every one. A search that takes long gives way to others; the filter is asked again about
 * a document that may have changed since it was found, in the slice in which it is changed. With `multi` all places are
 * found before the first is changed: a change may move a document in the index walked.
 */
export function* changeMatches(
  collection: Collection | undefined,
  query: Query,
  multi: boolean,
  pace: Pace,
  change: (target: Target) => void,
): Work<void> {
  if (!collection) return;
  if (!multi) {
    const target = yield* firstTarget(collection, query, pace);
    if (target) change(target);
    return;
  }
  const before = pace.rests;
  const places = new Set<number>(); // others may move a document ahead of the search, which then finds it again
  for (const match of matching(collection, query)) {
    if (match) places.add(match.rid);
    if (pace.isDue()) yield;
  }
  for (const rid of places) {
    const target = targetAt(collection, query, rid, pace.rests !== before);
    if (target) change(target);
    if (pace.isDue()) yield;
  }
}

/** The first match in the query's order, as it is in the slice in which it is given. */
export function* firstTarget(collection: Collection | undefined, query: Query, pace: Pace): Work<Target | undefined> {
  if (!collection) return undefined;
  // A sort in memory keeps only the best one: if that is gone, the search begins anew.
  const limit = query.sort.length > 0 ? 1 : 0;
  for (let tries = 0; ; tries++) {
    let stale = false;
    const before = pace.rests;
    for (const match of matching(collection, { ...query, limit })) {
      if (match) {
        const { rid, raw, doc } = match;
        const fresh = pace.rests === before;
        const target = fresh ? { collection, rid, raw, doc } : targetAt(collection, query, rid, true);
        if (target) return target;
        stale = true;
      }
      if (tries < TRIES && pace.isDue()) yield;
    }
    if (!stale || limit === 0) return undefined;
  }
}

/** What is at a place now; nothing if it does not match any more. */
function targetAt(collection: Collection, query: Query, rid: number, ask: boolean): Target | undefined {
  const raw = collection.load(rid);
  if (!raw) return undefined;
  const doc = decodeStored(raw);
  return ask && !query.matches(doc, query.now) ? undefined : { collection, rid, raw, doc };
}
