import type { Rule } from '../network/script.ts';

/** One rule of a script. */
export const rule = (then: Rule['then'], match: Rule['match'] = {}, more: Partial<Rule> = {}): Rule => ({
  match,
  ...more,
  then,
});
