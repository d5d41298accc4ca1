import type { Provider } from '@parley/runtime';
import type { Filter, UpdateFilter } from 'mongodb';
import {
  type MessageError,
  type MessageRow,
  type OutboundStatus,
  type Pricing,
  RANKS,
} from '../../storage/messages.ts';
import { packMessage } from '../codec.ts';
import type { MessageChange } from '../message-of.ts';
import { type Collections, insertOnce } from './collections.ts';

export interface StatusChange {
  channel: string;
  /** Absent in statuses that an earlier release kept. */
  provider?: Provider;
  reference: string | null;
  providerId: string;
  status: OutboundStatus;
  at: Date;
  error: MessageError | null;
  pricing: Pricing | null;
}

/** What people see: messages and what became of them (S8, S11, S16). */
export function messageStore({ messages, now }: Collections) {
  return {
    /** S8. */
    showMessages: (rows: MessageRow[]): Promise<void> => insertOnce(messages, rows.map(packMessage)),

    /** S8 for what people did to messages of theirs. May come again, and late: it is the order of the events that counts. */
    async changeMessages(changes: readonly MessageChange[]): Promise<void> {
      await insertOnce(
        messages,
        changes.map(({ stub }) => packMessage(stub)),
      );
      for (const { stub, order, at, edited } of changes) {
        // What the business wrote from its phone has an id of the provider's too: nobody else changes it
        const { _id, conversation } = stub;
        const own = { _id, conversation, direction: 'INBOUND' as const, revokedAt: null };
        const row = packMessage({ ...stub, ...edited });
        if (edited === null) {
          const { text, inbound, files } = row;
          await messages.updateOne(own, { $set: { text, inbound, files, revokedAt: at, changedBy: order } });
          continue;
        }
        const { type, text, inbound, files } = row;
        // Providers tell the second of an edit only: among those of one second the later event stands
        const isNewer = [
          { $or: [{ changedBy: null }, { changedBy: { $lt: order } }] },
          { $or: [{ editedAt: null }, { editedAt: { $lte: at } }] },
        ];
        const set = { type, text, inbound, files, editedAt: at, changedBy: order };
        await messages.updateOne({ ...own, $and: isNewer } as Filter<MessageRow>, { $set: set });
      }
    },

    /** Those of a provider's ids under which we sent something ourselves. */
    async sentAs(channel: string, providerIds: readonly string[]): Promise<Set<string>> {
      if (providerIds.length === 0) return new Set();
      const ours = { channel, providerIds: { $in: [...providerIds] }, 'author.kind': { $ne: 'phone-app' } };
      const rows = await messages.find(ours as Filter<MessageRow>, { projection: { providerIds: 1 } }).toArray();
      return new Set(rows.flatMap((row) => row.providerIds));
    },

    message: (id: string): Promise<Pick<MessageRow, 'rank' | 'error'> | null> => messages.findOne({ _id: id }),

    /** S11, fenced by nothing: the word of a worker that lost its lease is still true. */
    async record(
      id: string,
      change: { status: OutboundStatus; providerId: string | null; error: MessageRow['error'] },
    ): Promise<void> {
      const { status, providerId, error } = change;
      await messages.updateOne(
        { _id: id },
        {
          $max: { rank: RANKS[status] },
          ...(status === 'SENT' && { $min: { sentAt: now() } }),
          ...(providerId !== null && { $addToSet: { providerIds: providerId } }),
          $set: { unknown: false, ...(error && { error }) },
        },
      );
    },

    /** Unknown is only what no status has told of meanwhile: a status between the look and this mark stands. */
    async markMessage(id: string, mark: { dropped: true } | { unknown: true }): Promise<void> {
      const untold = 'unknown' in mark ? { rank: { $lt: RANKS.SENT } } : {};
      await messages.updateOne({ _id: id, ...untold }, { $set: mark });
    },

    /** S16. The messages that the statuses were for, as they are afterwards. */
    async applyStatuses(changes: StatusChange[]): Promise<MessageRow[]> {
      if (changes.length === 0) return [];
      await messages.bulkWrite(
        changes.map((change) => ({ updateOne: { filter: whose(change), update: statusUpdate(change) } })),
        { ordered: false },
      );
      const references = changes.flatMap(({ reference }) => reference ?? []);
      const channels = [...new Set(changes.map(({ channel }) => channel))];
      const providerIds = changes.map(({ providerId }) => providerId);
      return messages
        .find({
          channel: { $in: channels },
          direction: 'OUTBOUND',
          $or: [{ _id: { $in: references } }, { providerIds: { $in: providerIds } }],
        })
        .toArray();
    },
  };
}

/** Never a message that a person wrote: other programs on the number write what they like into the reference. */
const whose = ({ channel, reference, providerId }: StatusChange) => ({
  channel,
  direction: 'OUTBOUND' as const,
  ...(reference === null ? { providerIds: providerId } : { _id: reference }),
});

function statusUpdate({ status, providerId, at, error, pricing }: StatusChange): UpdateFilter<MessageRow> {
  const times = { SENT: 'sentAt', DELIVERED: 'deliveredAt', READ: 'readAt' } as const;
  return {
    $max: { rank: RANKS[status] },
    $addToSet: { providerIds: providerId },
    ...(status in times && { $min: { [times[status as keyof typeof times]]: at } }),
    $set: { unknown: false, ...(error && { error }), ...(pricing && { pricing }) },
  } as UpdateFilter<MessageRow>;
}
