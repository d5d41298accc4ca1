import { keyOf } from '../bson/key.ts';
import { compare } from '../bson/order.ts';
import { Sum } from '../bson/sum.ts';
import { Binary, type Doc, isDoc, isNumber, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { DECODED_FACTOR, GROUP_OVERHEAD, MAX_WORKING } from '../limits.ts';
import { compileExpression, type Expression, type Scope } from '../query/expression.ts';
import { ACCUMULATORS, type Accumulator, known } from '../shapes.ts';

/** One field of a `$group`: takes a value per document and tells by how many bytes it grew; the result is at the end. */
interface Tally {
  take(value: Value | undefined): number;
  result(): Value;
}

interface Field {
  name: string;
  accumulator: Accumulator;
  value: Expression;
}

/** A `$group` that was read and found right. */
export interface GroupSpec {
  id: Expression;
  fields: Field[];
  /** The top-level fields that it looks at; none for `{ _id: 1, n: { $sum: 1 } }`, which only counts. */
  reads: ReadonlySet<string>;
}

export function parseGroup(spec: Value): GroupSpec {
  if (!isDoc(spec)) throw new Refusal(15947, "a group's fields must be specified in an object");
  let id: Expression | undefined;
  const fields: Field[] = [];
  for (const [name, operand] of spec) {
    if (name === '_id') id = compileId(operand);
    else fields.push(fieldOf(name, operand));
  }
  if (!id) throw new Refusal(15955, 'a group specification must include an _id');
  return { id, fields, reads: rootsOf(spec) };
}

function rootsOf(operand: Value, roots = new Set<string>()): Set<string> {
  if (typeof operand === 'string') {
    if (operand.startsWith('$') && !operand.startsWith('$$')) roots.add(operand.slice(1).split('.', 1)[0] ?? '');
  } else if (Array.isArray(operand)) {
    for (const one of operand) rootsOf(one, roots);
  } else if (isDoc(operand)) {
    for (const [name, value] of operand) if (name !== '$literal') rootsOf(value, roots);
  }
  return roots;
}

function compileId(operand: Value): Expression {
  if (isDoc(operand)) {
    const [first] = operand;
    const isCall = first?.[0].startsWith('$') ?? false;
    for (const value of isCall ? [] : operand.values()) {
      if (isNumber(value) || typeof value === 'boolean') {
        throw new Refusal(17390, '$group does not support inclusion-style expressions');
      }
    }
  }
  return compileExpression(operand);
}

/** Gathers documents by the value of `_id`; groups come out in the order in which they were first met. */
export function gather(
  { id: idOf, fields }: GroupSpec,
  most = MAX_WORKING,
): { take(scope: Scope): void; results(): Generator<Doc, void, undefined> } {
  const groups = new Map<string, { id: Value; tallies: Tally[] }>();
  let bytes = 0;
  const take = (scope: Scope): void => {
    const id = idOf(scope) ?? null;
    const key = keyOf(id).toString('latin1');
    let group = groups.get(key);
    if (!group) {
      group = { id, tallies: fields.map(({ accumulator }) => tallyOf(accumulator)) };
      groups.set(key, group);
      bytes += GROUP_OVERHEAD * (1 + fields.length) + key.length * (1 + DECODED_FACTOR);
    }
    for (const [i, { value }] of fields.entries()) {
      const one = value(scope);
      bytes += group.tallies[i]?.take(one) ?? 0;
    }
    if (bytes > most) throw new Refusal(292, `Exceeded memory limit of ${most} bytes for $group`);
  };
  function* results(): Generator<Doc, void, undefined> {
    for (const { id, tallies } of groups.values()) {
      const made: Doc = new Map([['_id', id]]);
      for (const [i, { name }] of fields.entries()) made.set(name, tallies[i]?.result() ?? null);
      yield made;
    }
  }
  return { take, results };
}

function fieldOf(name: string, operand: Value): Field {
  if (name.includes('.')) throw new Refusal(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new Refusal(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(operand) || operand.size === 0) throw notAccumulator(name);
  if (operand.size > 1) throw new Refusal(40238, `The field '${name}' must specify one accumulator`);
  const [[operator, value] = ['', null]] = operand;
  if (!operator.startsWith('$')) throw notAccumulator(name);
  const accumulator = known(ACCUMULATORS, operator);
  if (!accumulator) throw new Refusal(15952, `unknown group operator '${operator}'`);
  if (Array.isArray(value)) throw new Refusal(40237, `The ${operator} accumulator is a unary operator`);
  return { name, accumulator, value: compileExpression(value) };
}

const notAccumulator = (name: string) => new Refusal(40234, `The field '${name}' must be an accumulator object`);

function tallyOf(accumulator: Accumulator): Tally {
  switch (accumulator) {
    case '$sum':
      return sum();
    case '$avg':
      return average();
    case '$min':
      return best((order) => order < 0);
    case '$max':
      return best((order) => order > 0);
    case '$first':
      return first();
    case '$last':
      return last();
    case '$push':
      return list();
    case '$addToSet':
      return set();
  }
}

/** Bytes that a held value takes beyond those that every tally counts with. */
function weigh(value: Value): number {
  if (typeof value === 'string') return value.length + STRING_OVERHEAD;
  if (isDoc(value) || Array.isArray(value) || value instanceof Binary) return keyOf(value).length * DECODED_FACTOR;
  return STRING_OVERHEAD;
}

const STRING_OVERHEAD = 32; // bytes of an object that holds a short value, and of the place that leads to it

function sum(): Tally {
  const held = new Sum();
  return {
    take: (value) => {
      if (isNumber(value)) held.add(value); // what is no number adds nothing
      return 0;
    },
    result: () => held.total(),
  };
}

function average(): Tally {
  const held = new Sum();
  return {
    take: (value) => {
      if (isNumber(value)) held.add(value);
      return 0;
    },
    result: () => held.mean(),
  };
}

/** Holds one value at a time: the latest of those that `wins` lets take the place of the one before. */
function one(wins: (value: Value, held: Value | undefined) => boolean): Tally {
  let held: Value | undefined;
  let bytes = 0;
  return {
    take: (given) => {
      const value = given ?? null;
      if (!wins(value, held)) return 0;
      const grown = weigh(value) - bytes;
      held = value;
      bytes += grown;
      return grown;
    },
    result: () => held ?? null,
  };
}

const best = (wins: (order: number) => boolean): Tally =>
  one((value, held) => value !== null && (held === undefined || wins(compare(value, held))));
const first = (): Tally => one((_value, held) => held === undefined);
const last = (): Tally => one(() => true);

function list(): Tally {
  const all: Value[] = [];
  return {
    take: (value) => {
      if (value === undefined) return 0;
      all.push(value);
      return weigh(value);
    },
    result: () => all,
  };
}

function set(): Tally {
  const held = new Map<string, Value>();
  return {
    take: (value) => {
      if (value === undefined) return 0;
      const key = keyOf(value).toString('latin1');
      if (held.has(key)) return 0;
      held.set(key, value);
      return weigh(value) + key.length + SET_OVERHEAD;
    },
    result: () => [...held.values()],
  };
}

const SET_OVERHEAD = 80; // bytes of a key and of its place in the map
