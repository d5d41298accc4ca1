import { chooseTrigger, consentConfirmation, consentOf, type InboundMessage } from '@parley/runtime';
import type { EventPayload, EventRow, TailEntry } from '../documents.ts';
import { messageOfEvent } from '../message-of.ts';
import { beginSession } from './begin.ts';
import { addDeed, BOT, NOWHERE, send } from './perform-effect.ts';
import type { Stepping } from './stepping.ts';

export type MessagePayload = Extract<EventPayload, { kind: 'message' }>;

/** False where the message has to wait in the mailbox: a call is under way. */
export function hear(turn: Stepping, payload: MessagePayload, entry: TailEntry, row: EventRow): boolean {
  if (turn.isCalling() && payload.speaks && consentChange(payload) === null) return false;
  const first = turn.state.summary.heard === 0;
  show(turn, payload, entry, row);
  if (!payload.speaks) return true;
  if (turn.state.owner.kind !== 'bot') {
    noteConsent(turn, payload, entry);
    return true;
  }
  if (consents(turn, payload, entry, first)) return true;
  if (turn.state.session) turn.state.session = { ...turn.state.session, chain: null }; // a person is there: no runaway
  if (turn.inSession() && turn.feed({ type: 'message', message: payload.message }, entry)) return true;
  begin(turn, payload.message, first, entry);
  return true;
}

/** What the words do to the consent; a provider that handles them itself has a list of its own. */
export function consentChange({ message, optOut = null }: Pick<MessagePayload, 'message' | 'optOut'>) {
  if (optOut === 'help') return null;
  if (optOut !== null) return optOut === 'stop' ? 'withdrawn' : 'given';
  return consentOf(message);
}

/** STOP and its kind are handled before any flow, unless a flow's trigger asks for exactly that word. */
function consents(turn: Stepping, payload: MessagePayload, entry: TailEntry, first: boolean): boolean {
  const { flows, nodeTypes } = turn.world;
  const { message, optOut = null } = payload;
  const change = consentChange(payload);
  const withdrawn = turn.withdrewConsent();
  // The provider has answered HELP: a second answer would only confuse
  if (change === null) return withdrawn || optOut === 'help';
  const wanted = chooseTrigger(flows, nodeTypes, { message, first, channel: turn.document.channel });
  if (change === 'given' && !withdrawn) return false;
  if (change === 'withdrawn') turn.end(entry);
  if (wanted?.kind === 'equals') {
    // STOP has the last word, whatever that flow writes
    if (change === 'given') keepConsent(turn, change, entry);
    begin(turn, message, first, entry);
    if (change === 'withdrawn') keepConsent(turn, change, entry);
    return true;
  }
  keepConsent(turn, change, entry);
  // Acknowledged once, by whoever heard it first
  if (optOut !== null || (change === 'withdrawn') === withdrawn) return true;
  const text = consentConfirmation(change, turn.contact.language);
  send(turn, { kind: 'text', text }, BOT, 'bot', NOWHERE, entry);
  return true;
}

/** While people own the conversation they answer it; that STOP was said is kept all the same. */
function noteConsent(turn: Stepping, payload: MessagePayload, entry: TailEntry): void {
  const change = consentChange(payload);
  if (change === null || (change === 'given' && !turn.withdrewConsent())) return;
  if (change === 'withdrawn') turn.end(entry);
  keepConsent(turn, change, entry);
}

/** STOP withdraws both; START gives back the one for answers. Its place among the deeds says what it overrides. */
function keepConsent(turn: Stepping, change: 'withdrawn' | 'given', entry: TailEntry): void {
  const consent = { service: change === 'given', marketing: false };
  entry.consent = change;
  turn.contact = { ...turn.contact, consent };
  const source = change === 'given' ? 'start-word' : 'stop-word';
  addDeed(turn, { type: 'contact.consent', ...consent, source }, null, entry);
}

/** A message that nobody waits for may begin a flow. While only a timer is awaited, a catch-all may not end that wait. */
function begin(turn: Stepping, message: InboundMessage, first: boolean, entry: TailEntry): void {
  const { flows, nodeTypes } = turn.world;
  const decision = chooseTrigger(flows, nodeTypes, { message, first, channel: turn.document.channel });
  entry.trigger = decision;
  // The message was shown before it was known who answers it
  const shown = turn.state.messages.find((row) => row.order === entry.order);
  if (shown) shown.trigger = decision;
  if (!decision || (turn.inSession() && (decision.kind === 'any' || decision.kind === 'first'))) return;
  beginSession(turn, { ...decision, message, variables: {}, chain: null }, entry);
}

/** The message reaches the inbox, whoever speaks. */
export function show(turn: Stepping, payload: MessagePayload, entry: TailEntry, row: EventRow): void {
  const { summary, messages } = turn.state;
  entry.order = turn.nextOrder();
  messages.push(...[messageOfEvent(turn.document, row, entry)].flatMap((one) => one ?? []));
  if (payload.notice) return;
  summary.heard++;
  summary.unread++;
  summary.lastInboundAt = laterOf(summary.lastInboundAt, wroteAt(payload, row));
  summary.lastInboundId = payload.providerId;
  const preview = (payload.message.text ?? payload.message.type).slice(0, 200);
  summary.lastMessage = { id: payload.messageId, preview, direction: 'INBOUND', createdAt: row.acceptedAt };
}

/** When the person wrote: what came late, read from a list or told again, opens no window that has closed since. */
function wroteAt({ sentAt }: MessagePayload, { acceptedAt }: EventRow): Date {
  const told = sentAt === null ? acceptedAt : new Date(sentAt);
  return told < acceptedAt ? told : acceptedAt;
}

const laterOf = (one: Date | null, other: Date): Date => (one !== null && one > other ? one : other);
