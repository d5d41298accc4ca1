import type { Locale } from '../expression/locale.ts';
import { quickHash, readPath } from '../json.ts';
import type { ContactFacts, Context as NodeContext } from '../node/context.ts';
import type { Context, FlowEvent, Memory } from './memory.ts';
import type { Place } from './place.ts';

/** Names that a flow's own variables cannot take in templates. */
export const RESERVED_NAMES = ['contact', 'conversation', 'message', 'campaign', 'flow', 'now'] as const;

/** The contact as this step's own effects leave it. */
const contactIn = (memory: Memory | Context, { facts }: FlowEvent): ContactFacts =>
  ('out' in memory && memory.out.contact) || facts.contact;

/** Whether the walk comes from inside the loop whose head the place is. */
export const cameRound = ({ left }: Memory, { body }: Place): boolean => left !== null && body().has(left);

/** What templates see: the variables of the place's flow at the top, the facts beside them. */
export function scopeOf(memory: Memory | Context, place: Place, event: FlowEvent): Record<string, unknown> {
  const { message } = memory;
  const { facts } = event;
  return {
    ...memory.scopes[place.scope],
    contact: contactIn(memory, event),
    conversation: facts.conversation,
    message: message && {
      text: message.text,
      type: message.type,
      media: message.media,
      payload: message.payload,
      location: message.location,
      data: message.data,
      referral: message.referral,
    },
    campaign: facts.campaign,
    flow: facts.flow,
    now: facts.now,
  };
}

/** The read-only view that a node's verb gets. Throws `TemplateLimit` where a template of its config runs too long. */
export function contextOf(memory: Memory | Context, place: Place, event: FlowEvent): NodeContext<unknown> {
  const contact = contactIn(memory, event);
  const { language: own, timezone = 'UTC' } = place.flow.settings;
  const language = contact.language ?? own;
  const locale: Locale = { language, zone: timezone, now: event.facts.now };
  return {
    config: place.render(scopeOf(memory, place, event), locale, contact),
    variables: memory.scopes[place.scope] ?? {},
    contact,
    conversation: event.facts.conversation,
    flow: event.facts.flow,
    message: memory.message,
    now: event.facts.now,
    language,
    timezone,
    asked: memory.asked,
    kept: memory.kept[place.path]?.value ?? null,
    // Only who asks pays for it
    get cameRound() {
      return cameRound(memory, place);
    },
    wired: (port) => (place.ports.get(port) ?? null) !== null,
    chance: (name) => quickHash(`${memory.session}\n${memory.visit}\n${name}`) / 2 ** 53,
  };
}

/** Reads `order.number` of the flow's own variables; undefined where it is not set. */
export const variableOf = (memory: Memory, name: string): unknown => readPath(memory.scopes[''], name);
