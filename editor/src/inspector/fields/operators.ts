import { OPERATORS } from '@parley/runtime';
import type { VariableType } from '../variables-of.ts';

export type Operator = (typeof OPERATORS)[number];

const NOTHING: readonly Operator[] = ['isEmpty', 'isNotEmpty', 'isPhone', 'isEmail'];
const PAIR: readonly Operator[] = ['between'];
const SEVERAL: readonly Operator[] = ['in', 'notIn', 'hasAny', 'hasAll'];

/** How many values stand at the right of an operator. */
export const rightOf = (operator: string): 'none' | 'pair' | 'several' | 'one' => {
  const is = (list: readonly string[]) => list.includes(operator);
  if (is(NOTHING)) return 'none';
  if (is(PAIR)) return 'pair';
  return is(SEVERAL) ? 'several' : 'one';
};

const ANY: readonly Operator[] = ['equals', 'notEquals', 'isEmpty', 'isNotEmpty', 'in', 'notIn'];
const ORDER: readonly Operator[] = ['greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual', 'between'];
const WORDS: readonly Operator[] = [
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'isPhone',
  'isEmail',
];
const BY_TYPE: Partial<Record<VariableType, readonly Operator[]>> = {
  text: [...ANY, ...WORDS, ...ORDER],
  number: [...ANY, ...ORDER],
  boolean: ['equals', 'notEquals', 'isEmpty', 'isNotEmpty'],
  date: ['before', 'after', 'between', ...ANY],
  list: ['contains', 'notContains', 'hasAny', 'hasAll', 'isEmpty', 'isNotEmpty'],
  object: ['isEmpty', 'isNotEmpty'],
};

/** Operators that make sense for what stands at the left, and the one in use whatever it is. */
export function operatorsFor(type: VariableType, inUse: string): readonly Operator[] {
  const fitting = BY_TYPE[type] ?? OPERATORS;
  return OPERATORS.filter((one) => one === inUse || fitting.includes(one));
}
