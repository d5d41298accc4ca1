import type { Index } from '../../storage/indexes.ts';

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
  {
    collection: 'events',
    keys: { organization: 1, _id: 1 },
    options: { partialFilterExpression: { uncounted: true }, name: 'uncounted' },
  },
  {
    collection: 'events',
    keys: { conversation: 1, 'step.step': -1, _id: -1 },
    options: { partialFilterExpression: { walked: true }, name: 'journey' },
  },
  { collection: 'events', keys: { organization: 1, acceptedAt: -1, _id: -1 } },
  { collection: 'events', keys: { organization: 1, state: 1, acceptedAt: -1, _id: -1 } },
  { collection: 'events', keys: { doneAt: 1 }, options: { expireAfterSeconds: EVENT_DAYS * 86_400 } },
];
