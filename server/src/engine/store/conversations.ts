import type { Filter, UpdateFilter } from 'mongodb';
import type { Recipient } from '../../channels/whatsapp/gateway.ts';
import { derivedId } from '../../storage/ids.ts';
import { unpackDocument } from '../codec.ts';
import type { ConversationDocument, Owner } from '../documents.ts';
import { type Collections, isDuplicate } from './collections.ts';

/** The deciding document: leases, commits and changes of who speaks (S3, S6, S15, S17, S18). */
export function conversationStore({ conversations, now, timing }: Collections) {
  return {
    /** The conversation of a contact on a channel, made on the first message. */
    async conversationOf(
      organization: string,
      channel: string,
      contact: string,
      recipient: Recipient,
    ): Promise<string> {
      const id = derivedId('cnv', `${organization}\n${channel}\n${contact}`);
      const at = now();
      const fresh: Omit<ConversationDocument, '_id'> = {
        organization,
        channel,
        contact,
        recipient,
        revision: 0,
        step: 0,
        epoch: 0,
        owner: { kind: 'bot' },
        lease: { worker: '', token: 0, at: new Date(0) },
        session: null,
        timers: [],
        calls: [],
        head: 0,
        next: 0,
        outbox: {},
        sendingAt: null,
        tail: [],
        resume: null,
        resumeAt: null,
        wakeAt: null,
        deeds: [],
        status: 'open',
        assignee: null,
        team: null,
        labels: [],
        priority: 'none',
        unread: 0,
        heard: 0,
        lastInboundAt: null,
        lastInboundId: null,
        lastMessage: null,
        orders: 0,
        createdAt: at,
        updatedAt: at,
      };
      try {
        await conversations.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true });
      } catch (error) {
        if (!isDuplicate(error)) throw error; // two webhooks at once: the other made it
      }
      return id;
    },

    /** Where the conversations of a person who goes by another number or id are answered from now on; groups stay. */
    async moveRecipients(
      organization: string,
      contact: string,
      { waId, bsuid }: { waId: string | null; bsuid: string | null },
      kinds: Recipient['kind'][] = waId !== null ? ['phone', 'bsuid'] : ['bsuid'],
    ) {
      const recipient: Recipient | null =
        waId !== null ? { kind: 'phone', value: waId } : bsuid !== null ? { kind: 'bsuid', value: bsuid } : null;
      if (recipient === null) return;
      const theirs = { organization, contact, 'recipient.kind': { $in: kinds } } as Filter<ConversationDocument>;
      await conversations.updateMany(theirs, { $set: { recipient } });
    },

    /** S3. Null: another worker holds it. `died` says that its last holder never released it. */
    async lease(id: string, worker: string): Promise<{ document: ConversationDocument; died: boolean } | null> {
      const before = await conversations.findOneAndUpdate(
        { _id: id, $expr: { $lt: ['$lease.at', { $subtract: ['$$NOW', timing.lease] }] } },
        { $set: { 'lease.worker': worker }, $inc: { 'lease.token': 1 }, $currentDate: { 'lease.at': true } },
        { returnDocument: 'before' },
      );
      if (!before) return null;
      const lease = { ...before.lease, worker, token: before.lease.token + 1 };
      return { document: { ...unpackDocument(before), lease }, died: before.lease.at.getTime() > 0 };
    },

    async load(id: string): Promise<ConversationDocument | null> {
      return unpacked(conversations.findOne({ _id: id }));
    },

    /** S6: the only place where a session changes. Null: somebody else committed, or took the lease. */
    commit: (
      document: ConversationDocument,
      update: UpdateFilter<ConversationDocument>,
    ): Promise<ConversationDocument | null> =>
      unpacked(
        conversations.findOneAndUpdate(
          { _id: document._id, revision: document.revision, 'lease.token': document.lease.token },
          update,
          { returnDocument: 'after' },
        ),
      ),

    /**
     * S15. False where somebody changed the owner since the document was read: their wish to be heard is in `wakeAt`,
     * and this write would forget it. Everything in the tail has been flushed by now, so the tail ends here.
     */
    async release(document: ConversationDocument, wakeAt: Date | null): Promise<boolean> {
      const { matchedCount } = await conversations.updateOne(
        { _id: document._id, revision: document.revision, 'lease.token': document.lease.token },
        { $set: { 'lease.at': new Date(0), wakeAt, tail: [] } },
      );
      return matchedCount === 1;
    },

    /**
     * After a turn that failed while its process lives: nobody need wait for the lease to run out. The tail stays.
     * `suspicious`: the lease's time is not the one of an orderly release, so that the event that did this counts it.
     */
    async giveUp(id: string, token: number, wakeAt: Date, suspicious: boolean): Promise<void> {
      const at = new Date(suspicious ? 1 : 0);
      await conversations.updateOne({ _id: id, 'lease.token': token }, { $set: { 'lease.at': at, wakeAt } });
    },

    /** S17. Null: it is this person's already, or another's and `force` was not given. */
    takeover: (organization: string, id: string, user: string, force: boolean): Promise<ConversationDocument | null> =>
      unpacked(
        conversations.findOneAndUpdate(
          { _id: id, organization, 'owner.user': force ? { $ne: user } : { $exists: false } },
          {
            $inc: { epoch: 1, revision: 1 },
            $set: { owner: { kind: 'agent', user }, calls: [], wakeAt: now(), updatedAt: now() },
          },
          { returnDocument: 'after' },
        ),
      ),

    /** S18. Guarded by the revision that the caller saw. */
    handBack: (
      document: ConversationDocument,
      owner: Owner,
      resumeAt: string | null,
    ): Promise<ConversationDocument | null> =>
      unpacked(
        conversations.findOneAndUpdate(
          { _id: document._id, organization: document.organization, revision: document.revision },
          {
            $inc: { epoch: 1, revision: 1 },
            $set: {
              owner,
              calls: [],
              resume: owner.kind === 'bot' ? document.epoch + 1 : null,
              resumeAt,
              wakeAt: now(),
              updatedAt: now(),
            },
          },
          { returnDocument: 'after' },
        ),
      ),
  };
}

const unpacked = async (found: Promise<ConversationDocument | null>): Promise<ConversationDocument | null> => {
  const document = await found;
  return document && unpackDocument(document);
};
