import type { EventPayload, EventRow, TailEntry } from '../documents.ts';
import { changeOfEvent, messageOfEvent } from '../message-of.ts';
import type { Stepping } from './stepping.ts';

type EchoPayload = Extract<EventPayload, { kind: 'echo' }>;

/** The person changed or took back a message: people see it so, flows have heard what they heard. */
export function changeMessage(turn: Stepping, entry: TailEntry, row: EventRow): void {
  entry.order = turn.nextOrder();
  const change = changeOfEvent(turn.document, row, entry);
  if (!change) return;
  turn.state.changes.push(change);
  const { summary } = turn.state;
  if (summary.lastMessage?.id !== change.stub._id || summary.lastMessage.direction !== 'INBOUND') return;
  summary.lastMessage = { ...summary.lastMessage, preview: previewOf(change.edited) };
}

/**
 * The business wrote from its phone's app. No session hears it; one that is in progress stops, as after a takeover by
 * nobody in particular, so that the bot does not talk over that person. What the bot had decided before it is not said.
 */
export function hearEcho(turn: Stepping, payload: EchoPayload, entry: TailEntry, row: EventRow): void {
  if (turn.world.sentByUs.has(payload.providerId)) {
    entry.stale = true;
    return;
  }
  entry.order = turn.nextOrder();
  const shown = messageOfEvent(turn.document, row, entry);
  if (!shown) return;
  const { state } = turn;
  state.messages.push(shown);
  const preview = previewOf({ text: payload.message.text, type: payload.message.type });
  state.summary.lastMessage = { id: shown._id, preview, direction: 'OUTBOUND', createdAt: row.acceptedAt };
  if (!turn.world.phonePauses || state.owner.kind !== 'bot' || !turn.inSession()) return;
  state.owner = { kind: 'queue', team: null };
  state.calls = [];
  turn.ownerChanged = true;
  turn.overtaken = state.entries.length;
}

const previewOf = (shown: { text: string | null; type: string } | null): string =>
  shown === null ? '' : (shown.text ?? shown.type).slice(0, 200);
