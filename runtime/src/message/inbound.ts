import type { JsonObject } from '../json.ts';

export const INBOUND_TYPES = [
  'text',
  'button',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'form',
  'order',
  'other',
] as const;
export type InboundType = (typeof INBOUND_TYPES)[number];

/** What a person sent, the same for every provider. `text` is what a reader of the chat would quote; `payload` the id of the button or row. */
export interface InboundMessage {
  type: InboundType;
  text: string | null;
  payload: string | null;
  media: {
    id: string | null;
    url: string | null;
    contentType: string | null;
    filename: string | null;
    caption: string | null;
  } | null;
  location: { latitude: number; longitude: number; name: string | null; address: string | null } | null;
  referral: {
    sourceId: string | null;
    sourceType: string | null;
    sourceUrl: string | null;
    clickId: string | null;
  } | null;
  /** What has no field of its own: contacts, orders, form answers, reactions. */
  data: JsonObject | null;
}

export const inboundMessage = (fields: Partial<InboundMessage> & { type: InboundType }): InboundMessage => ({
  text: null,
  payload: null,
  media: null,
  location: null,
  referral: null,
  data: null,
  ...fields,
});

export const inboundText = (text: string): InboundMessage => inboundMessage({ type: 'text', text });
