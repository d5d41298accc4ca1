import { LOGIC } from './logic.ts';
import { MESSAGES } from './messages.ts';
import { REST } from './rest.ts';
import { code, type Summary, type Telling } from './summary.ts';

const SUMMARIES = { ...MESSAGES, ...LOGIC, ...REST };

/** What the card of a node of this type says. A package's own type is told by its settings, one a line. */
export function summarize(type: string, telling: Telling): Summary {
  if (Object.hasOwn(SUMMARIES, type)) return SUMMARIES[type]?.(telling) ?? { lines: [] };
  return { lines: telling.config.all().map(([name, value]) => code(`${name}: ${value}`)) };
}

/** Types that have a summary of their own, for the test that walks the list of nodes. */
export const SUMMARIZED: readonly string[] = Object.keys(SUMMARIES);
