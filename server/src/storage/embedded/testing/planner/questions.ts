import { typeName } from '../../bson/value.ts';
import { QUERY_OPERATORS, TYPES } from '../../shapes.ts';
import { type Fields, toDoc } from '../engine.ts';
import type { Random } from '../random.ts';
import { anyValue, DATES, fieldsOf, scalar } from './values.ts';

export const PATHS = ['a', 'b', 'c', 'd.x', 'd.y', 'd', 'e', 'u', 'd.0.x', '_id'];

export interface IndexKind {
  definition: Fields;
  kind: string;
}

const KINDS = [
  'single',
  'single',
  'descending',
  'compound',
  'compound',
  'dotted',
  'sparse',
  'partial',
  'unique',
  'ttl',
];

/** One index of a random kind. Its name tells the kind, so that a report can. */
export function indexOf(source: Random, number: number): IndexKind {
  const kind = source.pick(KINDS);
  const some = (most: number, paths = PATHS): Fields => {
    const key: Fields = {};
    for (let i = 1 + source.below(most); i > 0; i--) key[source.pick(paths)] = source.chance(0.5) ? 1 : -1;
    return key;
  };
  const make = (key: Fields, more: Fields = {}): IndexKind => ({
    kind,
    definition: { key, name: `${kind}${number}`, ...more },
  });
  switch (kind) {
    case 'single':
      return make({ [source.pick(PATHS)]: 1 });
    case 'descending':
      return make({ [source.pick(PATHS)]: -1 });
    case 'dotted':
      return make(some(2, ['d.x', 'd.y', 'd.0.x']));
    case 'sparse':
      return make(some(3), { sparse: true });
    case 'partial':
      return make(some(3), { partialFilterExpression: partialOf(source) });
    case 'unique':
      return make({ ...some(2), u: 1 }, { unique: true });
    case 'ttl':
      return make({ e: 1 }, { expireAfterSeconds: 3600 });
    default:
      return make({ ...some(2), ...some(2) });
  }
}

const PARTIALS = (source: Random): Fields[] => [
  { c: 1 },
  { e: { $type: 'date' } },
  { a: { $gt: source.pick([0, 1, 'x']) } },
  { b: { $exists: true } },
  { a: { $lte: 2 }, b: { $type: 'number' } },
];
const partialOf = (source: Random): Fields => source.pick(PARTIALS(source));

const typesOf = (source: Random): unknown =>
  source.chance(0.5) ? source.pick(['number', ...TYPES]) : [source.pick(TYPES), source.pick(TYPES)];

const notRegex = (value: unknown): unknown => (value instanceof RegExp ? 'x' : value);
const notArray = (value: unknown): unknown => (Array.isArray(value) ? 1 : value);

function regexOf(source: Random): Fields {
  const $regex = source.pick(['^x', '^xy?', '^xy*z', '^(x|y)', '^x|y', 'x', '^', '^x\\.', '^é', '^x$', '^X', '^x\n']);
  return source.chance(0.3) ? { $regex, $options: source.pick(['i', 'm', 's']) } : { $regex };
}

const listOf = (source: Random, make: () => unknown): unknown[] => Array.from({ length: 1 + source.below(4) }, make);

/** `{ operator: operand }`, or several of them, for one field. */
function conditionOf(source: Random, depth = 0): Fields {
  const operator = source.pick(QUERY_OPERATORS);
  switch (operator) {
    case '$in':
    case '$nin':
      return { [operator]: listOf(source, () => (source.chance(0.1) ? /^x/ : anyValue(source))) };
    case '$all':
      return {
        $all: source.chance(0.2) ? [{ $elemMatch: conditionOf(source, 2) }] : listOf(source, () => anyValue(source)),
      };
    case '$exists':
      return { $exists: source.chance(0.6) };
    case '$type':
      return { $type: typesOf(source) };
    case '$not':
      return depth > 1 ? { $ne: 1 } : { $not: source.chance(0.1) ? /^x/ : conditionOf(source, depth + 1) };
    case '$regex':
    case '$options':
      return regexOf(source);
    case '$elemMatch':
      return { $elemMatch: depth > 1 ? { $gt: 0 } : elementOf(source, depth + 1) };
    case '$size':
      return { $size: source.below(4) };
    case '$mod':
      return { $mod: [1 + source.below(4), source.below(3)] };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparisonOf(source, operator);
    default:
      return { [operator]: notRegex(anyValue(source)) };
  }
}

