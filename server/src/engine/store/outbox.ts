import type { UpdateFilter } from 'mongodb';
import type { ConversationDocument, OutboxEntry } from '../documents.ts';
import type { Collections } from './collections.ts';

/** Paths that are put together here are beyond the driver's types. */
const atPaths = (update: Record<`$${string}`, object>) => update as UpdateFilter<ConversationDocument>;

/** The head of the outbox: who may call the provider for it, and what becomes of it (S9, S12, S13, S14). */
export function outboxStore({ conversations }: Collections) {
  /** A permit that did not match may be a repeated command whose first answer was lost: then it bears our name. */
  const holds = async ({ _id, head }: ConversationDocument, nonce: string): Promise<boolean> => {
    const found = await conversations.findOne({ _id });
    return found?.outbox[`e${head}`]?.permit === nonce;
  };

  return {
    /** S9. True: this worker, and no other, may call the provider for the head. */
    async permit(document: ConversationDocument, entry: OutboxEntry, nonce: string): Promise<boolean> {
      const at = `outbox.e${document.head}`;
      const bound = entry.by === 'agent' ? {} : { epoch: entry.epoch };
      const { modifiedCount } = await conversations.updateOne(
        {
          _id: document._id,
          'lease.token': document.lease.token,
          ...bound,
          head: document.head,
          [`${at}.state`]: 'queued',
        },
        atPaths({
          $set: { [`${at}.state`]: 'sending', [`${at}.permit`]: nonce },
          $inc: { [`${at}.attempt`]: 1 },
          $currentDate: { sendingAt: true, 'lease.at': true },
        }),
      );
      return modifiedCount === 1 || holds(document, nonce);
    },

    /** S14's second try: only after the channel's silence, and only if nobody else tried meanwhile. True: as in `permit`. */
    async permitAgain(
      document: ConversationDocument,
      entry: OutboxEntry,
      nonce: string,
      silence: number,
    ): Promise<boolean> {
      const at = `outbox.e${document.head}`;
      const bound = entry.by === 'agent' ? {} : { epoch: entry.epoch };
      const { modifiedCount } = await conversations.updateOne(
        {
          _id: document._id,
          'lease.token': document.lease.token,
          ...bound,
          head: document.head,
          [`${at}.state`]: 'sending',
          [`${at}.permit`]: entry.permit,
          $expr: { $lt: ['$sendingAt', { $subtract: ['$$NOW', silence] }] },
        },
        atPaths({
          $set: { [`${at}.permit`]: nonce },
          $inc: { [`${at}.attempt`]: 1 },
          $currentDate: { sendingAt: true, 'lease.at': true },
        }),
      );
      return modifiedCount === 1 || holds(document, nonce);
    },

    /**
     * A permit under which nobody called and nobody will: the head is again what it was when the permit was asked for, so
     * that it counts as no try. Nothing happens where the permit was never given, was given back, or is another's now.
     */
    async giveBack(document: ConversationDocument, { state, permit, attempt }: OutboxEntry, nonce: string) {
      const at = `outbox.e${document.head}`;
      // A head that somebody may have called for goes on waiting for its silence, from the moment of that call
      const since = state === 'sending' ? { sendingAt: document.sendingAt } : {};
      await conversations.updateOne(
        { _id: document._id, head: document.head, [`${at}.permit`]: nonce },
        atPaths({
          $set: { [`${at}.state`]: state, [`${at}.permit`]: permit, [`${at}.attempt`]: attempt, ...since },
        }),
      );
    },

    /**
     * The provider asked to wait: back to the queue, if the permit is still ours. Nothing went out, so that this was no
     * try: `attempt` is the count from before it.
     */
    async postpone(document: ConversationDocument, nonce: string, attempt: number, until: Date): Promise<void> {
      const at = `outbox.e${document.head}`;
      await conversations.updateOne(
        { _id: document._id, head: document.head, [`${at}.permit`]: nonce },
        atPaths({
          $set: {
            [`${at}.state`]: 'queued',
            [`${at}.permit`]: null,
            [`${at}.attempt`]: attempt,
            [`${at}.notBefore`]: until,
          },
          $inc: { [`${at}.postponed`]: 1 },
        }),
      );
    },

    /** S13: the words of an owner that has changed leave the queue unsaid. */
    async drop(conversation: string, head: number, { epoch }: OutboxEntry): Promise<void> {
      const at = `outbox.e${head}`;
      const filter = { _id: conversation, head, epoch: { $gt: epoch }, [`${at}.state`]: 'queued' };
      await conversations.updateOne(filter, atPaths({ $unset: { [at]: '' }, $set: { head: head + 1 } }));
    },

    /** S12: the head is done with. Carries no token and no epoch, for the same reason as S11. */
    async settle(conversation: string, head: number, effect: string): Promise<void> {
      await conversations.updateOne(
        { _id: conversation, head, [`outbox.e${head}.id`]: effect },
        atPaths({
          $unset: { [`outbox.e${head}`]: '' },
          $set: { head: head + 1 },
        }),
      );
    },
  };
}
