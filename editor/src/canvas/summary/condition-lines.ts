import type { Config } from '../../steps/config.ts';
import { conditionInWords } from '../../steps/in-words.ts';
import { type Line, plain, type Telling } from './summary.ts';

/** One line a condition, joined by "and" or "or". */
export function conditionsInWords(conditions: readonly Config[], match: string, t: Telling['t']): Line[] {
  return conditions.map((condition, index) => {
    const words = conditionInWords(condition, t);
    if (index === 0) return plain(words);
    return plain(t(match === 'any' ? 'or' : 'and', { condition: words }));
  });
}
