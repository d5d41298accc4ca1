import type { FlowDocument } from '../../api/flows.ts';

export type Beginning = 'keyword' | 'any' | 'first';

/** Words as somebody types them into one field, each once; commas of every script part them. */
export const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,،;\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
];

/** A flow with nothing but its first trigger: the canvas goes on from there. */
export function firstBot(name: string, match: Beginning, keywords: readonly string[]): FlowDocument {
  const config = match === 'keyword' ? { match, keywords } : { match };
  return {
    format: 'parley.flow/1',
    name,
    nodes: [{ id: 'start', type: 'trigger.message', config }],
    edges: [],
    layout: { nodes: { start: [0, 0] }, groups: [], notes: [] },
  };
}
