import { rounded, unpack } from '../bson/decimal.ts';
import { type Numeric, toDouble } from '../bson/number.ts';
import { Decimal, isDoc, isNumber, type Value } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';

/** 1 or -1, of a find's sort and of a `$sort` stage; everything else is refused with the server's codes. */
export function directionOf(way: Value): number {
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
