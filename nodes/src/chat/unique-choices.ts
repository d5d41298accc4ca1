import { fold } from '@parley/runtime';
import type { z } from 'zod';

/** Names that are ports of their own; a choice with such an id could not be told from them. */
const RESERVED = new Set(['other', 'timeout', 'error']);

/**
 * Two choices of the same id or title cannot be told apart in the reply. Items that are no choice are null; `idField` is
 * what holds the id.
 */
export function uniqueChoices(
  choices: readonly ({ id: string; title?: string } | null)[],
  path: PropertyKey[],
  ctx: z.core.$RefinementCtx<unknown>,
  idField = 'id',
): void {
  const ids = new Set<string>();
  const titles = new Set<string>();
  choices.forEach((choice, index) => {
    if (!choice) return;
    const { id, title } = choice;
    const issue = (field: string, message: string, params = {}) =>
      ctx.addIssue({ code: 'custom', path: [...path, index, field], message, params });
    if (id.startsWith('$')) issue(idField, 'An id does not begin with "$".');
    if (id.includes('{{')) issue(idField, 'An id is a port and stays as it is; write it without {{ }}.');
    if (RESERVED.has(id))
      issue(idField, `"${id}" is the name of a port; choose another id.`, { says: 'reserved_id', id });
    if (ids.has(id)) issue(idField, `Two choices have the id ${id}. Give each its own.`, { says: 'same_id', id });
    if (title !== undefined && titles.has(fold(title)))
      issue('title', `Two choices are called ${title}. Give each its own words.`, { says: 'same_title', title });
    ids.add(id);
    if (title !== undefined) titles.add(fold(title));
  });
}
