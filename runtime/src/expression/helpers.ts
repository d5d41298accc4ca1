import type { Helper, HelperDocs } from './helper.ts';
import { choiceHelpers } from './helpers/choice.ts';
import { dateHelpers } from './helpers/dates.ts';
import { jsonHelpers } from './helpers/json.ts';
import { listHelpers } from './helpers/lists.ts';
import { logicHelpers } from './helpers/logic.ts';
import { numberHelpers } from './helpers/numbers.ts';
import { patternHelpers } from './helpers/patterns.ts';
import { phoneHelpers } from './helpers/phones.ts';
import { textHelpers } from './helpers/text.ts';
import { whatsappHelpers } from './helpers/whatsapp.ts';

const all: readonly Helper[] = [
  ...choiceHelpers,
  ...logicHelpers,
  ...textHelpers,
  ...patternHelpers,
  ...whatsappHelpers,
  ...numberHelpers,
  ...dateHelpers,
  ...listHelpers,
  ...jsonHelpers,
  ...phoneHelpers,
];

/** What an author can call, group by group, with an example that a test runs. */
export const HELPERS: readonly HelperDocs[] = all.map(({ run: _, ...docs }) => docs);

/** Own helpers only, on a table without a prototype: `constructor` is no helper. */
const table: Record<string, Helper> = Object.assign(
  Object.create(null) as Record<string, Helper>,
  Object.fromEntries(all.map((helper) => [helper.name, helper])),
);

export const helperOf = (name: string): Helper | undefined => table[name];
