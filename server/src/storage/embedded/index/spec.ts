import { toDouble } from '../bson/number.ts';
import { equal } from '../bson/order.ts';
import { type Path, splitPath } from '../bson/path.ts';
import { type Doc, doc, int, isDoc, isNumber, type Value } from '../bson/value.ts';
import { Refusal, typeMismatch } from '../errors.ts';
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
const PARTIAL_OPERATORS = ['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type'];

/** Reads one index of `createIndexes`; everything that would be kept but not obeyed is refused. */
export function parseIndex(given: Doc): IndexSpec {
  for (const option of given.keys()) {
    if (!INDEX_OPTIONS.includes(option)) {
      throw new Refusal(197, `The field '${option}' is not valid for an index specification of this store`);
    }
  }
  const key = given.get('key');
  if (!isDoc(key) || key.size === 0) throw cannotCreate('Index keys cannot be an empty object');
  const fields = [...key].map(([name, direction]) => parseField(name, direction));
  const name = given.get('name') ?? defaultName(key);
  if (typeof name !== 'string' || name === '') throw cannotCreate('index name cannot be empty');
  const partial = given.get('partialFilterExpression') ?? null;
  if (partial !== null && !isDoc(partial)) throw typeMismatch('partialFilterExpression must be an object');
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

const defaultName = (key: Doc): string =>
  [...key].map(([name, way]) => `${name}_${isNumber(way) ? toDouble(way) : way}`).join('_');

function flag(given: Doc, name: string): boolean {
  const value = given.get(name) ?? false;
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
    if (name === '$and' && Array.isArray(operand)) {
      for (const branch of operand) if (isDoc(branch)) checkPartial(branch);
      continue;
    }
    if (name.startsWith('$')) throw cannotCreate(`Expression not supported in partial index: ${name}`);
    if (!isDoc(operand)) continue;
    for (const [operator, value] of operand) {
      if (!operator.startsWith('$')) continue;
      const negative = operator === '$exists' && value === false;
      if (negative || !PARTIAL_OPERATORS.includes(operator)) {
        throw cannotCreate(`Expression not supported in partial index: ${operator}`);
      }
    }
  }
}

export const sameDefinition = (a: IndexSpec, b: IndexSpec): boolean => equal(a.definition, b.definition);
