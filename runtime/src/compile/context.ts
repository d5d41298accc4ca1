import { quickHash, readPath } from '../json.ts';
import type { Context as NodeContext } from '../node/context.ts';
import type { FlowEvent, Memory } from './memory.ts';
import type { Place } from './place.ts';

/** Names that a flow's own variables cannot take in templates. */
export const RESERVED_NAMES = ['contact', 'conversation', 'message', 'campaign', 'flow', 'now'] as const;

/** What templates see: the flow's variables at the top, the facts beside them. */
export function scopeOf(memory: Memory, { facts }: FlowEvent): Record<string, unknown> {
  const { message } = memory;
  return {
    ...memory.scopes[''],
    contact: facts.contact,
    conversation: facts.conversation,
    message: message && { text: message.text, type: message.type, media: message.media, payload: message.payload },
    campaign: facts.campaign,
    flow: facts.flow,
    now: facts.now,
  };
}

/** The read-only view that a node's verb gets. Throws `TemplateLimit` where a template of its config runs too long. */
export function contextOf(memory: Memory, place: Place, event: FlowEvent, language: string): NodeContext<unknown> {
  const scope = scopeOf(memory, event);
  return {
    config: place.render(scope),
    variables: memory.scopes[''] ?? {},
    contact: event.facts.contact,
    conversation: event.facts.conversation,
    flow: event.facts.flow,
    message: memory.message,
    now: event.facts.now,
    language: event.facts.contact.language ?? language,
    asked: memory.asked,
    wired: (port) => (place.ports.get(port) ?? null) !== null,
    chance: (name) => quickHash(`${memory.session}\n${memory.visit}\n${name}`) / 2 ** 53,
  };
}

/** Reads `order.number` for a node that needs one variable; undefined where it is not set. */
export const variableOf = (memory: Memory, name: string): unknown => readPath(memory.scopes[''], name);
