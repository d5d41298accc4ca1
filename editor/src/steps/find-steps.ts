import { fold, type NodeType } from '@parley/runtime';

/** Everything that people may call a step by: its words in every language, and others that mean the same. */
export interface Findable {
  type: NodeType;
  title: string;
  description: string;
  /** Titles and descriptions in the other languages, synonyms in all of them. */
  also: readonly string[];
}

/**
 * Steps that hold every word of the query, those first whose title begins with it, then those with it in the title, then
 * the rest in their own order. Accents and capitals make no difference.
 */
export function findSteps<Step extends Findable>(steps: readonly Step[], query: string): Step[] {
  const words = fold(query).split(' ').filter(Boolean);
  if (words.length === 0) return [...steps];
  return steps
    .map((step) => ({ step, rank: rankOf(step, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ step }) => step);
}

function rankOf({ type, title, description, also }: Findable, words: readonly string[]): number | null {
  const name = fold(title);
  const all = [name, fold(description), ...also.map(fold), type.type.toLowerCase()].join('\n');
  if (!words.every((word) => all.includes(word))) return null;
  if (words.every((word) => name.split(' ').some((part) => part.startsWith(word)))) return 0;
  if (words.every((word) => name.includes(word))) return 1;
  const known = also.map(fold).join('\n');
  return words.every((word) => known.includes(word)) ? 2 : 3;
}
