import { Timestamp } from 'mongodb';
import { packEvent, unpackEvent } from '../codec.ts';
import { BATCH, type ConversationDocument, type EventPayload, type EventRow } from '../documents.ts';
import { type Collections, insertOnce } from './collections.ts';

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

/** The inbox, the dedupe and the journal in one (S1, S4, S7, S19). */
export function eventStore({ conversations, events, now, timing }: Collections) {
  const insertEvents = (rows: EventRow[]): Promise<void> => insertOnce(events, rows.map(packEvent));

  return {
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

    /** Whether this was kept before. */
    isKept: async (id: string): Promise<boolean> =>
      (await events.findOne({ _id: id }, { projection: { _id: 1 } })) !== null,

    /** What was accepted under this id, if anything was. */
    async payloadOf(id: string): Promise<EventPayload | null> {
      const row = await events.findOne({ _id: id }, { projection: { payload: 1 } });
      return row && (unpackEvent(row as EventRow).payload as EventPayload);
    },

    /** S4, after S3 and never beside it. While a call is under way the messages stay in the mailbox. */
    newEvents: (conversation: string, options: { mailbox: boolean }): Promise<EventRow[]> =>
      events
        .find({
          conversation,
          state: 'new',
          ...(options.mailbox && { kind: { $in: ['answer', 'result', 'agent', 'closed', 'echo'] } }),
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

    /** S7: the rows of the tail say themselves what became of them, once: whoever comes late may not count them anew. */
    async flush(tail: ConversationDocument['tail']): Promise<void> {
      if (tail.length === 0) return;
      const doneAt = now();
      await events.bulkWrite(
        tail.map(({ id, order: _, parked, ...step }) => ({
          updateOne: {
            filter: { _id: id, state: 'new' },
            update: { $set: { state: parked ? 'parked' : 'done', doneAt, step, ...marksOf(step) } },
          },
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
          ...marksOf(step),
        })),
      ),

    async raiseAttempts(id: string): Promise<void> {
      await events.updateOne({ _id: id, state: 'new' }, { $inc: { attempts: 1 } });
    },

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
}

/** What moved a session is counted and shown as its journey. */
const marksOf = ({ runs = [] }: Pick<ConversationDocument['tail'][number], 'runs'>) =>
  runs.length > 0 ? ({ walked: true, uncounted: true } as const) : {};
