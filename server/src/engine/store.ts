import { type Collection, Timestamp, type UpdateFilter } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Recipient } from '../channels/whatsapp/gateway.ts';
import { derivedId } from '../storage/ids.ts';
import type { Index } from '../storage/indexes.ts';
import { type MessageRow, type OutboundStatus, RANKS } from '../storage/messages.ts';
import { packEvent, packMessage, unpackDocument, unpackEvent } from './codec.ts';
import {
  BATCH,
  type ConversationDocument,
  type EventPayload,
  type EventRow,
  type OutboxEntry,
  type Owner,
} from './documents.ts';
import type { Timing } from './timing.ts';

const EVENT_DAYS = 30; // handled ids outlive Meta's redelivery of 7 days

export const engineIndexes: Index[] = [
  { collection: 'conversations', keys: { organization: 1, channel: 1, contact: 1 }, options: { unique: true } },
  // A list's order ends with the id, and so do the indexes for lists: else each page sorts everything there is
  { collection: 'conversations', keys: { organization: 1, createdAt: -1, _id: -1 } },
  { collection: 'conversations', keys: { organization: 1, channel: 1, createdAt: -1, _id: -1 } },
  { collection: 'conversations', keys: { organization: 1, contact: 1, updatedAt: -1 } },
  { collection: 'conversations', keys: { organization: 1, updatedAt: -1, _id: -1 } },
  { collection: 'conversations', keys: { organization: 1, 'session.flow': 1, 'session.status': 1 } },
  {
    collection: 'conversations',
    keys: { wakeAt: 1 },
    options: { partialFilterExpression: { wakeAt: { $type: 'date' } } },
  },
  {
    collection: 'events',
    keys: { conversation: 1, arrived: 1 },
    options: { partialFilterExpression: { state: 'new' }, name: 'new_of_conversation' },
  },
  {
    collection: 'events',
    keys: { arrived: 1 },
    options: { partialFilterExpression: { state: 'new' }, name: 'new_by_arrival' },
  },
  {
    collection: 'events',
    keys: { acceptedAt: -1 },
    options: { partialFilterExpression: { kind: 'status', state: 'raw' }, name: 'early_statuses' },
  },
  { collection: 'events', keys: { organization: 1, acceptedAt: -1, _id: -1 } },
  { collection: 'events', keys: { organization: 1, state: 1, acceptedAt: -1, _id: -1 } },
  { collection: 'events', keys: { doneAt: 1 }, options: { expireAfterSeconds: EVENT_DAYS * 86_400 } },
];

export interface NewEvent {
  id: string;
  organization: string;
  conversation: string;
  payload: EventPayload;
}

export interface KeptEvent {
  id: string;
  organization: string;
  kind: 'other' | 'status';
  field: string;
  channel: string | null;
  problem: string | null;
  raw: unknown;
}

export interface StatusChange {
  channel: string;
  reference: string | null;
  providerId: string;
  status: OutboundStatus;
  at: Date;
  error: { code: string; reason: string } | null;
}

const DUPLICATE = 11_000;

export type EngineStore = ReturnType<typeof createEngineStore>;

/**
 * The engine's writes, each one document and one command, as the protocol names them (S1 to S19). Everything is
 * acknowledged by a majority and the journal: a lost flush would be a second handling.
 */
