import { isDoc, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { fieldPath } from '../query/field-path.ts';
import type { Sort } from '../query/sort.ts';
import { directionOf } from '../query/sort-direction.ts';

const MAX_KEYS = 32; // MongoDB's limit for the fields of one sort

/** Reads a `$sort` stage. Its codes are its own; the `sort` of a find answers with others. */
export function parseSortStage(spec: Value): Sort {
  if (!isDoc(spec)) throw new Refusal(15973, 'the $sort key specification must be an object');
  if (spec.size === 0) throw new Refusal(15976, '$sort stage must have at least one sort key');
  const sort = [...spec].map(([name, way]) => {
    const descending = directionOf(way) < 0;
    return { name, path: fieldPath(name), descending };
  });
  if (sort.length > MAX_KEYS) throw new Refusal(13103, `too many compound keys: ${sort.length}`);
  return sort;
}
