import type { Problem } from '@parley/runtime';
import { libraryOf } from '../../engine/flow-library.ts';
import { documentTooLarge } from '../../plugins/errors.ts';
import type { TemplateCheck } from './fresh-problems.ts';
import { judgeDraft } from './judge-draft.ts';
import type { FlowStore } from './store.ts';

const MAX_DOCUMENT = 1024 * 1024; // bytes of JSON; the whole document travels with every saving
/** The same document may come indented. */
export const MAX_BODY = 4 * MAX_DOCUMENT;

export type JudgeSaving = ReturnType<typeof judgeSaving>;

/** What is wrong with a document that is about to be kept or published; one that is too large is refused. */
export const judgeSaving =
  (flows: Pick<FlowStore, 'activeFlows' | 'callees'>, check: TemplateCheck) =>
  async (
    organization: string,
    id: string | null,
    document: unknown,
    createdAt: Date | null = null,
  ): Promise<Problem[]> => {
    const bytes = Buffer.byteLength(JSON.stringify(document) ?? '');
    if (bytes > MAX_DOCUMENT) throw documentTooLarge(bytes, MAX_DOCUMENT);
    const others = (await flows.activeFlows(organization)).filter(({ flow }) => flow !== id);
    const library = libraryOf(await flows.callees(organization, document));
    const templates = await check.problems(organization, document);
    return judgeDraft(document, { others, library, templates, createdAt });
  };
