import { DateTime, doc } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredIndex } from '../store/rows.ts';
import type { Engine } from './engine.ts';
import { plainQuery } from './find.ts';
import { changeMatches } from './targets.ts';
import { INTERRUPTED, inSlices, Pace, type Work } from './turns.ts';

/** Removes what the TTL indexes say has expired, in slices; tells how many documents that were. Forgets old sessions. */
export async function expire(engine: Engine): Promise<number> {
  const now = engine.clock.now();
  engine.retries.expire(now);
  const pace = new Pace(engine.turns);
  let removed = 0;
  for (const collection of engine.catalog.list()) {
    for (const index of [...collection.indexes]) {
      const work = expireBy(collection, index, now, pace, () => removed++);
      await inSlices(pace, work).catch(unlessRefused);
    }
  }
  return removed;
}

/** A collection dropped meanwhile, or one document that cannot be read: the others expire all the same. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal) || error.code === INTERRUPTED) throw error;
}

function* expireBy(
  collection: Collection,
  { spec }: StoredIndex,
  now: Date,
  pace: Pace,
  onRemoved: () => void,
): Work<void> {
  const [field] = spec.fields;
  if (spec.expireAfterSeconds === null || !field) return;
  const before = new DateTime(BigInt(now.getTime() - spec.expireAfterSeconds * 1000));
  const filter = doc({ [field.name]: doc({ $lte: before }), ...(spec.partial ? { $and: [spec.partial] } : {}) });
  yield* changeMatches(collection, plainQuery(filter, now), true, pace, (target) => {
    collection.remove(target.rid, target.doc, now);
    onRemoved();
  });
}
