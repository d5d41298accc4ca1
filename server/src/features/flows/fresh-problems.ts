import type { Problem } from '@parley/runtime';
import { ordered } from './judge-draft.ts';
import type { StoredFlow } from './stored-flow.ts';

/** What is wrong with the templates that a document sends, beside what its organization has: see features/templates. */
export interface TemplateCheck {
  /** The codes of all that it tells. */
  codes: ReadonlySet<string>;
  problems(organization: string, document: unknown): Promise<Problem[]>;
}

/** The problems of a draft with what the provider told of its templates since it was saved. */
export async function freshProblems(
  { organization, document, problems }: StoredFlow,
  check: TemplateCheck,
): Promise<Problem[]> {
  const others = problems.filter(({ code }) => !check.codes.has(code));
  return ordered([...others, ...(await check.problems(organization, document))]);
}
