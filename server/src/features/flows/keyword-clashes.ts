import { flowWarning, fold, type Problem } from '@parley/runtime';
import { z } from 'zod';
import type { PublishedFlow } from './active-flows.ts';

/** As much of a document as this check reads; the rest may be broken. */
const Triggers = z.object({
  name: z.string().catch(''),
  nodes: z.array(z.unknown()),
  settings: z.object({ channels: z.array(z.string()).catch([]) }).catch({ channels: [] }),
});

const KeywordTrigger = z.object({
  id: z.string(),
  type: z.literal('trigger.message'),
  config: z.object({
    match: z.literal('keyword'),
    keywords: z.array(z.string()),
    how: z.string().catch('equals'),
  }),
});

interface Claim {
  keyword: string;
  how: string;
  node: string;
  path: string;
}

/** Warns where an active flow listens for the same word on the same channel: only one of the two will answer. */
export function keywordClashes(document: unknown, others: readonly PublishedFlow[]): Problem[] {
  const own = triggersOf(document);
  return others.flatMap((other) => {
    const theirs = triggersOf(other.document);
    if (!shareChannel(own.channels, theirs.channels)) return [];
    const taken = new Set(theirs.claims.map(({ how, keyword }) => `${how} ${keyword}`));
    return own.claims
      .filter(({ how, keyword }) => taken.has(`${how} ${keyword}`))
      .map(({ keyword, node, path }) => {
        const rival = theirs.name || other.flow;
        const message = `The flow ${rival} listens for "${keyword}" too. Change one, or set their priority.`;
        return flowWarning('keyword_taken', message, { node, path });
      });
  });
}

function triggersOf(document: unknown): { name: string; channels: string[]; claims: Claim[] } {
  const read = Triggers.safeParse(document);
  if (!read.success) return { name: '', channels: [], claims: [] };
  const { name, nodes, settings } = read.data;
  const claims = nodes.flatMap((node, at) => {
    const trigger = KeywordTrigger.safeParse(node);
    if (!trigger.success) return [];
    const { id, config } = trigger.data;
    return config.keywords.map((keyword, index) => ({
      keyword: fold(keyword.trim()),
      how: config.how,
      node: id,
      path: `/nodes/${at}/config/keywords/${index}`,
    }));
  });
  return { name, channels: settings.channels, claims };
}

/** No channel named means all of them. */
const shareChannel = (one: string[], other: string[]) =>
  one.length === 0 || other.length === 0 || one.some((channel) => other.includes(channel));
