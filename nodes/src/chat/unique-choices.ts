import { fold } from '@parley/runtime';
import type { z } from 'zod';

/** Names that are ports of their own; a choice with such an id could not be told from them. */
const RESERVED = new Set(['other', 'timeout', 'error']);

/** Two choices of the same id or title cannot be told apart in the reply. */
export function uniqueChoices(
  choices: readonly { id: string; title: string }[],
  path: PropertyKey[],
  ctx: z.core.$RefinementCtx<unknown>,
): void {
  const ids = new Set<string>();
  const titles = new Set<string>();
  choices.forEach(({ id, title }, index) => {
    const issue = (field: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [...path, index, field], message });
    if (id.startsWith('$')) issue('id', 'An id does not begin with "$".');
    if (id.includes('{{')) issue('id', 'An id is a port and stays as it is; write it without {{ }}.');
    if (RESERVED.has(id)) issue('id', `"${id}" is the name of a port; choose another id.`);
    if (ids.has(id)) issue('id', `Two choices have the id ${id}. Give each its own.`);
    if (titles.has(fold(title))) issue('title', `Two choices are called ${title}. Give each its own words.`);
    ids.add(id);
    titles.add(fold(title));
  });
}
