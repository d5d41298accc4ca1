import { toDouble } from '../bson/number.ts';
import { compare, compareStrings, equal } from '../bson/order.ts';
import { type Path, splitPath } from '../bson/path.ts';
import { type Doc, doc, int, isDoc, isNumber, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal, typeMismatch } from '../errors.ts';
import { truthy } from '../query/expression.ts';
import { compileFilter, type Matcher } from '../query/match.ts';
import { INDEX_OPTIONS } from '../shapes.ts';

export interface IndexField {
  name: string;
  path: Path;
  descending: boolean;
}

export interface IndexSpec {
  name: string;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  partial: Doc | null;
  covers: Matcher | null;
  expireAfterSeconds: number | null;
  /** As listIndexes shows it and the catalog keeps it. */
  definition: Doc;
}

const cannotCreate = (why: string) => new Refusal(67, why);
const TTL_LIMIT = 2 ** 31 - 1; // seconds

/** What a partial filter may hold: the clauses of which the planner can tell whether a query implies them. */
const PARTIAL_OPERATORS = ['$eq', '$in', '$all', '$gt', '$gte', '$lt', '$lte', '$exists', '$type'];

const MAX_FIELDS = 32; // of a compound index: MongoDB's limit

/** Reads one index of `createIndexes`; everything that would be kept but not obeyed is refused. */
export function parseIndex(given: Doc): IndexSpec {
  for (const option of given.keys()) {
    if (!INDEX_OPTIONS.includes(option)) {
      throw new Refusal(197, `The field '${option}' is not valid for an index specification of this store`);
    }
  }
  const key = given.get('key');
  if (key === undefined || !given.has('name')) throw failedToParse('An index specification needs a key and a name');
  if (!isDoc(key)) throw typeMismatch("The field 'key' must be an object");
  if (key.size === 0) throw cannotCreate('Index keys cannot be an empty object');
  if (key.size > MAX_FIELDS) throw new Refusal(13103, `an index has ${MAX_FIELDS} fields at most`);
  const fields = [...key].map(([name, direction]) => parseField(name, direction));
  const name = given.get('name') ?? null;
  if (typeof name !== 'string') throw typeMismatch("The field 'name' must be a string");
  if (name === '') throw cannotCreate('index name cannot be empty');
  if (fields.some(({ path }) => path.length === 1 && path[0] === '_id') && fields.length === 1) checkId(given, fields);
  else if (name === '_id_') throw badValue("The index name '_id_' is reserved for the _id index");
  const partial = partialOf(given.get('partialFilterExpression'));
  if (partial) checkPartial(partial);
  const sparse = flag(given, 'sparse');
  if (sparse && partial) throw cannotCreate("cannot mix 'partialFilterExpression' and 'sparse' options");
  const unique = flag(given, 'unique');
  const expireAfterSeconds = seconds(given.get('expireAfterSeconds'));
  if (expireAfterSeconds !== null && fields.length > 1) {
    throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  const definition = doc({
    v: int(2),
    key,
    name,
    unique: unique ? true : undefined,
    sparse: sparse ? true : undefined,
    partialFilterExpression: partial ?? undefined,
    expireAfterSeconds: expireAfterSeconds === null ? undefined : int(expireAfterSeconds),
  });
  const covers = partial ? compileFilter(partial) : null;
  return { name, fields, unique, sparse, partial, covers, expireAfterSeconds, definition };
}

export const ID_INDEX: IndexSpec = {
  ...parseIndex(doc({ key: doc({ _id: int(1) }), name: '_id_' })),
  unique: true, // MongoDB does not print it: every _id index is unique
};

function parseField(name: string, direction: Value): IndexField {
  const path = splitPath(name);
  if (path.some((part) => part === '' || part.startsWith('$'))) throw cannotCreate(`Index key '${name}' is not valid`);
  if (!isNumber(direction)) throw cannotCreate(`Unknown index plugin or unsupported index type for '${name}'`);
  const way = toDouble(direction);
  if (way === 0 || Number.isNaN(way)) throw cannotCreate('Values in the index key pattern cannot be 0.');
  return { name, path, descending: way < 0 };
}

function partialOf(value: Value | undefined): Doc | null {
  if (value === undefined) return null;
  if (isDoc(value)) return value;
  throw typeMismatch('partialFilterExpression must be an object');
}

/** The index of `_id` is there by itself; it may be asked for, as it is. */
function checkId(given: Doc, [field]: IndexField[]): void {
  if (field?.descending) throw badValue('The index of _id cannot be descending');
  for (const option of given.keys()) {
    if (!['v', 'key', 'name', 'background'].includes(option)) {
      throw new Refusal(197, `The field '${option}' is not valid for an _id index specification`);
    }
  }
}

function flag(given: Doc, name: string): boolean {
  const value = given.get(name);
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toDouble(value) !== 0;
  throw typeMismatch(`The field '${name}' has value of a wrong type`);
}

function seconds(value: Value | undefined): number | null {
  if (value === undefined) return null;
  const number = isNumber(value) ? Math.trunc(toDouble(value)) : Number.NaN;
  if (number >= 0 && number <= TTL_LIMIT) return number;
  throw cannotCreate('TTL index expireAfterSeconds must be between 0 and 2147483647');
}

function checkPartial(filter: Doc): void {
  for (const [name, operand] of filter) {
    if (name === '$and' || name === '$or') {
      if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${name} must be a nonempty array`);
      for (const branch of operand) if (isDoc(branch)) checkPartial(branch);
      continue;
    }
    if (name === '$expr') throw new Refusal(224, 'Expression not supported in partial index: $expr');
    if (name.startsWith('$')) throw cannotCreate(`Expression not supported in partial index: ${name}`);
    if (!isDoc(operand)) continue;
    for (const [operator, value] of operand) {
      if (!operator.startsWith('$')) continue;
      const negative = operator === '$exists' && !truthy(value);
      if (negative || !PARTIAL_OPERATORS.includes(operator)) {
        throw cannotCreate(`Expression not supported in partial index: ${operator}`);
      }
    }
  }
}

export const sameDefinition = (a: IndexSpec, b: IndexSpec): boolean =>
  sameSignature(a, b) && a.name === b.name && a.expireAfterSeconds === b.expireAfterSeconds;

/** What makes an index another one than its neighbour over the same fields. */
export const sameSignature = (a: IndexSpec, b: IndexSpec): boolean =>
  equal(a.definition.get('key') ?? null, b.definition.get('key') ?? null) &&
  a.unique === b.unique &&
  a.sparse === b.sparse &&
  equal(inOrder(a.partial), inOrder(b.partial));

/** A partial filter with the branches of `$and` and `$or` in one order, whatever the one in which they were given. */
function inOrder(filter: Value): Value {
  if (!isDoc(filter)) return filter;
  const clauses = [...filter].map(([name, operand]): [string, Value] => {
    const joins = (name === '$and' || name === '$or') && Array.isArray(operand);
    return [name, joins ? operand.map(inOrder).sort(compare) : operand];
  });
  return new Map(clauses.sort(([a], [b]) => compareStrings(a, b)));
}
