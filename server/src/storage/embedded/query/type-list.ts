import { toDouble } from '../bson/number.ts';
import { isNumber, isTypeCode, typeCodeOfName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, typeMismatch } from '../errors.ts';

const NUMBER_CODES = [1, 16, 18, 19];

/** The operand of `$type` as BSON's type numbers. */
export function typeCodes(operand: Value): ReadonlySet<number> {
  const names = Array.isArray(operand) ? operand : [operand];
  if (names.length === 0) throw failedToParse('$type must match at least one type');
  return new Set(names.flatMap(codesOf));
}

function codesOf(name: Value): number[] {
  if (name === 'number') return NUMBER_CODES;
  if (typeof name === 'string') {
    const code = typeCodeOfName(name);
    if (code === undefined) throw badValue(`Unknown type name alias: ${name}`);
    return [code];
  }
  if (!isNumber(name)) throw typeMismatch('type must be represented as a number or a string');
  const code = toDouble(name);
  if (!isTypeCode(code)) throw badValue(`Invalid numerical type code: ${code}`);
  return [code];
}
