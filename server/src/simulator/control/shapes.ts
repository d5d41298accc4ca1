import { z } from 'zod';
import { ACTS, type Act } from '../network/acts.ts';
import type { BusinessNumber, Chat, Message } from '../network/model.ts';
import type { PhoneNetwork } from '../network/network.ts';
import { addressOf } from '../network/shown.ts';

const Text = z.string().max(65_536);

/** What a customer does. Fields that a type does not use are left alone. */
export const CustomerAct = z
  .strictObject({
    type: z.enum(ACTS),
    text: Text.optional(),
    id: z.string().max(256).optional(),
    title: z.string().max(200).optional(),
    description: z.string().max(200).optional(),
    media: z
      .strictObject({
        dataBase64: z.base64().optional(),
        url: z.string().optional(),
        contentType: z.string().optional(),
        filename: z.string().max(240).optional(),
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
    contacts: z
      .array(z.looseObject({ name: z.looseObject({ formatted_name: z.string() }) }))
      .min(1)
      .optional(),
    /** The message that a reaction, an edit or a taking-back is about. */
    target: z.string().optional(),
    emoji: z.string().max(20).optional(),
    answers: z.record(z.string(), z.unknown()).optional(),
    order: z.record(z.string(), z.unknown()).optional(),
    replyTo: z.string().optional(),
    referral: z.record(z.string(), z.unknown()).optional(),
  })
  .superRefine((act, context) => {
    const needs = NEEDS[act.type];
    if (needs !== undefined && act[needs] === undefined)
      context.addIssue({ code: 'custom', path: [needs], message: `is needed for the type ${act.type}` });
  });
export type CustomerAct = z.output<typeof CustomerAct>;

const NEEDS: Partial<Record<Act, 'text' | 'id' | 'media' | 'location' | 'contacts' | 'target' | 'answers'>> = {
  text: 'text',
  button: 'id',
  list: 'id',
  image: 'media',
  video: 'media',
  audio: 'media',
  voice: 'media',
  document: 'media',
  sticker: 'media',
  location: 'location',
  contacts: 'contacts',
  reaction: 'target',
  flow: 'answers',
  edit: 'target',
  revoke: 'target',
};

export const showNumber = (number: BusinessNumber) => ({
  id: number.id,
  provider: number.provider,
  name: number.name,
  address: number.address,
  credentials:
    number.provider === 'meta'
      ? {
          phoneNumberId: number.id,
          businessAccountId: number.account.id,
          accessToken: number.account.accessToken,
          appSecret: number.account.appSecret,
          verifyToken: number.verifyToken,
          appId: number.account.appId,
        }
      : {
          accountSid: number.account.id,
          authToken: number.account.authToken,
          from: `whatsapp:${number.address}`,
          messagingServiceSid: number.serviceSid,
        },
  webhook:
    number.provider === 'meta'
      ? { inbound: number.inbound, status: number.inbound, verifyToken: number.verifyToken, verified: number.verified }
      : { inbound: number.inbound, status: number.status, fallback: number.fallback, verifyToken: null },
});

export const showState = (network: PhoneNetwork) => ({
  numbers: [...network.numbers.values()].map(showNumber),
  phones: [...network.phones.values()].map(({ phone, name, username }) => ({
    phone,
    name,
    username,
    chats: [...network.numbers.values()].map((number) => showChat(network.chatOf(number, phone))),
  })),
  clock: { now: network.clock.now().toISOString() },
});

function showChat({ number, unread, messages }: Chat) {
  const last = messages.at(-1);
  return { number, unread, last: last ? { text: last.text ?? last.kind, at: last.at.toISOString() } : null };
}

export const showMessage = (message: Message, typing: boolean) => ({
  id: message.id,
  from: message.from,
  at: message.at.toISOString(),
  kind: message.kind,
  text: message.revoked ? null : message.text,
  media: message.media && {
    url: addressOf(message.media),
    contentType: 'bytes' in message.media ? message.media.contentType : null,
    filename: message.media.filename,
  },
  interactive: message.interactive,
  location: message.location,
  contacts: message.contacts,
  replyTo: message.replyTo,
  reactions: message.reactions,
  status: message.status,
  error: message.failure,
  edited: message.edited,
  revoked: message.revoked,
  typing,
});
