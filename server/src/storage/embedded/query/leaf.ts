import { keyOf } from '../bson/key.ts';
import { exact, type Numeric, toDouble, wholeOf } from '../bson/number.ts';
import { compare, equal, RANK, rank } from '../bson/order.ts';
import { isDoc, isNumber, Pattern, typeCode, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { compileRegex } from './regex.ts';
import { typeCodes } from './type-list.ts';

const MAX_INT = 2n ** 31n - 1n;

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
    return (value) => holds(compare(value ?? null, operand)); // a missing field lies between them too
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
  if (operand.some(hasOperator)) throw badValue('cannot nest $ under $in');
  const strings = new Set<Value>(operand.filter((item) => typeof item === 'string'));
  const patterns = operand.filter((item) => item instanceof Pattern).map(regex);
  const others = operand.filter((item) => typeof item !== 'string' && !(item instanceof Pattern));
  const isOther = others.length > SHORT ? byKey(others) : anyOf(others.map(equals));
  const fits = anyOf(patterns);
  return (value) => (typeof value === 'string' && strings.has(value)) || isOther(value) || fits(value);
}

const SHORT = 16; // values: a longer list costs more to walk than a value's key to make

const anyOf =
  (tests: Leaf[]): Leaf =>
  (value) =>
    tests.some((test) => test(value));

function byKey(values: Value[]): Leaf {
  const textOf = (value: Value): string => keyOf(value).toString('latin1');
  const keys = new Set(values.map(textOf));
  return (value) => keys.has(textOf(value ?? null)); // a missing field is null to $in
}

const hasOperator = (item: Value): boolean => {
  const [first] = isDoc(item) ? item.keys() : [];
  return first?.startsWith('$') ?? false;
};

function regex(operand: Value): Leaf {
  if (!(operand instanceof Pattern)) throw badValue('$regex has to be a string');
  const test = compileRegex(operand.source, operand.flags);
  return (value) => {
    if (typeof value === 'string') return test(value);
    return value instanceof Pattern && equal(value, operand);
  };
}

function size(operand: Value): Leaf {
  const wanted = isNumber(operand) ? wholeOf(operand) : null;
  if (wanted === null || wanted < 0n) throw badValue('Failed to parse $size. Expected a non-negative integer');
  if (wanted > MAX_INT) throw badValue('Failed to parse $size. The number does not fit an int');
  const length = Number(wanted);
  return (value) => Array.isArray(value) && value.length === length;
}

/** Both parts are cut to whole numbers, the value too; NaN and the infinities have no remainder. */
function modulo(operand: Value): Leaf {
  if (!Array.isArray(operand) || operand.length !== 2) throw badValue('malformed mod, needs to be an array of two');
  const [divisor, remainder] = operand.map((part) => (isNumber(part) ? cut(part) : null));
  if (typeof divisor !== 'bigint' || typeof remainder !== 'bigint' || !isLong(divisor) || !isLong(remainder)) {
    throw badValue('malformed mod, divisor and remainder have to be numbers that fit a long');
  }
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    const whole = isNumber(value) ? cut(value) : null;
    return whole !== null && isLong(whole) && whole % divisor === remainder;
  };
}

const isLong = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

/** Without what is behind the point; null for NaN and the infinities. */
function cut(value: Numeric): bigint | null {
  const read = exact(value);
  if (typeof read === 'string') return null;
  const { coefficient, exponent } = read;
  if (exponent >= 0) return exponent > 40 ? 2n ** 64n : coefficient * 10n ** BigInt(exponent);
  return coefficient / 10n ** BigInt(-exponent);
}
