import { addDecimals } from '../bson/decimal.ts';
import { decimalOf, isZero, type Numeric } from '../bson/number.ts';
import { compareMissing } from '../bson/order.ts';
import type { Path } from '../bson/path.ts';
import { Sum } from '../bson/sum.ts';
import { DateTime, Decimal, type Doc, Int32, isDoc, isNumber, typeName, type Value } from '../bson/value.ts';
import { Refusal, typeMismatch, unknownExpression } from '../errors.ts';
import { EXPRESSION_OPERATORS, known } from '../shapes.ts';
import { difference } from '../update/arithmetic.ts';
import { between, earlier, later } from './dates.ts';
import { checkFieldName, fieldPath } from './field-path.ts';

export interface Scope {
  root: Doc;
  /** The store's clock, one reading per command: `$$NOW`. */
  now: Date;
}

/** `undefined` is a missing field, which differs from null. */
export type Expression = (scope: Scope) => Value | undefined;

export function compileExpression(operand: Value): Expression {
  if (typeof operand === 'string' && operand.startsWith('$')) return compileVariable(operand);
  if (Array.isArray(operand)) {
    const parts = operand.map(compileExpression);
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  if (!isDoc(operand)) return () => operand;
  const [name] = operand.keys();
  if (name?.startsWith('$')) {
    if (operand.size > 1) throw new Refusal(15983, 'An object representing an expression must have exactly one field');
    return compileCall(name, operand.get(name) ?? null);
  }
  const fields = [...operand].map(([field, value]): [string, Expression] => {
    checkFieldName(field);
    return [field, compileExpression(value)];
  });
  return (scope) => {
    const made: Doc = new Map();
    for (const [field, value] of fields) {
      const result = value(scope);
      if (result !== undefined) made.set(field, result);
    }
    return made;
  };
}

function compileVariable(name: string): Expression {
  if (name === '$') throw new Refusal(16872, "'$' by itself is not a valid FieldPath");
  if (name.includes('\0')) throw new Refusal(16419, 'field path must not contain embedded null characters');
  if (name.startsWith('$$')) return compileSystemVariable(name.slice(2));
  const path = fieldPath(name.slice(1));
  return ({ root }) => fieldAt(root, path, 0);
}

function compileSystemVariable(name: string): Expression {
  if (name === '') throw new Refusal(16867, 'empty variable names are not allowed');
  const [variable] = fieldPath(name);
  if (variable !== 'NOW') throw new Refusal(17276, `Use of undefined variable: ${variable}`);
  if (name !== 'NOW') return () => undefined; // a date has no fields
  return ({ now }) => new DateTime(BigInt(now.getTime()));
}

/** Unlike in a filter, a path through an array gives the array of what its documents hold; arrays in it hold nothing. */
function fieldAt(value: Value | undefined, path: Path, at: number): Value | undefined {
  const part = path[at];
  if (part === undefined) return value;
  if (isDoc(value)) return fieldAt(value.get(part), path, at + 1);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((element) => {
    const found = isDoc(element) ? fieldAt(element, path, at) : undefined;
    return found === undefined ? [] : [found];
  });
}

export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumber(value) && isZero(value));
}

function compileCall(name: string, operand: Value): Expression {
  const operator = known(EXPRESSION_OPERATORS, name);
  if (operator === '$literal') return () => operand;
  const parts = (Array.isArray(operand) ? operand : [operand]).map(compileExpression);
  switch (operator) {
    case undefined:
      throw unknownExpression(name);
    case '$and':
      return (scope) => parts.every((part) => truthy(part(scope)));
    case '$or':
      return (scope) => parts.some((part) => truthy(part(scope)));
    case '$add':
      return (scope) => sumOf(parts.map((part) => part(scope)));
    case '$ifNull':
      if (parts.length < 2) throw new Refusal(1257300, '$ifNull needs at least two arguments');
      return (scope) => {
        let value: Value | undefined;
        for (const part of parts) {
          value = part(scope);
          if (value !== undefined && value !== null) break;
        }
        return value;
      };
    case '$not': {
      const [only] = exactly(name, parts, 1);
      return (scope) => !truthy(only?.(scope));
    }
    default: {
      const [left, right] = exactly(name, parts, 2);
      return (scope) => apply(operator, left?.(scope), right?.(scope));
    }
  }
}

function exactly(name: string, parts: Expression[], count: number): Expression[] {
  if (parts.length === count) return parts;
  throw new Refusal(16020, `Expression ${name} takes exactly ${count} arguments. ${parts.length} were passed in.`);
}

type Binary = '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte' | '$subtract';

function apply(operator: Binary, left: Value | undefined, right: Value | undefined): Value {
  if (operator === '$subtract') return subtract(left, right);
  const order = compareMissing(left, right); // across types, unlike a filter's operators
  switch (operator) {
    case '$eq':
      return order === 0;
    case '$ne':
      return order !== 0;
    case '$gt':
      return order > 0;
    case '$gte':
      return order >= 0;
    case '$lt':
      return order < 0;
    case '$lte':
      return order <= 0;
  }
}

const nothing = (value: Value | undefined): value is null | undefined => value === null || value === undefined;

function subtract(left: Value | undefined, right: Value | undefined): Value {
  if (nothing(left) || nothing(right)) return null;
  if (left instanceof DateTime && right instanceof DateTime) return between(left, right);
  if (left instanceof DateTime && isNumber(right)) return earlier(left, right);
  if (isNumber(left) && isNumber(right)) return difference(left, right);
  throw typeMismatch(`can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

/** Numbers, and at most one date, which moves by what the others add up to. One null makes it all null. */
function sumOf(values: (Value | undefined)[]): Value {
  const numbers: Numeric[] = [];
  let date: DateTime | undefined;
  for (const value of values) {
    if (nothing(value)) return null;
    if (isNumber(value)) numbers.push(value);
    else if (!(value instanceof DateTime)) {
      throw typeMismatch(`$add only supports numeric or date types, not ${typeName(value)}`);
    } else if (date) throw new Refusal(16612, 'only one date allowed in an $add expression');
    else date = value;
  }
  return date ? numbers.reduce<DateTime>(later, date) : total(numbers);
}

function total(numbers: Numeric[]): Numeric {
  if (numbers.some((number) => number instanceof Decimal)) {
    return numbers.map(decimalOf).reduce(addDecimals, decimalOf(new Int32(0)));
  }
  const sum = new Sum();
  for (const number of numbers) sum.add(number);
  return sum.total();
}
