import type { Connection } from 'mongoose';
import { openCollections } from './store/collections.ts';
import { conversationStore } from './store/conversations.ts';
import { eventStore } from './store/events.ts';
import { messageStore } from './store/messages.ts';
import { outboxStore } from './store/outbox.ts';
import type { Timing } from './timing.ts';

export type { KeptEvent, NewEvent } from './store/events.ts';
export { engineIndexes } from './store/indexes.ts';
export type { StatusChange } from './store/messages.ts';

export type EngineStore = ReturnType<typeof createEngineStore>;

/** The engine's writes, each one document and one command, as the protocol names them (S1 to S19). */
export function createEngineStore(connection: Connection, now: () => Date, timing: Timing) {
  const collections = openCollections(connection, now, timing);
  return {
    ...conversationStore(collections),
    ...eventStore(collections),
    ...outboxStore(collections),
    ...messageStore(collections),
  };
}
