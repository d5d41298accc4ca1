import { rounded, unpack } from '../bson/decimal.ts';
import { type Numeric, toDouble } from '../bson/number.ts';
import { Decimal, isDoc, isNumber, type Value } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';
import { fieldPath } from '../query/field-path.ts';
import type { Sort } from '../query/sort.ts';

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

function directionOf(way: Value): number {
  if (isDoc(way)) {
    if (way.has('$meta')) throw badValue('a $sort by $meta is not supported by this store');
    throw new Refusal(17312, '$meta is the only expression supported by $sort right now');
  }
  if (!isNumber(way)) throw new Refusal(15974, 'Illegal key in $sort specification');
  const direction = toInt(way);
  if (direction === 1 || direction === -1) return direction;
  throw new Refusal(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
}

/** As MongoDB casts it: a double loses its fraction, a decimal is rounded. */
function toInt(value: Numeric): number {
  if (value instanceof Decimal) return Number(rounded(unpack(value)) ?? Number.NaN);
  return Math.trunc(toDouble(value));
}
