import type { FlowEvent } from '../compile/memory.ts';
import type { StepEffect } from '../effect/effect.ts';
import type { OutboundContent } from '../message/content.ts';
import { isDecoration, type Provider, providerContent } from '../message/provider-content.ts';
import type { Facts } from '../node/context.ts';

/** Meta's code, and the remedy. */
const WINDOW_CLOSED = '131047: more than 24 hours have passed since the person last wrote. Send a template instead.';

interface World {
  provider: Provider;
  /** Of who reads it; a flow's own where nobody knows. */
  language: string;
  facts: Facts;
  /** Why the provider refuses it, where it is told to; asked only where it would go out. */
  refusal(): string | undefined;
}

interface Outcome {
  /** As it reaches the person, or as the flow meant it where it cannot. */
  content: OutboundContent;
  /** Why it did not go out. */
  failed: string | undefined;
  /** What the flow is told, if anything. */
  event: FlowEvent | null;
}

/** What the provider says to a send. */
export function outcomeOfSend(
  effect: Extract<StepEffect, { type: 'message.send' }>,
  { provider, language, facts, refusal }: World,
): Outcome {
  const { ordinal, answers } = effect;
  const made = providerContent(effect.content, provider, language);
  const closes = facts.conversation.windowClosesAt;
  const isTooLate = effect.content.kind !== 'template' && (closes === null || closes <= facts.now);
  const failed = 'unsupported' in made ? made.unsupported : isTooLate ? WINDOW_CLOSED : refusal();
  const content = 'unsupported' in made ? effect.content : made.content;
  const isMissed = failed !== undefined && !('unsupported' in made && isDecoration(effect.content));
  const event: FlowEvent | null = answers
    ? { type: 'effect.settled', ordinal, ok: failed === undefined, error: failed ?? null, facts }
    : isMissed
      ? { type: 'effect.failed', ordinal, error: failed, facts }
      : null;
  return { content, failed, event };
}