export function createEngineStore(connection: Connection, now: () => Date, timing: Timing) {
  const { db } = connection;
  if (!db) throw new Error('the connection is not open');
  const durable = { writeConcern: { w: 'majority', journal: true }, ignoreUndefined: true } as const;
  const conversations: Collection<ConversationDocument> = db.collection('conversations', durable);
  const events: Collection<EventRow> = db.collection('events', durable);
  const messages: Collection<MessageRow> = db.collection('messages', durable);

  /** Unordered: a duplicate is what we wanted there already. Anything else fails, so that nothing is acknowledged. */
  async function insertOnce<Row extends { _id: string }>(collection: Collection<Row>, rows: Row[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      await collection.insertMany(rows as never, { ordered: false });
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
    }
  }

  const insertEvents = (rows: EventRow[]): Promise<void> => insertOnce(events, rows.map(packEvent));

  /** A permit that did not match may be a repeated command whose first answer was lost: then it bears our name. */
  const holds = async ({ _id, head }: ConversationDocument, nonce: string): Promise<boolean> =>
    (await store.load(_id))?.outbox[`e${head}`]?.permit === nonce;

  const store = {
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

    /** S1. Resolves only when every row is there, by this call or an earlier one. */
    accept: (fresh: NewEvent[]): Promise<void> =>
      insertEvents(
        fresh.map(({ id, organization, conversation, payload }) => ({
          _id: id,
          organization,
          conversation,
          kind: payload.kind,
          payload,
          arrived: new Timestamp({ t: 0, i: 0 }),
          acceptedAt: now(),
          state: 'new' as const,
          attempts: 0,
        })),
      ),

    /** Kept as it came: shown in the webhook log, moved by nothing. */
    keep: (kept: KeptEvent[]): Promise<void> =>
      insertEvents(
        kept.map(({ id, organization, kind, field, channel, problem, raw }) => ({
          _id: id,
          organization,
          conversation: '',
          kind,
          payload: { raw: JSON.stringify(raw), channel, field, problem },
          arrived: new Timestamp({ t: 0, i: 0 }),
          acceptedAt: now(),
          state: 'raw' as const,
          attempts: 0,
          doneAt: now(),
        })),
      ),

    /** What was accepted under this id, if anything was. */
    async payloadOf(id: string): Promise<EventPayload | null> {
      const row = await events.findOne({ _id: id }, { projection: { payload: 1 } });
      return row && (unpackEvent(row as EventRow).payload as EventPayload);
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

    /** S4, after S3 and never beside it. While a call is under way the messages stay in the mailbox. */
    newEvents: (conversation: string, options: { mailbox: boolean }): Promise<EventRow[]> =>
      events
        .find({
          conversation,
          state: 'new',
          ...(options.mailbox && { kind: { $in: ['answer', 'result', 'agent', 'closed'] } }),
        })
        .sort({ arrived: 1 })
        .limit(BATCH)
        .map(unpackEvent)
        .toArray(),

    /** Rows of the tail that a crash left unmarked. */
    unflushed: (ids: string[]): Promise<EventRow[]> =>
      events
        .find({ _id: { $in: ids }, state: 'new' })
        .map(unpackEvent)
        .toArray(),

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

    /** S7: the rows of the tail say themselves what became of them. */
    async flush(tail: ConversationDocument['tail']): Promise<void> {
      if (tail.length === 0) return;
      const doneAt = now();
      await events.bulkWrite(
        tail.map(({ id, order: _, parked, ...step }) => ({
          updateOne: { filter: { _id: id }, update: { $set: { state: parked ? 'parked' : 'done', doneAt, step } } },
        })),
        { ordered: false },
      );
    },

    /** Fired timers and hand-backs have no row of their own; the journal gets one. */
    journal: (organization: string, conversation: string, entries: ConversationDocument['tail']): Promise<void> =>
      insertEvents(
        entries.map(({ id, order: _, parked: _parked, ...step }) => ({
          _id: id,
          organization,
          conversation,
          kind: 'other' as const,
          payload: { raw: null, channel: null, field: id.split('.')[0] ?? 'step', problem: null },
          arrived: new Timestamp({ t: 0, i: 0 }),
          acceptedAt: now(),
          state: 'done' as const,
          attempts: 0,
          doneAt: now(),
          step,
        })),
      ),

    async raiseAttempts(id: string): Promise<void> {
      await events.updateOne({ _id: id, state: 'new' }, { $inc: { attempts: 1 } });
    },

    /** S8. */
    showMessages: (rows: MessageRow[]): Promise<void> => insertOnce(messages, rows.map(packMessage)),

    message: (id: string): Promise<Pick<MessageRow, 'rank' | 'error'> | null> => messages.findOne({ _id: id }),

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
        {
          $set: { [`${at}.state`]: 'sending', [`${at}.permit`]: nonce },
          $inc: { [`${at}.attempt`]: 1 },
          $currentDate: { sendingAt: true, 'lease.at': true },
        } as never,
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
        {
          $set: { [`${at}.permit`]: nonce },
          $inc: { [`${at}.attempt`]: 1 },
          $currentDate: { sendingAt: true, 'lease.at': true },
        } as never,
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
      await conversations.updateOne({ _id: document._id, head: document.head, [`${at}.permit`]: nonce }, {
        $set: { [`${at}.state`]: state, [`${at}.permit`]: permit, [`${at}.attempt`]: attempt, ...since },
      } as never);
    },

    /** The provider asked to wait: back to the queue, if the permit is still ours. */
    async postpone(document: ConversationDocument, nonce: string, until: Date): Promise<void> {
      const at = `outbox.e${document.head}`;
      await conversations.updateOne({ _id: document._id, head: document.head, [`${at}.permit`]: nonce }, {
        $set: { [`${at}.state`]: 'queued', [`${at}.permit`]: null, [`${at}.notBefore`]: until },
      } as never);
    },

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

    /** S13: the words of an owner that has changed leave the queue unsaid. */
    async drop(conversation: string, head: number, { epoch }: OutboxEntry): Promise<void> {
      const at = `outbox.e${head}`;
      const filter = { _id: conversation, head, epoch: { $gt: epoch }, [`${at}.state`]: 'queued' };
      await conversations.updateOne(filter, { $unset: { [at]: '' }, $set: { head: head + 1 } } as never);
    },

    /** S12: the head is done with. Carries no token and no epoch, for the same reason as S11. */
    async settle(conversation: string, head: number, effect: string): Promise<void> {
      await conversations.updateOne({ _id: conversation, head, [`outbox.e${head}.id`]: effect }, {
        $unset: { [`outbox.e${head}`]: '' },
        $set: { head: head + 1 },
      } as never);
    },

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
          $or: [{ _id: { $in: references } }, { providerIds: { $in: providerIds } }],
        })
        .toArray();
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

    /**
     * S19: what a lost queue forgot. Walks on from the row where the last look ended, so that one conversation with a
     * long backlog does not hide the others; `next` is null at the end.
     */
    async forgotten(
      limit: number,
      after: Timestamp | null,
    ): Promise<{ conversations: string[]; next: Timestamp | null }> {
      const old = Timestamp.fromBits(0, Math.floor((now().getTime() - timing.sweepAge) / 1000));
      const arrived = { ...(after && { $gt: after }), $lt: old };
      const free = { $expr: { $lt: ['$lease.at', { $subtract: ['$$NOW', timing.lease] }] } };
      const [rows, due] = await Promise.all([
        events
          .find({ state: 'new', arrived }, { projection: { conversation: 1, arrived: 1 } })
          .sort({ arrived: 1 })
          .limit(limit)
          .toArray(),
        conversations
          .find({ wakeAt: { $lte: now() }, ...free }, { projection: { _id: 1 } })
          .sort({ wakeAt: 1 })
          .limit(limit)
          .toArray(),
      ]);
      const found = new Set([...rows.map((row) => row.conversation), ...due.map((row) => row._id)]);
      return { conversations: [...found], next: (rows.length === limit && rows.at(-1)?.arrived) || null };
    },

    /** Statuses that came before their message was known: tried again for an hour, the newest first. */
    unmatchedStatuses: (since: Date, limit: number): Promise<EventRow[]> =>
      events
        .find({ kind: 'status', state: 'raw', acceptedAt: { $gte: since } })
        .sort({ acceptedAt: -1 })
        .limit(limit)
        .map(unpackEvent)
        .toArray(),

    /** They have found their messages. */
    async keptAreDone(ids: string[]): Promise<void> {
      if (ids.length > 0) await events.updateMany({ _id: { $in: ids }, state: 'raw' }, { $set: { state: 'done' } });
    },
  };
  return store;
}

