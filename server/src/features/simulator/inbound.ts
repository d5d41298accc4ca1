import { type InboundMessage, inboundMessage, isObject, type JsonObject } from '@parley/runtime';
import { z } from 'zod';
import { type InboundElement, type InboundFile, messageElement, sender } from '../../channels/whatsapp/inbound.ts';
import { ACTS, type Act } from '../../channels/whatsapp/simulator/trial-phones.ts';

export const Phone = z
  .string()
  .trim()
  .regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/, 'Write the phone as +447700900001.')
  .transform((phone) => phone.replace('whatsapp:', ''));

const Json = z.record(z.string(), z.json());
const providerId = z.string().min(1).max(200);

/** What a type cannot be without, and what to say where it is missing. */
const NEEDS: Partial<
  Record<Act, [field: 'text' | 'payload' | 'location' | 'contacts' | 'target' | 'answers', words: string]>
> = {
  text: ['text', 'A text message needs a text.'],
  button: ['payload', 'A button needs its payload.'],
  list: ['payload', 'A row of a list needs its payload.'],
  contacts: ['contacts', 'Give the contact cards.'],
  reaction: ['target', "A reaction needs the provider's id of the message that it is for."],
  flow: ['answers', 'A form needs its answers.'],
  edit: ['target', "A change needs the provider's id of the message that it is about."],
  revoke: ['target', "Taking back needs the provider's id of the message that it is about."],
};

export const Inbound = z
  .strictObject({
    from: Phone,
    name: z.string().trim().min(1).max(200).optional(),
    type: z.enum(ACTS).default('text'),
    text: z.string().max(4_096).optional(),
    payload: z.string().max(256).optional(),
    /** Below the title of a list's row. */
    description: z.string().max(72).optional(),
    media: z
      .strictObject({
        /** A file of ours, `med_…`. */
        id: z.string().regex(/^med_/, 'Upload the file first, and give its id (med_…).').optional(),
        url: z.url().optional(),
        contentType: z.string().optional(),
        filename: z.string().optional(),
        caption: z.string().optional(),
      })
      .optional(),
    location: z
      .strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        name: z.string().optional(),
        address: z.string().optional(),
      })
      .optional(),
    contacts: z.array(Json).min(1).max(257).optional(),
    emoji: z.string().max(20).optional(),
    answers: Json.optional(),
    order: Json.optional(),
    referral: z
      .strictObject({
        sourceId: z.string().optional(),
        sourceType: z.string().optional(),
        sourceUrl: z.string().optional(),
        clickId: z.string().optional(),
      })
      .optional(),
    /** The provider's ids: of the message that this one answers, and of the one that it reacts to, changes or takes back. */
    replyTo: providerId.optional(),
    target: providerId.optional(),
    /** The provider's id: the same one again is a redelivery. */
    id: providerId.optional(),
  })
  .superRefine((body, context) => {
    const need = NEEDS[body.type];
    if (need && body[need[0]] === undefined) context.addIssue({ code: 'custom', path: [need[0]], message: need[1] });
  });
export type Inbound = z.output<typeof Inbound>;

/** What the person did on the phone, as any provider would have told it. */
export function elementOf(body: Inbound, providerId: string, sentAt: Date): InboundElement {
  const { type, target = '', replyTo = null } = body;
  const from = sender({ waId: body.from.slice(1), name: body.name ?? null });
  if (type === 'revoke') return { kind: 'revoke', providerId, target, sentAt, from, raw: null };
  const message = messageOf(body);
  const file = fileOf(body);
  const files = file === null ? [] : [file];
  if (type === 'edit') return { kind: 'edit', providerId, target, sentAt, from, message, files, raw: null };
  const speaks = type !== 'reaction';
  return messageElement({ providerId, sentAt, from, message, files, speaks, replyTo, raw: null });
}

/** Only a file of ours: what lies elsewhere stays there. */
function fileOf({ type, media }: Inbound): InboundFile | null {
  if (media?.id === undefined) return null;
  const { id, contentType = null, filename = null } = media;
  return { id, url: null, contentType, filename, sha256: null, voice: type === 'voice', animated: false };
}

function messageOf(body: Inbound): InboundMessage {
  const { type, text, payload = null, description, media, location, referral } = body;
  const around: Pick<InboundMessage, 'referral'> = {
    referral: referral ? { sourceId: null, sourceType: null, sourceUrl: null, clickId: null, ...referral } : null,
  };
  switch (type) {
    case 'list': {
      const data = { type: 'list_reply', ...(description !== undefined && { description }) };
      return inboundMessage({ ...around, type: 'button', text: text ?? null, payload, data });
    }
    case 'contacts': {
      const contacts = body.contacts ?? [];
      return inboundMessage({ ...around, type, text: namesIn(contacts), data: { contacts } });
    }
    case 'reaction': {
      const emoji = body.emoji ?? '';
      const data: JsonObject = { message_id: body.target ?? '', emoji };
      return inboundMessage({ ...around, type, text: emoji || null, data });
    }
    case 'flow':
      return inboundMessage({
        ...around,
        type: 'form',
        text: text ?? null,
        data: { name: 'flow', answers: body.answers ?? {} },
      });
    case 'order':
      return inboundMessage({ ...around, type, text: text ?? null, data: body.order ?? {} });
    default: {
      const file = media && {
        id: media.id ?? null,
        url: media.url ?? null,
        contentType: media.contentType ?? null,
        filename: media.filename ?? null,
        caption: media.caption ?? null,
      };
      return inboundMessage({
        ...around,
        type: type === 'voice' ? 'audio' : type === 'edit' || type === 'revoke' ? 'text' : type,
        text: text ?? media?.caption ?? null,
        payload,
        media: file ?? null,
        location: location ? { name: null, address: null, ...location } : null,
      });
    }
  }
}

const namesIn = (contacts: JsonObject[]): string | null =>
  contacts
    .flatMap(({ name }) => (isObject(name) && typeof name.formatted_name === 'string' ? [name.formatted_name] : []))
    .join(', ') || null;
