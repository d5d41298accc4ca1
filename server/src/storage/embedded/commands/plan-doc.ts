import { type Doc, doc, int } from '../bson/value.ts';
import type { Plan } from '../index/plan.ts';
import { hasOperators } from '../query/match.ts';
import type { Sort } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredIndex } from '../store/rows.ts';
import type { Query } from './find.ts';

/** A plan as MongoDB's `explain` shows it: a stage with the one that feeds it inside, down to the scan. */
export function planDoc(
  collection: Collection | undefined,
  { query, top, projects }: { query: Query; top?: string; projects?: boolean },
): Doc {
  if (!collection) return doc({ stage: 'EOF' });
  if (top === 'COUNT' && query.filter.size === 0) return doc({ stage: 'RECORD_STORE_FAST_COUNT' });
  const plan = collection.plan(query.filter, query.sort);
  let stage = source(plan, query.filter);
  const sorted = query.sort.length === 0 || (plan.kind === 'index' && plan.sorted);
  const { skip, limit } = query;
  if (!sorted) {
    const limitAmount = limit > 0 ? int(skip + limit) : undefined;
    stage = doc({ stage: 'SORT', sortPattern: patternOf(query.sort), limitAmount, inputStage: stage });
  }
  if (skip > 0) stage = doc({ stage: 'SKIP', skipAmount: int(skip), inputStage: stage });
  if (sorted && limit > 0 && top === undefined)
    stage = doc({ stage: 'LIMIT', limitAmount: int(limit), inputStage: stage });
  if (projects) stage = doc({ stage: 'PROJECTION_DEFAULT', inputStage: stage });
  return top === undefined || top === 'DISTINCT' ? stage : doc({ stage: top, inputStage: stage });
}

function source(plan: Plan<StoredIndex>, filter: Doc): Doc {
  const condition = filter.size > 0 ? filter : undefined;
  if (plan.kind === 'everything') return doc({ stage: 'COLLSCAN', filter: condition, direction: 'forward' });
  if (isById(plan, filter)) return doc({ stage: 'IDHACK', indexName: '_id_', keyPattern: doc({ _id: int(1) }) });
  return doc({ stage: 'FETCH', filter: condition, inputStage: keys(plan) });
}

function keys(plan: Plan<StoredIndex>): Doc {
  if (plan.kind === 'union') return doc({ stage: 'OR', inputStages: plan.plans.map(keys) });
  if (plan.kind === 'everything') return doc({ stage: 'COLLSCAN', direction: 'forward' });
  const { spec, multikey } = plan.index;
  return doc({
    stage: 'IXSCAN',
    keyPattern: spec.definition.get('key'),
    indexName: spec.name,
    isMultiKey: multikey,
    isUnique: spec.unique,
    isSparse: spec.sparse,
    isPartial: spec.partial !== null,
    indexVersion: int(2),
    direction: plan.reverse ? 'backward' : 'forward',
  });
}

/** `{ _id: value }` and nothing else. */
function isById(plan: Plan<StoredIndex>, filter: Doc): boolean {
  const id = filter.get('_id');
  return (
    plan.kind === 'index' && plan.index.column === 'id' && filter.size === 1 && id !== undefined && !hasOperators(id)
  );
}

const patternOf = (sort: Sort): Doc => new Map(sort.map(({ name, descending }) => [name, int(descending ? -1 : 1)]));
