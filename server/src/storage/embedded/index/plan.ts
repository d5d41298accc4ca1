import { after, invert } from '../bson/key.ts';
import { type Doc, isDoc } from '../bson/value.ts';
import { type Clause, clausesOf } from '../query/clauses.ts';
import type { Sort } from '../query/sort.ts';
import { type Bound, boundOf, intersect, type Range, reversed } from './bounds.ts';
import { implies, impliesExists } from './implies.ts';
import type { IndexField, IndexSpec } from './spec.ts';

/** An index as the planner sees it. */
export interface Usable {
  spec: IndexSpec;
  multikey: boolean;
}

/** How to come by candidates. Whoever reads them asks the filter again: a plan may give too many, never too few. */
export type Plan<Index extends Usable> =
  | { kind: 'everything' }
  | { kind: 'index'; index: Index; ranges: Range[]; reverse: boolean; sorted: boolean }
  | { kind: 'union'; plans: Plan<Index>[] };

const MAX_RANGES = 2000; // branches of $or, and the cross product of several $in; beyond it the filter does the rest

export function planQuery<Index extends Usable>(indexes: Index[], filter: Doc, sort: Sort): Plan<Index> {
  const best = bestIndex(indexes, clausesOf(filter), sort);
  const inOrder = best.plan.kind === 'index' && best.plan.sorted && sort.length > 0;
  const union = inOrder && best.bounded ? null : planUnion(indexes, filter);
  return union && (!best.bounded || union.score > best.score) ? union.plan : best.plan;
}

/** An `$or` all of whose branches have an index of their own. It is as good as the worst of them. */
function planUnion<Index extends Usable>(indexes: Index[], filter: Doc): { plan: Plan<Index>; score: number } | null {
  const branches = filter.get('$or');
  if (!Array.isArray(branches)) return null;
  const outer = clausesOf(filter);
  const plans: Plan<Index>[] = [];
  let score = Number.POSITIVE_INFINITY;
  for (const branch of branches) {
    if (!isDoc(branch)) return null;
    const best = bestIndex(indexes, [...outer, ...clausesOf(branch)], []);
    if (!best.bounded) return null;
    plans.push(best.plan);
    score = Math.min(score, best.score);
  }
  return { plan: { kind: 'union', plans }, score };
}

interface Scored<Index extends Usable> {
  plan: Plan<Index>;
  /** Whether it reads only part of the index. */
  bounded: boolean;
  score: number;
}

function bestIndex<Index extends Usable>(indexes: Index[], clauses: Clause[], sort: Sort): Scored<Index> {
  let best: Scored<Index> = { plan: { kind: 'everything' }, bounded: false, score: 0 };
  for (const index of indexes) {
    if (!covers(index.spec, clauses)) continue;
    const { ranges, points, singles, ranged } = rangesOf(index, clauses);
    const direction = index.multikey ? null : sortDirection(index.spec, singles, sort);
    const score = scoreOf(index, points, singles) + (direction ? 4 : 0) + (ranged ? 2 : 0);
    if (score <= best.score) continue;
    const plan = {
      kind: 'index',
      index,
      ranges,
      reverse: direction === 'backward',
      sorted: direction !== null,
    } as const;
    best = { plan, bounded: points > 0 || ranged || index.spec.partial !== null, score };
  }
  return best;
}

/** A unique index whose fields are all bound finds one document for each value: nothing beats that. */
function scoreOf({ spec }: Usable, points: number, singles: number): number {
  const whole = !spec.unique || points < spec.fields.length ? 0 : singles === points ? 100 : 50;
  return whole + points * 8 + (spec.partial ? 1 : 0);
}

/** A sparse or partial index lacks documents; it serves only queries that ask for none of those. */
function covers(spec: IndexSpec, clauses: Clause[]): boolean {
  if (spec.partial && !implies(clauses, spec.partial)) return false;
  if (!spec.sparse) return true;
  return spec.fields.some((field) => clauses.some((clause) => clause.path === field.name && impliesExists(clause)));
}

interface Bounds {
  ranges: Range[];
  /** How many leading fields are bound to values, and how many of these to exactly one. */
  points: number;
  singles: number;
  ranged: boolean;
}

function rangesOf(index: Usable, clauses: Clause[]): Bounds {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let points = 0;
  let singles = 0;
  const roots = new Set<string>();
  for (const field of index.spec.fields) {
    const root = field.path[0] ?? '';
    // Two conditions on one array may hold for different elements, while a key joins those of one element.
    const bound = index.multikey && roots.has(root) ? null : boundOfField(field, clauses, index.multikey);
    roots.add(root);
    if (bound?.kind === 'points' && bound.keys.length * prefixes.length <= MAX_RANGES) {
      if (bound.keys.length === 1 && singles === points) singles++;
      points++;
      const parts = bound.keys.map((key) => (field.descending ? invert(key) : key));
      prefixes = prefixes.flatMap((prefix) => parts.map((part) => Buffer.concat([prefix, part])));
      continue;
    }
    if (bound?.kind !== 'ranges') break;
    const inside = field.descending ? bound.ranges.map(reversed) : bound.ranges;
    const ranges = prefixes.flatMap((prefix) => inside.map((range) => within(prefix, range)));
    return { ranges: ranges.sort((a, b) => a.low.compare(b.low)), points, singles, ranged: true };
  }
  const ranges = prefixes.map((prefix) => ({ low: prefix, high: after(prefix) }));
  return { ranges: ranges.sort((a, b) => a.low.compare(b.low)), points, singles, ranged: false };
}

const within = (prefix: Buffer, range: Range): Range => ({
  low: Buffer.concat([prefix, range.low]),
  high: range.high === null ? after(prefix) : Buffer.concat([prefix, range.high]),
});

function boundOfField(field: IndexField, clauses: Clause[], multikey: boolean): Bound | null {
  let points: Bound | null = null;
  let ranges: Range[] | null = null;
  for (const clause of clauses) {
    if (clause.path !== field.name) continue;
    const bound = boundOf(clause);
    if (bound === null) continue;
    if (bound.kind === 'points') {
      if (points?.kind !== 'points' || bound.keys.length < points.keys.length) points = bound;
    } else if (ranges === null) ranges = bound.ranges;
    else if (!multikey) ranges = intersect(ranges, bound.ranges);
  }
  return points ?? (ranges && { kind: 'ranges', ranges });
}

/**
 * Which way to walk so that the documents come in the order asked for; null if neither way gives it. What a sort names
 * after all fields of a unique index decides nothing any more.
 */
function sortDirection({ fields, unique }: IndexSpec, singles: number, sort: Sort): 'forward' | 'backward' | null {
  if (sort.length === 0) return null;
  for (let start = 0; start <= singles && start < fields.length; start++) {
    const part = fields.slice(start, start + sort.length);
    const complete = part.length === sort.length || unique;
    if (!complete || part.some((field, i) => field.name !== sort[i]?.name)) continue;
    const turned = part.map((field, i) => field.descending !== sort[i]?.descending);
    if (turned.every((turn) => !turn)) return 'forward';
    if (turned.every((turn) => turn)) return 'backward';
  }
  return null;
}
