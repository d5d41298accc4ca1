import type { FlowLibrary, Problem } from '@parley/runtime';
import { keywordClashes } from './keyword-clashes.ts';
import { checkDocument } from './language.ts';
import type { PublishedFlow } from './published-flow.ts';

const KEPT_PROBLEMS = 200; // nobody mends more at a time, and each is stored and sent with every saving

/** What is wrong with a document by itself, and beside the other flows that answer. Errors come first. */
export function judgeDraft(
  document: unknown,
  others: readonly PublishedFlow[],
  library: FlowLibrary,
  createdAt: Date | null,
): Problem[] {
  const problems = [...checkDocument(document, library), ...keywordClashes(document, others, createdAt)];
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return [...errors, ...warnings].slice(0, KEPT_PROBLEMS);
}
