import { toDouble } from '../bson/number.ts';
import { compareMissing } from '../bson/order.ts';
import { type Path, splitPath } from '../bson/path.ts';
import { DateTime, type Doc, Int32, isDoc, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue, Refusal, unknownExpression } from '../errors.ts';
import { EXPRESSION_OPERATORS, known } from '../shapes.ts';
import { add, subtract } from '../update/arithmetic.ts';

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
  const fields = [...operand].map(([field, value]): [string, Expression] => [field, compileExpression(value)]);
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
  if (name === '$$NOW') return ({ now }) => new DateTime(BigInt(now.getTime()));
  if (name.startsWith('$$')) throw new Refusal(17276, `Use of undefined variable: ${name.slice(2)}`);
  const path = splitPath(name.slice(1));
  if (path.some((part) => part === '')) throw new Refusal(40353, `FieldPath '${name}' has an empty part`);
  return ({ root }) => fieldAt(root, path, 0);
}

/** Unlike in a filter, a path through an array gives the array of what its documents hold. */
function fieldAt(value: Value | undefined, path: Path, at: number): Value | undefined {
  const part = path[at];
  if (part === undefined) return value;
  if (isDoc(value)) return fieldAt(value.get(part), path, at + 1);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => fieldAt(element, path, at)).filter((found) => found !== undefined);
}

export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumber(value) && toDouble(value) === 0);
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
      return (scope) => foldSum(parts.map((part) => part(scope)));
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
  if (operator === '$subtract') return difference(left, right);
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

function milliseconds(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.round(value));
  throw badValue(`cannot add ${typeName(value)} to a date`);
}

function difference(left: Value | undefined, right: Value | undefined): Value {
  if (nothing(left) || nothing(right)) return null;
  if (left instanceof DateTime) {
    return right instanceof DateTime ? left.ms - right.ms : new DateTime(left.ms - milliseconds(right));
  }
  if (isNumber(left) && isNumber(right)) return subtract(left, right);
  throw new Refusal(14, `can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

function foldSum(values: (Value | undefined)[]): Value {
  let sum: Value = new Int32(0);
  for (const value of values) {
    if (nothing(value)) return null;
    if (sum instanceof DateTime && value instanceof DateTime)
      throw new Refusal(16612, 'only one date allowed in an $add expression');
    if (sum instanceof DateTime) sum = new DateTime(sum.ms + milliseconds(value));
    else if (value instanceof DateTime) sum = new DateTime(value.ms + milliseconds(sum));
    else if (isNumber(sum) && isNumber(value)) sum = add(sum, value);
    else throw new Refusal(14, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return sum;
}
