import { toDouble } from '../bson/number.ts';
import { compare, equal, RANK, rank } from '../bson/order.ts';
import { isNumber, Pattern, typeCode, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { compileRegex } from './regex.ts';
import { typeCodes } from './type-list.ts';

/** A question about one value; `undefined` is a missing field. */
export type Leaf = (value: Value | undefined) => boolean;

export type LeafOperator = '$eq' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$type' | '$regex' | '$size' | '$mod';

export function leafOf(operator: LeafOperator, operand: Value): Leaf {
  switch (operator) {
    case '$eq':
      return equals(operand);
    case '$gt':
      return ordered('$gt', operand, (order) => order > 0, false);
    case '$gte':
      return ordered('$gte', operand, (order) => order >= 0, true);
    case '$lt':
      return ordered('$lt', operand, (order) => order < 0, false);
    case '$lte':
      return ordered('$lte', operand, (order) => order <= 0, true);
    case '$in':
      return among(operand);
    case '$type': {
      const codes = typeCodes(operand);
      return (value) => value !== undefined && codes.has(typeCode(value));
    }
    case '$regex':
      return regex(operand);
    case '$size':
      return size(operand);
    case '$mod':
      return modulo(operand);
  }
}

function equals(operand: Value): Leaf {
  if (operand === null) return (value) => value === undefined || value === null;
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand;
  return (value) => value !== undefined && equal(value, operand);
}

/** A comparison stays among values of its operand's rank; MinKey and MaxKey stand below and above all of them. */
function ordered(name: string, operand: Value, holds: (order: number) => boolean, orEqual: boolean): Leaf {
  if (operand instanceof Pattern) throw badValue(`Can't have RegEx as arg to predicate over field with ${name}.`);
  const bracket = rank(operand);
  if (bracket === RANK.null) return orEqual ? equals(null) : () => false;
  if (bracket === RANK.minKey || bracket === RANK.maxKey) {
    return (value) => value !== undefined && holds(compare(value, operand));
  }
  const nan = isNumber(operand) && Number.isNaN(toDouble(operand));
  return (value) => {
    if (value === undefined || rank(value) !== bracket) return false;
    // NaN sorts below every number, yet is neither less nor greater than one.
    if (bracket === RANK.number && isNumber(value) && nan !== Number.isNaN(toDouble(value))) return false;
    return holds(compare(value, operand));
  };
}

function among(operand: Value): Leaf {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  const strings = new Set<Value>();
  const others: Leaf[] = [];
  for (const item of operand) {
    if (typeof item === 'string') strings.add(item);
    else others.push(item instanceof Pattern ? regex(item) : equals(item));
  }
  return (value) => (typeof value === 'string' && strings.has(value)) || others.some((test) => test(value));
}

function regex(operand: Value): Leaf {
  if (!(operand instanceof Pattern)) throw badValue('$regex has to be a string');
  const test = compileRegex(operand.source, operand.flags);
  return (value) => {
    if (typeof value === 'string') return test(value);
    return value instanceof Pattern && equal(value, operand);
  };
}

function size(operand: Value): Leaf {
  const wanted = isNumber(operand) ? toDouble(operand) : Number.NaN;
  if (!Number.isInteger(wanted) || wanted < 0) throw badValue('Failed to parse $size. Expected a non-negative integer');
  return (value) => Array.isArray(value) && value.length === wanted;
}

function modulo(operand: Value): Leaf {
  if (!Array.isArray(operand) || operand.length !== 2) throw badValue('malformed mod, needs to be an array of two');
  const [divisor, remainder] = operand.map((part) => (isNumber(part) ? Math.trunc(toDouble(part)) : Number.NaN));
  if (
    divisor === undefined ||
    remainder === undefined ||
    !Number.isSafeInteger(divisor) ||
    !Number.isSafeInteger(remainder)
  )
    throw badValue('malformed mod, divisor and remainder have to be whole numbers');
  if (divisor === 0) throw badValue('divisor cannot be 0');
  return (value) => {
    if (!isNumber(value)) return false;
    if (typeof value === 'bigint') return value % BigInt(divisor) === BigInt(remainder);
    const number = Math.trunc(toDouble(value));
    return Number.isFinite(number) && number % divisor === remainder + 0;
  };
}
