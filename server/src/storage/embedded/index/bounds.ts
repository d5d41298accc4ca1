import { after, invert, keyOf } from '../bson/key.ts';
import { RANK, rank } from '../bson/order.ts';
import { Pattern, type Value } from '../bson/value.ts';
import type { Clause } from '../query/clauses.ts';
import { literalPrefix } from '../query/regex.ts';
import { typeCodes } from '../query/type-list.ts';

/** Keys from `low` on and below `high`; null: without end. */
export interface Range {
  low: Buffer;
  high: Buffer | null;
}

/** What a clause says about one field of an index: certain values, or ranges of them. */
export type Bound = { kind: 'points'; keys: Buffer[] } | { kind: 'ranges'; ranges: Range[] };

const MAX_POINTS = 10_000; // values of $in whose keys are made and sorted: some ten milliseconds

const RANK_OF_TYPE = new Map([
  [1, RANK.number],
  [2, RANK.string],
  [3, RANK.object],
  [5, RANK.binary],
  [7, RANK.objectId],
  [8, RANK.boolean],
  [9, RANK.date],
  [11, RANK.regex],
  [16, RANK.number],
  [17, RANK.timestamp],
  [18, RANK.number],
  [19, RANK.number],
]);

/** The bound in ascending key bytes, or null when the clause does not bound an index. Never narrower than the clause. */
export function boundOf({ operator, operand }: Clause): Bound | null {
  switch (operator) {
    case '$eq':
      return pointable(operand) ? { kind: 'points', keys: [keyOf(operand)] } : null;
    case '$in':
      if (!Array.isArray(operand) || operand.length === 0 || operand.length > MAX_POINTS) return null;
      if (!operand.every(pointable)) return null;
      return { kind: 'points', keys: sortedKeys(operand) };
    case '$all': {
      const [first] = Array.isArray(operand) ? operand : [];
      if (first === undefined || !pointable(first) || rank(first) === RANK.object) return null;
      return { kind: 'points', keys: [keyOf(first)] };
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparison(operator, operand);
    case '$type':
      return typeBound(operand);
    case '$regex':
      return prefixBound(operand);
    default:
      return null;
  }
}

/** Arrays are kept element by element, so an array to be equal to has no single key. */
const pointable = (value: Value): boolean => !Array.isArray(value) && !(value instanceof Pattern);

const sortedKeys = (values: Value[]): Buffer[] => {
  const keys = values.map((value) => keyOf(value)).sort(Buffer.compare);
  return keys.filter((key, i) => i === 0 || !keys[i - 1]?.equals(key));
};

const bracket = (of: number): Range => ({ low: Buffer.from([of]), high: Buffer.from([of + 1]) });

function comparison(operator: string, operand: Value): Bound | null {
  const of = rank(operand);
  if (of === RANK.array || of === RANK.regex || of === RANK.minKey || of === RANK.maxKey) return null;
  if (of === RANK.null) return operator.length === 4 ? { kind: 'points', keys: [keyOf(null)] } : null; // $gte, $lte
  const key = keyOf(operand);
  const all = bracket(of);
  if (operator === '$gt') return { kind: 'ranges', ranges: [{ low: after(key) ?? key, high: all.high }] };
  if (operator === '$gte') return { kind: 'ranges', ranges: [{ low: key, high: all.high }] };
  return { kind: 'ranges', ranges: [{ low: all.low, high: operator === '$lt' ? key : after(key) }] };
}

function typeBound(operand: Value): Bound | null {
  const ranks = [...typeCodes(operand)].map((code) => RANK_OF_TYPE.get(code));
  const ranges: Range[] = [];
  for (const of of new Set(ranks)) {
    if (of === undefined) return null;
    ranges.push(bracket(of));
  }
  return { kind: 'ranges', ranges };
}

function prefixBound(operand: Value): Bound | null {
  if (!(operand instanceof Pattern)) return null;
  const prefix = literalPrefix(operand.source, operand.flags);
  if (prefix === null || prefix.includes('\0')) return null;
  const low = Buffer.concat([Buffer.from([RANK.string]), Buffer.from(prefix, 'utf8')]);
  // A stored regular expression equals the same pattern.
  return { kind: 'ranges', ranges: [{ low, high: after(low) }, bracket(RANK.regex)] };
}

/** Both at once; only right where a document has one key (no arrays). */
export function intersect(a: Range[], b: Range[]): Range[] {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const low = x.low.compare(y.low) >= 0 ? x.low : y.low;
      const high = lower(x.high, y.high);
      return high !== null && low.compare(high) >= 0 ? [] : [{ low, high }];
    }),
  );
}

const lower = (a: Buffer | null, b: Buffer | null): Buffer | null => {
  if (a === null) return b;
  if (b === null) return a;
  return a.compare(b) <= 0 ? a : b;
};

/** The same keys in a descending field, whose bytes are inverted. */
export function reversed(range: Range): Range {
  return {
    low: range.high === null ? Buffer.alloc(0) : (after(invert(range.high)) ?? Buffer.alloc(0)),
    high: after(invert(range.low)),
  };
}
