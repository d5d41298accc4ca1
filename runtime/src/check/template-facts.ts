import { Cache } from '../expression/cache.ts';
import { readTemplate, type TemplateProblem } from '../expression/read-template.ts';

interface TemplateFacts {
  problem: TemplateProblem | null;
  reads: readonly string[];
}

/** Texts with templates: those of a large flow. Parsing is most of what a check costs, and an edit changes one text. */
const kept = new Cache<TemplateFacts>(4_000);
const PLAIN: TemplateFacts = { problem: null, reads: [] };

/** What a check wants to know of a text. */
export function templateFacts(text: string): TemplateFacts {
  if (!text.includes('{{')) return PLAIN;
  return kept.of(text, () => {
    const { template, problem } = readTemplate(text);
    return { problem: problem ?? null, reads: template?.reads ?? [] };
  });
}
