import { type Numeric, toDouble } from '../bson/number.ts';
import { compare, equal } from '../bson/order.ts';
import { show } from '../bson/show.ts';
import { copy, DateTime, Int32, isDoc, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { compileElement } from '../query/match.ts';
import type { UpdateOperator } from '../shapes.ts';
import { add, multiply } from './arithmetic.ts';
import type { Operation } from './operation.ts';
import { compilePush } from './push.ts';

/** `$rename` is missing here: it speaks of two places (see update.ts). */
export function compileOperation(
  operator: Exclude<UpdateOperator, '$rename'>,
  field: string,
  operand: Value,
): Operation {
  switch (operator) {
    case '$set':
      return { creates: true, apply: (slot) => slot.write(copy(operand)) };
    case '$setOnInsert':
      return { creates: true, onlyOnInsert: true, apply: (slot) => slot.write(copy(operand)) };
    case '$unset':
      return { creates: false, apply: (slot) => slot.remove() };
    case '$inc':
      return arithmetic(operator, field, operand, (amount) => amount, add);
    case '$mul':
      return arithmetic(operator, field, operand, zeroLike, multiply);
    case '$min':
      return replaceWhen(operand, (order) => order < 0);
    case '$max':
      return replaceWhen(operand, (order) => order > 0);
    case '$currentDate':
      return currentDate(field, operand);
    case '$addToSet':
      return addToSet(field, operand);
    case '$push':
      return compilePush(field, operand);
    case '$pull': {
      const names = compileElement(operand);
      return pullWhere(operator, field, names);
    }
    case '$pullAll':
      if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
      return pullWhere(operator, field, (element) => operand.some((value) => equal(value, element)));
    case '$pop':
      return pop(field, operand);
  }
}

const zeroLike = (amount: Numeric): Numeric => multiply(amount, new Int32(0));

function arithmetic(
  operator: '$inc' | '$mul',
  field: string,
  amount: Value,
  whenMissing: (amount: Numeric) => Numeric,
  combine: (a: Numeric, b: Numeric) => Numeric,
): Operation {
  if (!isNumber(amount)) {
    const verb = operator === '$inc' ? 'increment' : 'multiply';
    throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${field}: ${show(amount)}}`);
  }
  return {
    creates: true,
    apply: (slot, { root }) => {
      const value = slot.read();
      if (value === undefined) return slot.write(whenMissing(amount));
      if (isNumber(value)) return slot.write(combine(value, amount));
      throw typeMismatch(
        `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(root.get('_id') ?? null)}} has the field '${field}' of non-numeric type ${typeName(value)}`,
      );
    },
  };
}

const replaceWhen = (operand: Value, wins: (order: number) => boolean): Operation => ({
  creates: true,
  apply: (slot) => {
    const value = slot.read();
    if (value === undefined || wins(compare(operand, value))) slot.write(copy(operand));
  },
});

function currentDate(field: string, operand: Value): Operation {
  const type = isDoc(operand) && operand.size === 1 ? operand.get('$type') : operand;
  if (type === 'timestamp') return { creates: true, apply: (slot, { stamp }) => slot.write(stamp()) };
  if (typeof operand === 'boolean' || (type === 'date' && isDoc(operand))) {
    return { creates: true, apply: (slot, { now }) => slot.write(new DateTime(BigInt(now.getTime()))) };
  }
  throw badValue(
    `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}): '${field}'`,
  );
}

/** The values of `{ $each: [...] }`, or the operand itself as the only one. */
function eachOf(operator: string, operand: Value): Value[] {
  if (!isDoc(operand) || !operand.has('$each')) return [operand];
  for (const name of operand.keys())
    if (name !== '$each') throw badValue(`Found unexpected fields after $each in ${operator}: ${name}`);
  const each = operand.get('$each');
  if (!Array.isArray(each)) throw typeMismatch(`The argument to $each in ${operator} must be an array`);
  return each;
}

function addToSet(field: string, operand: Value): Operation {
  const values = eachOf('$addToSet', operand);
  return {
    creates: true,
    apply: (slot) => {
      const held = slot.read();
      const array = held === undefined ? [] : held;
      if (!Array.isArray(array)) {
        throw badValue(
          `Cannot apply $addToSet to non-array field. Field named '${field}' has non-array type ${typeName(array)}`,
        );
      }
      for (const value of values) if (!array.some((element) => equal(element, value))) array.push(copy(value));
      slot.write(array);
    },
  };
}

function pullWhere(operator: string, field: string, names: (element: Value) => boolean): Operation {
  return {
    creates: false,
    apply: (slot) => {
      const array = slot.read();
      if (array === undefined) return;
      if (!Array.isArray(array)) throw badValue(`Cannot apply ${operator} to a non-array value: '${field}'`);
      if (array.some(names)) slot.write(array.filter((element) => !names(element)));
    },
  };
}

function pop(field: string, operand: Value): Operation {
  const end = isNumber(operand) ? toDouble(operand) : 0;
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${show(operand)}`);
  return {
    creates: false,
    minds: true,
    apply: (slot) => {
      const array = slot.read();
      if (array === undefined) return;
      if (!Array.isArray(array))
        throw typeMismatch(`Path '${field}' contains an element of non-array type '${typeName(array)}'`);
      slot.write(end === 1 ? array.slice(0, -1) : array.slice(1));
    },
  };
}
