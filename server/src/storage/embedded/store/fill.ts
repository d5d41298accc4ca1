import { keysOf } from '../index/keygen.ts';
import type { Build } from './build.ts';
import type { Collection } from './collection.ts';
import { decodeStored } from './stored.ts';

const CHUNK = 100; // rows read at once

/** Fills the indexes of a build in slices: each `yield` may let others write. */
export function* fill(
  collection: Collection,
  build: Build,
  now: Date,
  isDue: () => boolean,
): Generator<undefined, void, undefined> {
  for (;;) {
    const rows = collection.rowsAfter(build.place, CHUNK);
    if (rows.length === 0) return;
    for (const { rid, raw } of rows) {
      const from = decodeStored(raw);
      for (const index of build.indexes) collection.index(index, keysOf(index.spec, from, now), from, rid);
      build.place = rid;
      if (!isDue()) continue;
      yield;
      build.check();
      break; // others may have changed the rows that were read
    }
  }
}
