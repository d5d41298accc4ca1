import { type Condition, compilePattern, holds, readTemplate, stringsOf } from '@parley/runtime';
import type { z } from 'zod';

type Refinement = z.core.$RefinementCtx<unknown>;
type Compared = Pick<Condition, 'left' | 'operator' | 'right' | 'caseSensitive'>;

/** Names a pattern that cannot be read and a `between` without two values, which at run time would just never hold. */
export function refuseBroken({ operator, right }: Compared, path: PropertyKey[], ctx: Refinement): void {
  const issue = (message: string, params = {}) =>
    ctx.addIssue({ code: 'custom', path: [...path, 'right'], message, params });
  const pattern = operator === 'matches' && typeof right === 'string' && !right.includes('{{') ? right : null;
  if (pattern !== null && compilePattern(pattern) === null)
    issue(`The pattern ${pattern} cannot be read.`, { says: 'pattern', pattern });
  const pair = (Array.isArray(right) && right.length === 2) || typeof right === 'string';
  if (operator === 'between' && !pair) issue('Give two values, the lower one first.');
}

/** Names what is wrong with the templates of a value that the node renders itself, in a scope of its own. */
export function refuseBrokenTemplates(value: unknown, path: PropertyKey[], ctx: Refinement): void {
  for (const [at, text] of stringsOf(value)) {
    const { problem } = readTemplate(text);
    if (problem)
      ctx.addIssue({ code: 'custom', path: [...path, ...at], message: problem.message, params: { says: 'template' } });
  }
}

/** Whether all or any of the conditions hold, both sides being rendered already. */
export function allOrAny(match: 'all' | 'any', conditions: readonly Compared[]): boolean {
  const one = ({ left, operator, right, caseSensitive }: Compared) => holds(operator, { left, right, caseSensitive });
  return match === 'all' ? conditions.every(one) : conditions.some(one);
}
