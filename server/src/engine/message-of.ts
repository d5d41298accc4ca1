import { inboundRow, type MessageRow, outboundRow } from '../storage/messages.ts';
import type { ConversationDocument, EventPayload, EventRow, OutboxEntry, TailEntry } from './documents.ts';

type Shown = Pick<OutboxEntry, 'id' | 'content' | 'author' | 'order' | 'at' | 'session' | 'ordinal'>;

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

/** The Message of an inbound event. */
export function messageOfEvent(
  document: ConversationDocument,
  row: EventRow,
  entry: Pick<TailEntry, 'order' | 'trigger'>,
): MessageRow {
  const { messageId, message, providerId, name, replyTo } = row.payload as Extract<EventPayload, { kind: 'message' }>;
  return inboundRow(
    { ...commonOf(document), _id: messageId, order: entry.order, createdAt: row.acceptedAt },
    { message, providerId, name, replyTo, trigger: entry.trigger },
  );
}
