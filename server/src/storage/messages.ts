import type { InboundMessage, OutboundContent } from '@parley/runtime';
import { previewOf } from '@parley/runtime';
import type { Index } from './indexes.ts';

/** Statuses only rise: FAILED wins before DELIVERED, and a late DELIVERED corrects it. */
export const RANKS = { PENDING: 0, SENT: 1, FAILED: 2, DELIVERED: 3, READ: 4 } as const;
export type OutboundStatus = keyof typeof RANKS;

export interface Author {
  kind: 'contact' | 'bot' | 'user' | 'campaign' | 'api' | 'phone-app';
  id: string | null;
  name: string | null;
}

/** What people see of a message. `_id` of an outbound one is its effect's id, so that it is written once however often. */
export interface MessageRow {
  _id: string;
  organization: string;
  conversation: string;
  contact: string;
  channel: string;
  direction: 'INBOUND' | 'OUTBOUND';
  author: Author;
  type: string;
  text: string | null;
  inbound: InboundMessage | null;
  content: OutboundContent | null;
  replyTo: string | null;
  rank: number;
  providerIds: string[];
  /** The order within the conversation: commits count it up. */
  order: number;
  /** Which session and which of its effects this is, so that a late failure finds its way back. */
  session: string | null;
  ordinal: number | null;
  trigger: object | null;
  error: { code: string; reason: string } | null;
  unknown: boolean;
  dropped: boolean;
  createdAt: Date;
  sentAt?: Date;
  deliveredAt?: Date;
  readAt?: Date;
}

export const messageIndexes: Index[] = [
  { collection: 'messages', keys: { conversation: 1, order: 1 } },
  { collection: 'messages', keys: { channel: 1, providerIds: 1 } },
];

const INBOUND_TYPES: Record<InboundMessage['type'], string> = {
  text: 'TEXT',
  button: 'INTERACTIVE',
  form: 'INTERACTIVE',
  image: 'IMAGE',
  video: 'VIDEO',
  audio: 'AUDIO',
  document: 'DOCUMENT',
  sticker: 'STICKER',
  location: 'LOCATION',
  contacts: 'CONTACTS',
  reaction: 'REACTION',
  order: 'ORDER',
  other: 'OTHER',
};

type Common = Pick<MessageRow, '_id' | 'organization' | 'conversation' | 'contact' | 'channel' | 'order' | 'createdAt'>;

export const inboundRow = (
  common: Common,
  given: {
    message: InboundMessage;
    providerId: string;
    name: string | null;
    replyTo: string | null;
    trigger: object | null;
  },
): MessageRow => ({
  ...common,
  direction: 'INBOUND',
  author: { kind: 'contact', id: common.contact, name: given.name },
  type: INBOUND_TYPES[given.message.type],
  text: given.message.text,
  inbound: given.message,
  content: null,
  replyTo: given.replyTo,
  rank: RANKS.PENDING,
  providerIds: [given.providerId],
  session: null,
  ordinal: null,
  trigger: given.trigger,
  error: null,
  unknown: false,
  dropped: false,
});

const OUTBOUND_TYPES: Record<OutboundContent['kind'], string> = {
  text: 'TEXT',
  image: 'IMAGE',
  video: 'VIDEO',
  audio: 'AUDIO',
  document: 'DOCUMENT',
  sticker: 'STICKER',
  location: 'LOCATION',
  contacts: 'CONTACTS',
  reaction: 'REACTION',
  buttons: 'INTERACTIVE',
  list: 'INTERACTIVE',
  callToAction: 'INTERACTIVE',
  locationRequest: 'INTERACTIVE',
  form: 'INTERACTIVE',
  product: 'INTERACTIVE',
  products: 'INTERACTIVE',
  carousel: 'INTERACTIVE',
  template: 'TEMPLATE',
};

export const outboundRow = (
  common: Common,
  given: { content: OutboundContent; author: Author; session: string | null; ordinal: number | null },
): MessageRow => ({
  ...common,
  direction: 'OUTBOUND',
  author: given.author,
  type: OUTBOUND_TYPES[given.content.kind],
  text: previewOf(given.content),
  inbound: null,
  content: given.content,
  replyTo: null,
  rank: RANKS.PENDING,
  providerIds: [],
  session: given.session,
  ordinal: given.ordinal,
  trigger: null,
  error: null,
  unknown: false,
  dropped: false,
});

/** The status that the API shows. */
export function statusOf({ direction, rank }: Pick<MessageRow, 'direction' | 'rank'>): OutboundStatus | 'RECEIVED' {
  if (direction === 'INBOUND') return 'RECEIVED';
  return (['PENDING', 'SENT', 'FAILED', 'DELIVERED', 'READ'] as const)[rank] ?? 'PENDING';
}
