import type { Connection } from 'mongoose';
import { unpackMessage } from '../../engine/codec.ts';
import type { ConversationDocument } from '../../engine/documents.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';

export type ConversationRow = TenantRow & Omit<ConversationDocument, '_id' | 'organization'>;

interface Filter {
  status?: string | undefined;
  owner?: string | undefined;
  channel?: string | undefined;
  contact?: string | undefined;
}

export type ConversationStore = ReturnType<typeof createConversationStore>;

/** Conversations and messages as people read them. Only the engine writes them. */
export function createConversationStore(connection: Connection) {
  const mixed = { type: Object };
  const conversations = tenantModel<ConversationRow>(connection, 'conversations', {
    organization: String,
    channel: String,
    contact: String,
    recipient: mixed,
    revision: Number,
    step: Number,
    epoch: Number,
    owner: mixed,
    lease: mixed,
    session: mixed,
    timers: [Object],
    calls: [Object],
    head: Number,
    next: Number,
    outbox: mixed,
    deeds: [Object],
    sendingAt: Date,
    tail: [Object],
    resume: Number,
    resumeAt: String,
    wakeAt: Date,
    status: String,
    assignee: String,
    team: String,
    labels: [String],
    priority: String,
    unread: Number,
    heard: Number,
    lastInboundAt: Date,
    lastInboundId: String,
    lastMessage: mixed,
    orders: Number,
    createdAt: Date,
    updatedAt: Date,
  } as never);
  const messages = tenantModel<MessageRow>(connection, 'messages', {
    organization: String,
    conversation: String,
    contact: String,
    channel: String,
    direction: String,
    author: mixed,
    type: { type: String },
    text: String,
    inbound: mixed,
    content: mixed,
    files: [Object],
    forwarded: Boolean,
    editedAt: Date,
    revokedAt: Date,
    changedBy: Number,
    pricing: mixed,
    replyTo: String,
    rank: Number,
    providerIds: [String],
    order: Number,
    session: String,
    ordinal: Number,
    trigger: mixed,
    error: mixed,
    unknown: Boolean,
    dropped: Boolean,
    createdAt: Date,
    sentAt: Date,
    deliveredAt: Date,
    readAt: Date,
  } as never);

  return {
    async find(organization: string, id: string): Promise<ConversationRow | null> {
      return conversations.findOne({ organization, _id: id }).lean<ConversationRow>();
    },

    /** Those that are there, in no order. */
    findMany: (organization: string, ids: string[]): Promise<ConversationRow[]> =>
      conversations.find({ organization, _id: { $in: ids } }, { contact: 1 }).lean<ConversationRow[]>(),

    /** Where a contact was last heard or written to, on whichever of these channels. */
    async latestOf(organization: string, contact: string, channels: string[]): Promise<string | null> {
      // As many as there are channels; with them in the filter the store would have to sort
      const rows = await conversations
        .find({ organization, contact }, { channel: 1 })
        .sort({ updatedAt: -1 })
        .lean<ConversationRow[]>();
      return rows.find(({ channel }) => channels.includes(channel))?._id ?? null;
    },

    list: (
      organization: string,
      { status, owner, channel, contact }: Filter,
      page: PageRequest,
      /** Contacts that the search means as well. */
      people: string[] = [],
    ): Promise<Page<ConversationRow>> => {
      const filter = {
        organization,
        ...(status && { status }),
        ...(owner && ownerFilter(owner)),
        ...(channel && { channel }),
        ...(contact && { contact }),
      };
      return readPage(conversations, filter as never, page, {
        search: ['lastMessage.preview' as never],
        ...(people.length > 0 && { or: [{ contact: { $in: people } }] }),
        without: ['outbox', 'deeds', 'tail', 'timers', 'calls'],
      });
    },

    /** Newest last. `before` and `after` are messages of this conversation; null where they are not. */
    async messages(
      organization: string,
      conversation: string,
      { before, after, limit }: { before?: string | undefined; after?: string | undefined; limit: number },
    ): Promise<{ items: MessageRow[]; more: boolean } | null> {
      const mark = before ?? after;
      const found =
        mark === undefined
          ? null
          : await messages.findOne({ organization, conversation, _id: mark }).lean<MessageRow>();
      if (mark !== undefined && !found) return null;
      const range = found ? { order: before !== undefined ? { $lt: found.order } : { $gt: found.order } } : {};
      const direction = after !== undefined ? 1 : -1;
      const rows = await messages
        .find({ organization, conversation, ...range })
        .sort({ order: direction })
        .limit(limit + 1)
        .lean<MessageRow[]>();
      const items = rows.slice(0, limit).map(unpackMessage);
      return { items: direction === 1 ? items : items.reverse(), more: rows.length > limit };
    },

    /** What a phone on this channel got, oldest first: for the simulator. */
    async outbound(
      organization: string,
      channel: string,
      contact: string | null,
      limit: number,
    ): Promise<MessageRow[]> {
      const rows = await messages
        .find({ organization, channel, direction: 'OUTBOUND', rank: { $gte: 1 }, ...(contact !== null && { contact }) })
        .sort({ createdAt: 1, order: 1 })
        .limit(limit)
        .lean<MessageRow[]>();
      return rows.map(unpackMessage);
    },

    /** Where people are inside a flow's versions, by node. */
    async waiting(
      organization: string,
      flow: string,
      version: number | null = null,
    ): Promise<{ node: string; count: number }[]> {
      const rows = await conversations.aggregate<{ _id: string; count: number }>([
        {
          $match: {
            organization,
            'session.flow': flow,
            'session.status': { $in: ['waiting', 'calling'] },
            ...(version !== null && { 'session.version': version }),
          },
        },
        { $group: { _id: '$session.snapshot.at', count: { $sum: 1 } } },
      ]);
      return rows.map(({ _id, count }) => ({ node: _id, count }));
    },

    /** The same by version; below zero are drafts that testers got. */
    async people(organization: string, flow: string): Promise<{ version: number; node: string; count: number }[]> {
      const rows = await conversations.aggregate<{ _id: { version: number; node: string }; count: number }>([
        { $match: { organization, 'session.flow': flow, 'session.status': { $in: ['waiting', 'calling'] } } },
        { $group: { _id: { version: '$session.version', node: '$session.snapshot.at' }, count: { $sum: 1 } } },
      ]);
      return rows
        .map(({ _id, count }) => ({ ..._id, count }))
        .sort((a, b) => b.version - a.version || b.count - a.count || a.node.localeCompare(b.node));
    },
  };
}

function ownerFilter(owner: string): object {
  if (owner.startsWith('usr_')) return { 'owner.kind': 'agent', 'owner.user': owner };
  return { 'owner.kind': owner };
}
