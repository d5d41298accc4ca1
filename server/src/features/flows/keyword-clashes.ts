import { flowWarning, fold, type Problem } from '@parley/runtime';
import { z } from 'zod';
import type { PublishedFlow } from './published-flow.ts';

/** As much of a document as this check reads; the rest may be broken. */
const Triggers = z.object({
  name: z.string().catch(''),
  nodes: z.array(z.unknown()),
  settings: z
    .object({ channels: z.array(z.string()).catch([]), priority: z.number().catch(0) })
    .catch({ channels: [], priority: 0 }),
});

const Trigger = z.object({
  id: z.string(),
  type: z.string(),
  config: z.looseObject({
    match: z.string().catch('keyword'),
    how: z.string().catch('equals'),
    keywords: z.array(z.string()).catch([]),
    payload: z.string().optional().catch(undefined),
    title: z.string().optional().catch(undefined),
    source: z.string().optional().catch(undefined),
    name: z.string().optional().catch(undefined),
  }),
});
type Trigger = z.infer<typeof Trigger>;

interface Claim {
  code: 'keyword_taken' | 'trigger_taken';
  /** Two claims with the same key are for the same messages. */
  key: string;
  /** What it listens for, in words. */
  words: string;
  node: string;
  path: string;
}

/**
 * Warns where an active flow listens for the same thing on the same channel: only one of the two will begin. Says which,
 * and why. `createdAt` is this flow's; null for one that is not saved yet, which is younger than all.
 */
export function keywordClashes(
  document: unknown,
  others: readonly PublishedFlow[],
  createdAt: Date | null = null,
): Problem[] {
  const own = triggersOf(document);
  return others.flatMap((other) => {
    const theirs = triggersOf(other.document);
    if (!shareChannel(own.channels, theirs.channels)) return [];
    const taken = new Set(theirs.claims.map(({ key }) => key));
    return own.claims
      .filter(({ key }) => taken.has(key))
      .map(({ code, words, node, path }) => {
        const rival = theirs.name || other.flow;
        const wins = winner(own.priority, createdAt, theirs.priority, other.createdAt);
        return flowWarning(code, `The flow ${rival} listens for ${words} too. ${wins}`, {
          node,
          path,
          values: { bot: rival },
        });
      });
  });
}

/** The order in which `chooseTrigger` decides between equal claims. */
function winner(own: number, createdAt: Date | null, theirs: number, theirCreatedAt: Date): string {
  if (own > theirs) return `This flow answers: its priority is higher (${own}, the other's is ${theirs}).`;
  if (own < theirs) return `That one answers: its priority is higher (${theirs}, this flow's is ${own}).`;
  const older = createdAt !== null && createdAt < theirCreatedAt;
  const who = older ? 'This flow answers' : 'That one answers';
  return `${who}: it is the older one, and both have the priority ${own}. Change one, or set their priority.`;
}

function triggersOf(document: unknown): { name: string; channels: string[]; priority: number; claims: Claim[] } {
  const read = Triggers.safeParse(document);
  if (!read.success) return { name: '', channels: [], priority: 0, claims: [] };
  const { name, nodes, settings } = read.data;
  const claims = nodes.flatMap((node, at) => {
    const trigger = Trigger.safeParse(node);
    return trigger.success ? claimsOf(trigger.data, `/nodes/${at}/config`) : [];
  });
  return { name, ...settings, claims };
}

function claimsOf({ id: node, type, config }: Trigger, path: string): Claim[] {
  const { match, how, keywords, payload, title, source, name } = config;
  const one = (key: string, words: string, field: string): Claim[] => [
    { code: 'trigger_taken', key, words, node, path: `${path}/${field}` },
  ];
  if (type === 'trigger.event') {
    const event = name?.trim() ?? '';
    return one(`event ${event}`, `the event ${event}`, 'name');
  }
  if (type !== 'trigger.message') return [];
  switch (match) {
    case 'any':
      return one('any', 'any message', 'match');
    case 'first':
      return one('first', "a person's first message", 'match');
    case 'referral':
      return one(`referral ${source ?? ''}`, source ? `the ad ${source}` : 'people who come from an ad', 'match');
    case 'button': {
      const button = payload ?? fold(title ?? '');
      return one(
        `button ${button}`,
        `the button ${payload ?? title ?? ''}`,
        payload === undefined ? 'title' : 'payload',
      );
    }
    default:
      return keywords.map((written, index) => {
        const keyword = fold(written.trim());
        const key = `keyword ${how} ${keyword}`;
        return { code: 'keyword_taken', key, words: `"${keyword}"`, node, path: `${path}/keywords/${index}` };
      });
  }
}

/** No channel named means all of them. */
export const shareChannel = (one: string[], other: string[]) =>
  one.length === 0 || other.length === 0 || one.some((channel) => other.includes(channel));