function comparisonOf(source: Random, operator: string): Fields {
  const bound = () => notRegex(source.chance(0.9) ? notArray(scalar(source)) : anyValue(source));
  if (source.chance(0.4)) return { [operator]: bound() };
  return { [operator]: bound(), [operator.startsWith('$g') ? '$lte' : '$gte']: bound() };
}

/** Inside `$elemMatch`: operators on the element, or fields of it. */
function elementOf(source: Random, depth: number): Fields {
  if (source.chance(0.5))
    return { ...conditionOf(source, depth), ...(source.chance(0.3) ? conditionOf(source, depth) : {}) };
  const fields: Fields = { [source.pick(['x', 'y'])]: operandOf(source, depth) };
  if (source.chance(0.4)) fields[source.pick(['x', 'y'])] = operandOf(source, depth);
  return source.chance(0.2) ? { $or: [fields, { y: operandOf(source, depth) }] } : fields;
}

const operandOf = (source: Random, depth = 0): unknown =>
  source.chance(0.35) ? anyValue(source) : conditionOf(source, depth);

const EXPRESSIONS = (source: Random): Fields[] => [
  { $lt: ['$a', '$b'] },
  { $eq: ['$d.x', { $literal: source.pick([1, 'x', null]) }] },
  { $or: [{ $gt: ['$u', source.below(80)] }, { $not: ['$c'] }] },
  { $gte: [{ $ifNull: ['$u', 0] }, 20] },
];

/** A filter of what the store knows, nested. */
export function filterOf(source: Random, depth = 0): Fields {
  const made: Fields = {};
  for (let i = source.below(depth === 0 ? 4 : 3); i > 0; i--) made[source.pick(PATHS)] = operandOf(source);
  if (source.chance(0.25)) Object.assign(made, partialOf(source));
  if (source.chance(0.1)) made.u = { $gte: source.below(40), $lt: 40 + source.below(40) };
  if (source.chance(0.05)) made.u = source.chance(0.5) ? source.below(90) : { $in: [source.below(90), 1, 1.5, 70] };
  if (depth < 2) {
    for (const name of ['$and', '$or', '$nor']) {
      const share = name === '$or' ? 0.2 : 0.1;
      if (source.chance(share))
        made[name] = Array.from({ length: 1 + source.below(3) }, () => filterOf(source, depth + 1));
    }
  }
  if (depth === 0 && source.chance(0.05)) made.$expr = source.pick(EXPRESSIONS(source));
  if (source.chance(0.02)) made.$comment = 'why not';
  return made;
}

export function sortOf(source: Random): Fields {
  const made: Fields = {};
  for (let i = source.below(4); i > 0; i--) made[source.pick(PATHS)] = source.chance(0.5) ? 1 : -1;
  return made;
}

const PROJECTIONS: Fields[] = [{}, {}, { a: 1, 'd.x': 1 }, { _id: 1 }, { b: 0, 'd.y': 0 }, { u: 1, _id: 0 }];
export const projectionOf = (source: Random): Fields => source.pick(PROJECTIONS);

/** A change that works on whatever a document holds, or is refused alike. */
export function updateOf(source: Random, arrays: boolean): Fields {
  const value = () => (arrays ? anyValue(source) : scalar(source));
  const field = source.pick(['a', 'b', 'c', 'd', 'e']);
  switch (source.below(6)) {
    case 0:
      return { $unset: { [field]: '' } };
    case 1:
      return { $inc: { u: 1000 } };
    case 2:
      return { $set: { e: source.pick(DATES) }, $currentDate: { touched: true } };
    case 3:
      return arrays ? { $addToSet: { a: scalar(source) } } : { $max: { a: scalar(source) } };
    case 4:
      return { $set: fieldsOf(source, arrays) };
    default:
      return { $set: { [field]: value() } };
  }
}

/** The operators in a filter, with those nested. */
export function* operatorsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* operatorsIn(one);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('$')) yield name;
    yield* operatorsIn(inner);
  }
}

export const show = (fields: Fields): string =>
  [...toDoc(fields)].map(([name, value]) => `${name}: ${JSON.stringify(value, plain)} (${typeName(value)})`).join(', ');

const plain = (_: string, value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === 'bigint' ? `${value}n` : value;
};
