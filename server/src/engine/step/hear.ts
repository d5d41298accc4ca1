import { chooseTrigger, consentConfirmation, consentOf, type InboundMessage } from '@parley/runtime';
import type { EventPayload, EventRow, TailEntry } from '../documents.ts';
import { messageOfEvent } from '../message-of.ts';
import { beginSession } from './begin.ts';
import { BOT, NOWHERE, send } from './perform-effect.ts';
import type { Stepping } from './stepping.ts';

export type MessagePayload = Extract<EventPayload, { kind: 'message' }>;

/** False where the message has to wait in the mailbox: a call is under way. */
export function hear(turn: Stepping, payload: MessagePayload, entry: TailEntry, row: EventRow): boolean {
  const bot = turn.state.owner.kind === 'bot';
  if (bot && payload.speaks && turn.state.session?.status === 'calling' && consentOf(payload.message) === null)
    return false;
  const first = turn.state.summary.heard === 0;
  show(turn, payload, entry, row);
  if (!bot || !payload.speaks) return true;
  if (consents(turn, payload.message, entry, first)) return true;
  if (turn.state.session) turn.state.session = { ...turn.state.session, chain: null }; // a person is there: no runaway
  if (turn.inSession() && turn.feed({ type: 'message', message: payload.message }, entry)) return true;
  begin(turn, payload.message, first, entry);
  return true;
}

/** STOP and its kind are handled before any flow, unless a flow's trigger asks for exactly that word. */
function consents(turn: Stepping, message: InboundMessage, entry: TailEntry, first: boolean): boolean {
  const { flows, nodeTypes } = turn.world;
  const change = consentOf(message);
  const withdrawn = turn.withdrewConsent();
  if (change === null) return withdrawn;
  const wanted = chooseTrigger(flows, nodeTypes, { message, first, channel: turn.document.channel });
  if (change === 'given' && !withdrawn) return false;
  entry.consent = change;
  if (change === 'withdrawn') turn.end();
  if (wanted?.kind === 'equals') {
    if (change === 'given') setConsent(turn, true);
    begin(turn, message, first, entry);
    if (change === 'withdrawn') setConsent(turn, false);
    return true;
  }
  if ((change === 'withdrawn') === withdrawn) return true; // acknowledged once
  setConsent(turn, change === 'given');
  const text = consentConfirmation(change, turn.contact.language);
  send(turn, { kind: 'text', text }, BOT, 'bot', NOWHERE, entry);
  return true;
}

/** STOP withdraws both; START gives back the one for answers. */
function setConsent(turn: Stepping, service: boolean): void {
  turn.contact = { ...turn.contact, consent: { service, marketing: false } };
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
  messages.push(messageOfEvent(turn.document, row, entry));
  summary.heard++;
  summary.unread++;
  summary.lastInboundAt = row.acceptedAt;
  summary.lastInboundId = payload.providerId;
  const preview = (payload.message.text ?? payload.message.type).slice(0, 200);
  summary.lastMessage = { id: payload.messageId, preview, direction: 'INBOUND', createdAt: row.acceptedAt };
}
