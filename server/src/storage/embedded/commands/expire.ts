import { DateTime, doc } from '../bson/value.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredIndex } from '../store/rows.ts';
import type { Engine } from './engine.ts';
import { plainQuery } from './find.ts';
import { targets } from './write.ts';

const MAX_PER_PASS = 1000; // documents of one index: a pass must not keep the clients waiting

/** Removes what the TTL indexes say has expired; tells how many documents that were. */
export function expire(engine: Engine): number {
  let removed = 0;
  for (const collection of engine.catalog.list()) {
    for (const index of collection.indexes) removed += expireBy(collection, index, engine.clock.now());
  }
  return removed;
}

function expireBy(collection: Collection, { spec }: StoredIndex, now: Date): number {
  const [field] = spec.fields;
  if (spec.expireAfterSeconds === null || !field) return 0;
  const before = new DateTime(BigInt(now.getTime() - spec.expireAfterSeconds * 1000));
  const filter = doc({ [field.name]: doc({ $lte: before }), ...(spec.partial ? { $and: [spec.partial] } : {}) });
  let removed = 0;
  for (const { rid, doc: expired } of targets(collection, { ...plainQuery(filter, now), limit: MAX_PER_PASS }, true)) {
    collection.remove(rid, expired, now);
    removed++;
  }
  return removed;
}