const unpacked = async (found: Promise<ConversationDocument | null>): Promise<ConversationDocument | null> => {
  const document = await found;
  return document && unpackDocument(document);
};

const whose = ({ channel, reference, providerId }: StatusChange) =>
  reference === null
    ? { channel, providerIds: providerId, direction: 'OUTBOUND' as const }
    : { _id: reference, channel };

function statusUpdate({ status, providerId, at, error }: StatusChange): UpdateFilter<MessageRow> {
  const times = { SENT: 'sentAt', DELIVERED: 'deliveredAt', READ: 'readAt' } as const;
  return {
    $max: { rank: RANKS[status] },
    $addToSet: { providerIds: providerId },
    ...(status in times && { $min: { [times[status as keyof typeof times]]: at } }),
    $set: { unknown: false, ...(error && { error }) },
  } as UpdateFilter<MessageRow>;
}

/** The store was away, or changing its primary: no event is to blame for that, however often it happens. */
export function isStoreTrouble(error: unknown): boolean {
  if (!(error instanceof Error) || !error.name.startsWith('Mongo')) return false;
  if (error.name !== 'MongoServerError' && error.name !== 'MongoBulkWriteError') return true;
  const { errorLabels = [] } = error as { errorLabels?: string[] };
  return errorLabels.includes('RetryableWriteError');
}

const isDuplicate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === DUPLICATE;

/** A bulk write that failed on duplicates only; a write concern that was not met is not among them. */
function onlyDuplicates(error: unknown): boolean {
  if (!isDuplicate(error)) return false;
  const { writeErrors, result } = error as {
    writeErrors?: { code: number }[] | { code: number };
    result?: { getWriteConcernError?: () => unknown };
  };
  if (result?.getWriteConcernError?.()) return false;
  return [writeErrors ?? []].flat().every(({ code }) => code === DUPLICATE);
}
