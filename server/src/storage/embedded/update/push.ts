import { toDouble } from '../bson/number.ts';
import { show } from '../bson/show.ts';
import { copy, type Doc, isDoc, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import type { Operation } from './operation.ts';

const MODIFIERS = ['$each', '$slice', '$position'];

/** `$push` of one value, or of `$each` with `$position` and `$slice`. `$sort` is refused. */
export function compilePush(field: string, operand: Value): Operation {
  const modified = isDoc(operand) && operand.has('$each');
  const each = modified ? operand.get('$each') : [operand];
  if (!Array.isArray(each))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(each ?? null)}`);
  if (modified) checkModifiers(operand);
  const position = modified ? whole(operand, '$position') : undefined;
  const slice = modified ? whole(operand, '$slice') : undefined;
  return {
    creates: true,
    apply: (slot, { root }) => {
      const found = slot.read();
      const held = found === undefined ? [] : found;
      if (!Array.isArray(held)) {
        const id = root.get('_id');
        throw badValue(
          `The field '${field}' must be an array but is of type ${typeName(held)} in document {_id: ${show(id ?? null)}}`,
        );
      }
      const array = [...held];
      array.splice(position ?? array.length, 0, ...each.map(copy));
      slot.write(slice === undefined ? array : sliced(array, slice));
    },
  };
}

function checkModifiers(operand: Doc): void {
  for (const name of operand.keys()) {
    if (!MODIFIERS.includes(name)) throw badValue(`Unrecognized clause in $push: ${name}`);
  }
}

function whole(operand: Doc, name: string): number | undefined {
  const value = operand.get(name);
  if (value === undefined) return undefined;
  const number = isNumber(value) ? toDouble(value) : Number.NaN;
  if (!Number.isInteger(number)) throw badValue(`The value for ${name} must be an integer value`);
  return number;
}

const sliced = (array: Value[], slice: number): Value[] => {
  if (slice === 0) return [];
  return slice < 0 ? array.slice(slice) : array.slice(0, slice);
};
