import { equal } from '../bson/order.ts';
import { splitPath, valueAt } from '../bson/path.ts';
import { copy, type Doc, isDoc, ObjectId, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { type Clause, clausesOf } from '../query/clauses.ts';
import { newObjectId } from '../store/object-id.ts';
import type { UpdateScope } from './operation.ts';
import { slotAt } from './slot.ts';
import type { Update } from './update.ts';

/** The document that an upsert inserts: what the filter pins down, then the update, `_id` first. */
export function upserted(filter: Doc, update: Update, scope: Omit<UpdateScope, 'root'>): Doc {
  const seed = update.replaces ? idOf(filter) : seedOf(filter);
  const made = update.apply({ ...scope, root: seed }, true);
  const id = made.get('_id') ?? new ObjectId(newObjectId());
  const ordered: Doc = new Map<string, Value>([['_id', id]]);
  for (const [name, value] of made) ordered.set(name, value);
  return ordered;
}

function seedOf(filter: Doc): Doc {
  const seed: Doc = new Map();
  for (const { path, value } of pinned(filter)) {
    const parts = splitPath(path);
    const held = valueAt(seed, parts);
    if (held !== undefined && !equal(held, value)) {
      throw new Refusal(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    slotAt(seed, parts, true).write(copy(value));
  }
  return seed;
}

function idOf(filter: Doc): Doc {
  const seed: Doc = new Map();
  for (const { path, value } of pinned(filter)) if (path === '_id') seed.set('_id', copy(value));
  return seed;
}

function pinned(filter: Doc): { path: string; value: Value }[] {
  return pinning(filter).flatMap(({ path, operator, operand }) => {
    if (operator === '$eq') return [{ path, value: operand }];
    const [only] = operator === '$all' && Array.isArray(operand) ? operand : [];
    return only !== undefined && Array.isArray(operand) && operand.length === 1 ? [{ path, value: only }] : [];
  });
}

/** The clauses joined by "and"; an `$or` of one branch is no choice, and so counts as one. */
function pinning(filter: Doc): Clause[] {
  return [...filter].flatMap(([name, operand]): Clause[] => {
    const branches = Array.isArray(operand) ? operand.filter(isDoc) : [];
    if (name === '$and' || (name === '$or' && branches.length === 1)) return branches.flatMap(pinning);
    return clausesOf(new Map([[name, operand]]));
  });
}
