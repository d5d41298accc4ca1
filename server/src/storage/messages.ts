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

/** A file of ours (`med_…`) as the message shows it; how large it is, is known when it has been fetched. */
export interface MessageFile {
  id: string;
  contentType: string | null;
  filename: string | null;
  size: number | null;
}

/** What a message cost, as Meta tells it. */
export interface Pricing {
  billable: boolean | null;
  model: string | null;
  type: string | null;
  category: string | null;
}

export interface MessageError {
  /** The provider's, or a word of ours. */
  code: string;
  reason: string;
  /** What to do about it; absent in rows of earlier releases. */
  remedy?: string | null;
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
  /** Absent in rows of earlier releases, as the next ones are. */
  files?: MessageFile[];
  forwarded?: boolean;
  /** The person changed it, or took it back: then it is empty. By the provider's clock. */
  editedAt?: Date | null;
  revokedAt?: Date | null;
  /** The order of the edit or revocation that wrote it last. */
  changedBy?: number;
  pricing?: Pricing | null;
  replyTo: string | null;
  rank: number;
  providerIds: string[];
  /** The order within the conversation: commits count it up. */
  order: number;
  /** Which session and which of its effects this is, so that a late failure finds its way back. */
  session: string | null;
  ordinal: number | null;
  trigger: object | null;
  error: MessageError | null;
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

/** What neither direction has at first. */
const UNTOUCHED = {
  editedAt: null,
  revokedAt: null,
  changedBy: 0,
  pricing: null,
  error: null,
  unknown: false,
  dropped: false,
} as const;

type Common = Pick<MessageRow, '_id' | 'organization' | 'conversation' | 'contact' | 'channel' | 'order' | 'createdAt'>;

export const inboundRow = (
  common: Common,
  given: {
    message: InboundMessage;
    providerId: string;
    name: string | null;
    replyTo: string | null;
    trigger: object | null;
    files?: MessageFile[];
    forwarded?: boolean;
    error?: MessageError | null;
  },
): MessageRow => ({
  ...common,
  ...UNTOUCHED,
  direction: 'INBOUND',
  author: { kind: 'contact', id: common.contact, name: given.name },
  type: INBOUND_TYPES[given.message.type],
  text: given.message.text,
  inbound: given.message,
  content: null,
  files: given.files ?? [],
  forwarded: given.forwarded ?? false,
  replyTo: given.replyTo,
  rank: RANKS.PENDING,
  providerIds: [given.providerId],
  session: null,
  ordinal: null,
  trigger: given.trigger,
  error: given.error ?? null,
});

/** What the business wrote in its phone's own app: the provider tells of it as of a message that has left. */
export const echoRow = (
  common: Common,
  given: { message: InboundMessage; providerId: string; files: MessageFile[]; sentAt: Date },
): MessageRow => ({
  ...inboundRow(common, { ...given, name: null, replyTo: null, trigger: null }),
  direction: 'OUTBOUND',
  author: { kind: 'phone-app', id: null, name: null },
  rank: RANKS.SENT,
  sentAt: given.sentAt,
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
  ...UNTOUCHED,
  direction: 'OUTBOUND',
  author: given.author,
  type: OUTBOUND_TYPES[given.content.kind],
  text: previewOf(given.content),
  inbound: null,
  content: given.content,
  files: [],
  forwarded: false,
  replyTo: null,
  rank: RANKS.PENDING,
  providerIds: [],
  session: given.session,
  ordinal: given.ordinal,
  trigger: null,
});

/** The status that the API shows. */
export function statusOf({ direction, rank }: Pick<MessageRow, 'direction' | 'rank'>): OutboundStatus | 'RECEIVED' {
  if (direction === 'INBOUND') return 'RECEIVED';
  return (['PENDING', 'SENT', 'FAILED', 'DELIVERED', 'READ'] as const)[rank] ?? 'PENDING';
}
