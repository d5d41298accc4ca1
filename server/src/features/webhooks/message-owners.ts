import type { Connection } from 'mongoose';
import type { MessageRow } from '../../storage/messages.ts';

/** Tells the channel of a message by our id of it, null where there is none. Of all organizations: a webhook names none. */
export function createMessageOwners({ db }: Connection): (id: string) => Promise<string | null> {
  if (!db) throw new Error('the connection is not open');
  const messages = db.collection<Pick<MessageRow, '_id' | 'channel'>>('messages');
  return async (id) => (await messages.findOne({ _id: id }, { projection: { channel: 1 } }))?.channel ?? null;
}
