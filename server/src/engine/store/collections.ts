import type { Collection } from 'mongodb';
import type { Connection } from 'mongoose';
import type { MessageRow } from '../../storage/messages.ts';
import type { ConversationDocument, EventRow } from '../documents.ts';
import type { Timing } from '../timing.ts';

/** What every part of the store works with. */
export interface Collections {
  conversations: Collection<ConversationDocument>;
  events: Collection<EventRow>;
  messages: Collection<MessageRow>;
  now: () => Date;
  timing: Timing;
}

/** Acknowledged by a majority and the journal: a lost flush would be a second handling. */
export function openCollections({ db }: Connection, now: () => Date, timing: Timing): Collections {
  if (!db) throw new Error('the connection is not open');
  const durable = { writeConcern: { w: 'majority', journal: true }, ignoreUndefined: true } as const;
  return {
    conversations: db.collection<ConversationDocument>('conversations', durable),
    events: db.collection<EventRow>('events', durable),
    messages: db.collection<MessageRow>('messages', durable),
    now,
    timing,
  };
}

/** Unordered: a duplicate is what we wanted there already. Anything else fails, so that nothing is acknowledged. */
export async function insertOnce<Row extends { _id: string }>(collection: Collection<Row>, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  try {
    await collection.insertMany(rows as never, { ordered: false });
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}

const DUPLICATE = 11_000;

export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DUPLICATE;

/** A bulk write that failed on duplicates only; a write concern that was not met is not among them. */
export function onlyDuplicates(error: unknown): boolean {
  if (!isDuplicate(error)) return false;
  const { writeErrors, result } = error as {
    writeErrors?: { code: number }[] | { code: number };
    result?: { getWriteConcernError?: () => unknown };
  };
  if (result?.getWriteConcernError?.()) return false;
  return [writeErrors ?? []].flat().every(({ code }) => code === DUPLICATE);
}
