import { nodeTypes } from '@parley/nodes';
import {
  type Flow,
  fold,
  type InboundMessage,
  inboundMessage,
  inboundText,
  parseFlow,
  TRIGGER_RANKS,
  type TriggerKind,
} from '@parley/runtime';
import { shareChannel } from './keyword-clashes.ts';
import type { PublishedFlow } from './published-flow.ts';

/** What a trigger listens for; `value` is a word, a pattern, a button, an ad or an event, and null where it takes all. */
export interface ClashingTrigger {
  node: string;
  kind: TriggerKind | 'event';
  value: string | null;
}

/** Two live flows that both want one message. */
export interface Clash {
  trigger: ClashingTrigger;
  otherTrigger: ClashingTrigger;
  other: { id: string; name: string };
  wins: 'this' | 'other';
  because: 'more_specific' | 'priority' | 'older';
  priority: { this: number; other: number };
  /** A message that both want, as a person would write it; null where any will do or none can be made up. */
  example: string | null;
}

type Live = Pick<PublishedFlow, 'flow' | 'document' | 'createdAt'>;

interface Listener extends ClashingTrigger {
  claims(message: InboundMessage): { kind: TriggerKind; by: string } | null;
  examples: InboundMessage[];
  /** Only kinds of one family are a surprise: "any message" behind a word is how bots are meant to be. */
  family: string;
}

const MAX_CLASHES = 50; // more than anybody reads

/** Where a flow and those that are live want the same message on a shared channel, and which of the two gets it. */
export function clashesOf(own: Live, others: readonly Live[]): Clash[] {
  const flow = parseFlow(own.document).flow;
  if (!flow) return [];
  const listeners = listenersOf(flow);
  return others
    .flatMap((other) => {
      const theirs = parseFlow(other.document).flow;
      if (!theirs || !shareChannel(flow.settings.channels, theirs.settings.channels)) return [];
      const priority = { this: flow.settings.priority, other: theirs.settings.priority };
      return pairs(listeners, listenersOf(theirs)).map(
        ([mine, their, example]): Clash => ({
          trigger: facts(mine),
          otherTrigger: facts(their),
          other: { id: other.flow, name: theirs.name },
          priority,
          example,
          ...decide(mine.kind, their.kind, priority, own, other),
        }),
      );
    })
    .slice(0, MAX_CLASHES);
}

const facts = ({ node, kind, value }: ClashingTrigger): ClashingTrigger => ({ node, kind, value });

/** The order in which `chooseTrigger` decides. */
function decide(
  mine: ClashingTrigger['kind'],
  their: ClashingTrigger['kind'],
  priority: Clash['priority'],
  own: Live,
  other: Live,
): Pick<Clash, 'wins' | 'because'> {
  const rank = mine === 'event' || their === 'event' ? 0 : TRIGGER_RANKS[mine] - TRIGGER_RANKS[their];
  if (rank !== 0) return { wins: rank < 0 ? 'this' : 'other', because: 'more_specific' };
  if (priority.this !== priority.other)
    return { wins: priority.this > priority.other ? 'this' : 'other', because: 'priority' };
  const age = own.createdAt.getTime() - other.createdAt.getTime() || (own.flow < other.flow ? -1 : 1);
  return { wins: age < 0 ? 'this' : 'other', because: 'older' };
}

type Pair = [mine: ClashingTrigger, their: ClashingTrigger, example: string | null];

function pairs(mine: readonly Listener[], theirs: readonly Listener[]): Pair[] {
  const found = new Map<string, Pair>();
  for (const one of mine) {
    for (const other of theirs) {
      if (one.family !== other.family) continue;
      for (const [a, b, example] of shared(one, other)) {
        const key = JSON.stringify([a.node, a.value && fold(a.value), b.node, b.value && fold(b.value)]);
        if (!found.has(key)) found.set(key, [a, b, example]);
      }
    }
  }
  return [...found.values()];
}

/** What both listeners take, tried with the words of each: a pattern is known only by what it matches. */
function shared(one: Listener, other: Listener): Pair[] {
  if (one.family !== 'words')
    return one.value === other.value || !one.value || !other.value ? [[one, other, null]] : [];
  const found = [...one.examples, ...other.examples].flatMap((message): Pair[] => {
    const [a, b] = [one.claims(message), other.claims(message)];
    if (!a || !b) return [];
    return [[{ ...one, value: a.by }, { ...other, value: b.by }, message.text]];
  });
  return [...found, ...samePatterns(one, other)];
}

/** Two equal patterns clash, whatever it is that they match. */
function samePatterns(one: Listener, other: Listener): Pair[] {
  if (one.kind !== 'pattern' || other.kind !== 'pattern') return [];
  const theirs = new Set(other.examples.map(({ text }) => text));
  return one.examples.flatMap(({ text }): Pair[] =>
    text !== null && theirs.has(text) ? [[{ ...one, value: text }, { ...other, value: text }, null]] : [],
  );
}

function listenersOf({ nodes }: Flow): Listener[] {
  return nodes.flatMap(({ id, type: name, config: given }): Listener[] => {
    const type = nodeTypes.get(name);
    const config = type?.schema.safeParse(given);
    if (!type || !config?.success) return [];
    const read = config.data as Record<string, unknown>; // each field is looked at below
    const text = (field: string) => (typeof read[field] === 'string' ? read[field] : null);
    const listener = (
      kind: Listener['kind'],
      family: string,
      value: string | null,
      examples: InboundMessage[] = [],
    ) => [
      {
        node: id,
        kind,
        family,
        value,
        examples,
        claims: (message: InboundMessage) => type.claims?.(config.data, { message, first: true }) ?? null,
      },
    ];
    if (name === 'trigger.event') return listener('event', 'event', text('name'));
    if (name !== 'trigger.message') return [];
    const match = text('match');
    if (match === 'any' || match === 'first') return listener(match, match, null);
    if (match === 'referral') return listener('referral', match, text('source'));
    if (match === 'button') {
      const value = text('payload') ?? (text('title') && fold(text('title') ?? ''));
      return listener('button', match, value, [inboundMessage({ type: 'button', text: value, payload: value })]);
    }
    const words = Array.isArray(read.keywords) ? read.keywords.filter((word) => typeof word === 'string') : [];
    return listener(howOf(text('how')), 'words', null, words.map(inboundText));
  });
}

const howOf = (how: string | null): TriggerKind =>
  how === 'contains' || how === 'starts' || how === 'pattern' ? how : 'equals';
