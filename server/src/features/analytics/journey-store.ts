import type { Timestamp } from 'mongodb';
import type { Connection } from 'mongoose';
import { unpackEvent, unpackMessage } from '../../engine/codec.ts';
import type { EventRow } from '../../engine/documents.ts';
import type { MessageRow } from '../../storage/messages.ts';

export type JourneyStore = ReturnType<typeof createJourneyStore>;

/** The journal of one conversation, by its index. Every query names the organization. */
export function createJourneyStore({ db }: Connection) {
  if (!db) throw new Error('the connection is not open');
  const events = db.collection<EventRow>('events');
  const messages = db.collection<MessageRow>('messages');

  return {
    /** What moved a session, oldest first; the newest page, or the one before that commit. A commit is never cut in two. */
    async journal(
      organization: string,
      conversation: string,
      { before, limit }: { before: number | null; limit: number },
    ): Promise<{ rows: EventRow[]; more: boolean }> {
      const earlier = before === null ? {} : { 'step.step': { $lt: before } };
      const found = await events
        .find({ organization, conversation, walked: true, ...earlier })
        .sort({ 'step.step': -1, _id: -1 })
        .limit(limit + LARGEST_COMMIT)
        .map(unpackEvent)
        .toArray();
      const edge = found[limit - 1]?.step?.step;
      const kept = edge === undefined ? found : found.filter(({ step }) => (step?.step ?? 0) >= edge);
      return { rows: kept.sort(inOrder), more: kept.length < found.length };
    },

    async messages(organization: string, ids: string[]): Promise<Map<string, MessageRow>> {
      if (ids.length === 0) return new Map();
      const rows = await messages.find({ organization, _id: { $in: ids } }).toArray();
      return new Map(rows.map((row) => [row._id, unpackMessage(row)]));
    },
  };
}

const LARGEST_COMMIT = 64; // rows: 32 events, a hand-back, and the timers of one moment

/** By commit, then as they arrived; a fired timer's row is made after what the commit handled. */
const inOrder = (one: EventRow, other: EventRow): number =>
  (one.step?.step ?? 0) - (other.step?.step ?? 0) || compare(one.arrived, other.arrived);

const compare = (one: Timestamp, other: Timestamp): number => one.compare(other);
