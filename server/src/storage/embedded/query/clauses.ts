import { type Doc, isDoc, Pattern, type Value } from '../bson/value.ts';
import { hasOperators } from './match.ts';

/** One condition of a filter that must hold by itself: `path operator operand`. */
export interface Clause {
  path: string;
  operator: string;
  operand: Value;
}

/** The conditions that a filter joins by "and". What is nested in `$or`, `$nor` or `$expr` is not among them. */
export function clausesOf(filter: Doc): Clause[] {
  return [...filter].flatMap(([name, operand]): Clause[] => {
    if (name === '$and' && Array.isArray(operand)) return operand.filter(isDoc).flatMap(clausesOf);
    if (name.startsWith('$')) return [];
    if (operand instanceof Pattern) return [{ path: name, operator: '$regex', operand }];
    if (!hasOperators(operand)) return [{ path: name, operator: '$eq', operand }];
    return [...operand].flatMap(([operator, value]) => clauseOf(name, operator, value, operand));
  });
}

function clauseOf(path: string, operator: string, operand: Value, all: Doc): Clause[] {
  if (operator === '$options') return [];
  if (operator !== '$regex' || typeof operand !== 'string') return [{ path, operator, operand }];
  const flags = all.get('$options');
  return [{ path, operator, operand: new Pattern(operand, typeof flags === 'string' ? flags : '') }];
}
