import { inboundMessage } from '@parley/runtime';
import { echoRow, inboundRow, type MessageRow, outboundRow } from '../storage/messages.ts';
import type { ConversationDocument, EventPayload, EventRow, OutboxEntry, TailEntry } from './documents.ts';

type Shown = Pick<OutboxEntry, 'id' | 'content' | 'author' | 'order' | 'at' | 'session' | 'ordinal'>;

/** What a person did to a message of theirs. A stub stands in its place until the message itself comes, if it ever does. */
export interface MessageChange {
  /** The order of the event within the conversation: a change that comes again, or late, changes nothing. */
  order: number;
  at: Date;
  stub: MessageRow;
  /** Null: it was taken back. */
  edited: Pick<MessageRow, 'type' | 'text' | 'inbound' | 'files'> | null;
}

const NOTHING = inboundMessage({ type: 'other' });

const commonOf = ({ _id, organization, contact, channel }: ConversationDocument) => ({
  conversation: _id,
  organization,
  contact,
  channel,
});

/** The Message of a send, as S8 writes it, also when a crash came between the commit and S8. */
export const messageOfEntry = (
  document: ConversationDocument,
  { id, content, author, order, at, session, ordinal }: Shown,
): MessageRow =>
  outboundRow({ ...commonOf(document), _id: id, order, createdAt: at }, { content, author, session, ordinal });

/** The Message that an event shows; null for events that show none. */
export function messageOfEvent(
  document: ConversationDocument,
  row: EventRow,
  entry: Pick<TailEntry, 'order' | 'trigger' | 'stale'>,
): MessageRow | null {
  const payload = row.payload as EventPayload;
  const common = { ...commonOf(document), order: entry.order, createdAt: row.acceptedAt };
  if (payload.kind === 'message')
    return inboundRow({ ...common, _id: payload.messageId }, { ...payload, trigger: entry.trigger });
  if (payload.kind !== 'echo' || entry.stale) return null;
  const sentAt = payload.sentAt === null ? row.acceptedAt : new Date(payload.sentAt);
  return echoRow({ ...common, _id: payload.messageId }, { ...payload, sentAt });
}

/** The change that an event makes to a message; null for events that make none. */
export function changeOfEvent(
  document: ConversationDocument,
  row: EventRow,
  { order }: Pick<TailEntry, 'order'>,
): MessageChange | null {
  const payload = row.payload as EventPayload;
  if (payload.kind !== 'edit' && payload.kind !== 'revoke') return null;
  const { target, targetProviderId } = payload;
  const message = payload.kind === 'edit' ? payload.message : null;
  const common = { ...commonOf(document), _id: target, order, createdAt: row.acceptedAt };
  const about = { providerId: targetProviderId, name: null, replyTo: null, trigger: null };
  const files = payload.kind === 'edit' ? payload.files : [];
  const shown = inboundRow(common, { ...about, files, message: message ?? NOTHING });
  const { type, text, inbound } = shown;
  const edited = message && { type, text, inbound, files };
  return { order, at: new Date(payload.at), stub: { ...shown, text: null, inbound: null, files: [] }, edited };
}
