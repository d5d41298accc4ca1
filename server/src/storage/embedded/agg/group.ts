import { keyOf } from '../bson/key.ts';
import { toDouble } from '../bson/number.ts';
import { compare } from '../bson/order.ts';
import { Decimal, type Doc, Int32, isDoc, isNumber, type Value } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';
import { compileExpression, type Expression, type Scope } from '../query/expression.ts';
import { ACCUMULATORS, type Accumulator, known } from '../shapes.ts';
import { add } from '../update/arithmetic.ts';

const MAX_BYTES = 100 * 1024 * 1024; // MongoDB's own limit for a $group in memory

/** One field of a `$group`: takes a value per document, gives the result at the end. */
interface Tally {
  take(value: Value | undefined): void;
  result(): Value;
}

/** Gathers documents by the value of `_id`; groups come out in the order in which they were first met. */
export function compileGroup(spec: Value): { take(scope: Scope): void; results(): Doc[] } {
  if (!isDoc(spec)) throw new Refusal(15947, "a group's fields must be specified in an object");
  if (!spec.has('_id')) throw new Refusal(15955, 'a group specification must include an _id');
  const idOf = compileExpression(spec.get('_id') ?? null);
  const fields = [...spec].filter(([name]) => name !== '_id').map(([name, operand]) => fieldOf(name, operand));
  const groups = new Map<string, { id: Value; tallies: Tally[] }>();
  let bytes = 0;
  const take = (scope: Scope): void => {
    const id = idOf(scope) ?? null;
    const key = keyOf(id).toString('latin1');
    let group = groups.get(key);
    if (!group) {
      group = { id, tallies: fields.map(({ accumulator }) => tallyOf(accumulator)) };
      groups.set(key, group);
    }
    for (const [i, { accumulator, value }] of fields.entries()) {
      const one = value(scope);
      group.tallies[i]?.take(one);
      if (one !== undefined && (accumulator === '$push' || accumulator === '$addToSet')) bytes += keyOf(one).length;
    }
    if (bytes > MAX_BYTES) throw new Refusal(292, 'Exceeded memory limit for $group');
  };
  const results = (): Doc[] =>
    [...groups.values()].map(({ id, tallies }) => {
      const made: Doc = new Map([['_id', id]]);
      for (const [i, { name }] of fields.entries()) made.set(name, tallies[i]?.result() ?? null);
      return made;
    });
  return { take, results };
}

function fieldOf(name: string, operand: Value): { name: string; accumulator: Accumulator; value: Expression } {
  if (name.includes('.')) throw new Refusal(40235, `The field name '${name}' cannot contain '.'`);
  if (!isDoc(operand) || operand.size !== 1)
    throw new Refusal(40234, `The field '${name}' must be an accumulator object`);
  const [[operator, value] = ['', null]] = operand;
  const accumulator = known(ACCUMULATORS, operator);
  if (!accumulator) throw new Refusal(15952, `unknown group operator '${operator}'`);
  return { name, accumulator, value: compileExpression(value) };
}

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
    case '$last': {
      let last: Value = null;
      return {
        take: (value) => {
          last = value ?? null;
        },
        result: () => last,
      };
    }
    case '$push': {
      const all: Value[] = [];
      return {
        take: (value) => {
          if (value !== undefined) all.push(value);
        },
        result: () => all,
      };
    }
    case '$addToSet':
      return set();
  }
}

function sum(): Tally {
  let total: Value = new Int32(0);
  return {
    take: (value) => {
      if (isNumber(value) && isNumber(total)) total = add(total, value); // what is no number adds nothing
    },
    result: () => total,
  };
}

function average(): Tally {
  let total = 0;
  let count = 0;
  return {
    take: (value) => {
      if (!isNumber(value)) return;
      if (value instanceof Decimal) throw badValue('$avg of Decimal128 is not supported by this store');
      total += toDouble(value);
      count++;
    },
    result: () => (count === 0 ? null : total / count),
  };
}

function best(wins: (order: number) => boolean): Tally {
  let held: Value | undefined;
  return {
    take: (value) => {
      if (value === undefined || value === null) return;
      if (held === undefined || wins(compare(value, held))) held = value;
    },
    result: () => held ?? null,
  };
}

function first(): Tally {
  let held: Value | undefined;
  return {
    take: (value) => {
      if (held === undefined) held = value ?? null;
    },
    result: () => held ?? null,
  };
}

function set(): Tally {
  const held = new Map<string, Value>();
  return {
    take: (value) => {
      if (value === undefined) return;
      const key = keyOf(value).toString('latin1');
      if (!held.has(key)) held.set(key, value);
    },
    result: () => [...held.values()],
  };
}
