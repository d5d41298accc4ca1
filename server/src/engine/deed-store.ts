import type { Collection, UpdateFilter } from 'mongodb';
import type { Connection } from 'mongoose';
import type { ConversationDocument } from './documents.ts';

const MAX_LABELS = 100; // of one conversation

export type DeedStore = ReturnType<typeof createDeedStore>;

/** What deeds write to the conversation's own document. Each write holds only while its deed is still to be done. */
export function createDeedStore({ db }: Connection, now: () => Date) {
  if (!db) throw new Error('the connection is not open');
  const durable = { writeConcern: { w: 'majority', journal: true }, ignoreUndefined: true } as const;
  const conversations: Collection<ConversationDocument> = db.collection('conversations', durable);

  return {
    /** All of a commit's deeds are done with. Does nothing for a worker that has lost its lease. */
    async done({ _id, lease, deeds }: ConversationDocument): Promise<void> {
      const [first] = deeds;
      if (!first) return;
      await conversations.updateOne({ _id, 'lease.token': lease.token, 'deeds.id': first.id }, {
        $set: { deeds: [] },
        $currentDate: { 'lease.at': true },
      } as UpdateFilter<ConversationDocument>);
    },

    /** Still at it. Does nothing for a worker that has lost its lease: both go on then, which harms nobody. */
    async renew({ _id, lease }: ConversationDocument): Promise<void> {
      const still = { $currentDate: { 'lease.at': true } } as UpdateFilter<ConversationDocument>;
      await conversations.updateOne({ _id, 'lease.token': lease.token }, still);
    },

    /** Assignee, team, priority and labels. In words why a label was refused, or null. */
    async sort(
      { _id, labels }: ConversationDocument,
      deed: string,
      set: Partial<Pick<ConversationDocument, 'assignee' | 'team' | 'priority'>>,
      { add, remove }: { add: string[]; remove: string[] },
    ): Promise<string | null> {
      const added = add.filter((one) => one !== '' && !remove.includes(one));
      const tooMany = new Set([...labels, ...added]).size > MAX_LABELS;
      const filter = { _id, 'deeds.id': deed };
      // In two writes, for one cannot add to a list and take from it; both may be repeated
      await conversations.updateOne(filter, {
        $set: { ...set, updatedAt: now() },
        ...(added.length > 0 && !tooMany && { $addToSet: { labels: { $each: added } } }),
      });
      if (remove.length > 0) await conversations.updateOne(filter, { $pull: { labels: { $in: remove } } });
      return tooMany ? `A conversation has at most ${MAX_LABELS} labels.` : null;
    },
  };
}
