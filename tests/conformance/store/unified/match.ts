import { BSON, type ClientSession, type Document } from '@parley/server/src/storage/embedded/testing/driver.ts';

/** What `$$matchesEntity` and `$$sessionLsid` ask about. */
export interface Known {
  saved(id: string): unknown;
  session(id: string): ClientSession;
}

/** Where a value stands: a document at the root may hold more fields than expected. */
interface Place {
  path: string;
  root: boolean;
  known: Known;
}

type Difference = string | null;
type Operator = (operand: unknown, actual: unknown, place: Place) => Difference;

/** The first difference between a value and what is expected of it ("Evaluating Matches"), null if there is none. */
export const difference = (expected: unknown, actual: unknown, known: Known): Difference =>
  differenceAt(expected, actual, { path: 'it', root: true, known });

/** The same for documents one by one, each of them a root: what a cursor gave. */
export function differenceOfList(expected: unknown[], actual: unknown[], known: Known): Difference {
  if (expected.length !== actual.length) return `${actual.length} documents, expected ${expected.length}`;
  return first(expected.map((one, at) => differenceAt(one, actual[at], { path: `[${at}]`, root: true, known })));
}

const OPERATORS: Record<string, Operator> = {
  $$exists: (wanted, actual, { path }) =>
    (actual !== undefined) === wanted ? null : `${path} ${wanted ? 'is missing' : `is there: ${show(actual)}`}`,
  $$unsetOrMatches: (wanted, actual, place) => (actual === undefined ? null : differenceAt(wanted, actual, place)),
  $$type: (types, actual, { path }) =>
    [types].flat().some((type) => hasType(String(type), actual)) ? null : `${path} is ${show(actual)}, not a ${types}`,
  $$matchesEntity: (id, actual, place) => differenceAt(place.known.saved(String(id)), actual, place),
  $$matchesHexBytes: (hex, actual, { path }) =>
    typeof actual === 'string' && Buffer.from(actual, 'latin1').toString('hex') === String(hex).toLowerCase()
      ? null
      : `${path} is not ${hex}`,
  $$sessionLsid: (id, actual, { path, known }) =>
    show(known.session(String(id)).id) === show(actual) ? null : `${path} is not the session ${id}`,
  $$lte: (limit, actual, { path }) => (Number(actual) <= Number(limit) ? null : `${path} is ${show(actual)}`),
  $$matchAsDocument: (wanted, actual, place) =>
    differenceAt(wanted, BSON.EJSON.parse(String(actual)), { ...place, root: false }),
  $$matchAsRoot: (wanted, actual, place) => differenceAt(wanted, actual, { ...place, root: true }),
};

function differenceAt(expected: unknown, actual: unknown, place: Place): Difference {
  const { path } = place;
  // The driver makes a Map of a sort, which keeps the order of numeric names.
  if (actual instanceof Map) return differenceAt(expected, Object.fromEntries(actual), place);
  if (Array.isArray(expected)) return differenceOfArray(expected, actual, place);
  if (!isDocument(expected)) {
    return sameLeaf(expected, actual) ? null : `${path} is ${show(actual)}, expected ${show(expected)}`;
  }
  const [operator, operand] = operatorOf(expected);
  if (operator) return operator(operand, actual, place);
  if (!isDocument(actual)) return `${path} is ${show(actual)}, expected ${show(expected)}`;
  const extra = place.root ? [] : Object.keys(actual).filter((name) => !(name in expected));
  if (extra.length > 0) return `${path} has ${extra} beside what is expected`;
  const inner = Object.entries(expected).map(([name, wanted]) =>
    differenceAt(wanted, actual[name], { ...place, path: `${path}.${name}`, root: false }),
  );
  return first(inner);
}

function differenceOfArray(expected: unknown[], actual: unknown, place: Place): Difference {
  const { path } = place;
  if (!Array.isArray(actual)) return `${path} is ${show(actual)}, expected an array`;
  if (actual.length !== expected.length) return `${path} has ${actual.length} items, expected ${expected.length}`;
  const at = (index: number): Place => ({ ...place, path: `${path}[${index}]`, root: false });
  return first(expected.map((one, index) => differenceAt(one, actual[index], at(index))));
}

function operatorOf(expected: Document): [Operator, unknown] | [null] {
  const [[name, operand] = ['', null], ...others] = Object.entries(expected);
  if (!name.startsWith('$$') || others.length > 0) return [null];
  const operator = OPERATORS[name];
  if (!operator) throw new Error(`unknown operator ${name}`);
  return [operator, operand];
}

const first = (differences: Difference[]): Difference => differences.find((one) => one !== null) ?? null;

/** A document, and not one of BSON's own values. */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || '_bsontype' in value) return false;
  return !(value instanceof Date || value instanceof RegExp || value instanceof Uint8Array);
}

export const show = (value: unknown): string =>
  value === undefined ? 'missing' : BSON.EJSON.stringify(value, { relaxed: false });

const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const wrapped = value instanceof BSON.Int32 || value instanceof BSON.Double || value instanceof BSON.Long;
  return wrapped ? Number(value) : null;
};

/** int, long and double are equal when their values are. */
function sameLeaf(expected: unknown, actual: unknown): boolean {
  const number = numberOf(expected);
  return number === null ? show(expected) === show(actual) : number === numberOf(actual);
}

/** The driver gives plain numbers for most numeric types: any of them may be meant. */
function hasType(type: string, value: unknown): boolean {
  if (value === undefined) return false;
  const number = numberOf(value);
  if (number !== null) {
    const whole = Number.isInteger(number);
    return type === 'number' || (whole && ['int', 'long', 'double'].includes(type)) || (!whole && type === 'double');
  }
  const names: Record<string, boolean> = {
    number: value instanceof BSON.Decimal128,
    string: typeof value === 'string',
    bool: typeof value === 'boolean',
    object: isDocument(value),
    array: Array.isArray(value),
    null: value === null,
    date: value instanceof Date,
    objectId: value instanceof BSON.ObjectId,
    binData: value instanceof BSON.Binary || value instanceof Uint8Array,
    timestamp: value instanceof BSON.Timestamp,
    decimal: value instanceof BSON.Decimal128,
    regex: value instanceof RegExp || value instanceof BSON.BSONRegExp,
  };
  return names[type] ?? false;
}
