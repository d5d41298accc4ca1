import type { FlowLibrary, Problem } from '@parley/runtime';
import { keywordClashes } from './keyword-clashes.ts';
import { checkDocument } from './language.ts';
import type { PublishedFlow } from './published-flow.ts';

const KEPT_PROBLEMS = 200; // nobody mends more at a time, and each is stored and sent with every saving

/** What else is known of where a document is to run. */
interface Surroundings {
  /** The other flows that answer. */
  others: readonly PublishedFlow[];
  /** The flows that run inside it. */
  library: FlowLibrary;
  /** Of its templates, see features/templates. */
  templates: readonly Problem[];
  createdAt: Date | null;
}

/** What is wrong with a document by itself, and beside what surrounds it. Errors come first. */
export function judgeDraft(document: unknown, { others, library, templates, createdAt }: Surroundings): Problem[] {
  const clashes = keywordClashes(document, others, createdAt);
  return ordered([...checkDocument(document, library), ...templates, ...clashes]);
}

/** Errors first, and no more than anybody mends. */
export function ordered(problems: readonly Problem[]): Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return [...errors, ...warnings].slice(0, KEPT_PROBLEMS);
}
