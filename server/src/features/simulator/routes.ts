import { type InboundMessage, inboundMessage } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { messageElement, sender } from '../../channels/whatsapp/inbound.ts';
import type { Engine } from '../../engine/engine.ts';
import { channelNotFound, simulatorOnly } from '../../plugins/errors.ts';
import type { Channel } from '../../storage/channel.ts';
import type { ContactStore } from '../../storage/contacts.ts';
import { MessageShape, presentMessage } from '../conversations/shapes.ts';
import type { ConversationStore } from '../conversations/store.ts';

interface Options {
  channels: { find(organization: string, id: string): Promise<Channel | null> };
  contacts: Pick<ContactStore, 'byPhone'>;
  conversations: Pick<ConversationStore, 'outbound'>;
  engine: Pick<Engine, 'accept' | 'wake'>;
  newId: (prefix: string) => string;
  now: () => Date;
}

const tags = ['channels'];
const params = z.object({ id: z.string() });
const Phone = z
  .string()
  .trim()
  .regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/, 'Write the phone as +447700900001.')
  .transform((phone) => phone.replace('whatsapp:', ''));

const Inbound = z
  .strictObject({
    from: Phone,
    name: z.string().trim().min(1).max(200).optional(),
    type: z.enum(['text', 'button', 'image', 'video', 'audio', 'document', 'sticker', 'location']).default('text'),
    text: z.string().max(4_096).optional(),
    payload: z.string().max(256).optional(),
    media: z
      .strictObject({
        url: z.url().optional(),
        contentType: z.string().optional(),
        filename: z.string().optional(),
        caption: z.string().optional(),
      })
      .optional(),
    location: z
      .strictObject({
        latitude: z.number(),
        longitude: z.number(),
        name: z.string().optional(),
        address: z.string().optional(),
      })
      .optional(),
    /** The provider's id: the same one again is a redelivery. */
    id: z.string().min(1).max(200).optional(),
  })
  .refine((body) => body.type !== 'text' || body.text !== undefined, {
    path: ['text'],
    message: 'A text message needs a text.',
  })
  .refine((body) => body.type !== 'button' || body.payload !== undefined, {
    path: ['payload'],
    message: 'A button needs its payload.',
  });

/** The phone of a trial: what it writes goes the way of every webhook, what it got can be read. */
export const simulatorRoutes: FastifyPluginAsyncZod<Options> = async (
  app,
  { channels, contacts, conversations, engine, newId, now },
) => {
  const write = {
    params,
    body: Inbound,
    response: { 202: z.object({ messageId: z.string(), conversationId: z.string() }) },
    tags,
    summary: 'Write as the person, on a simulator channel',
  };
  app.post('/:id/inbound', { config: { access: 'whatsapp_chat:send' }, schema: write }, async (request, reply) => {
    const channel = await simulatorOf(request.caller.organization, request.params.id);
    const { from, name = null, id } = request.body;
    const providerId = id ?? newId('sim');
    const message = messageOf(request.body);
    const person = sender({ waId: from.slice(1), name });
    const element = messageElement({ providerId, sentAt: now(), from: person, message, raw: null });
    const { messages, conversations: woken } = await engine.accept(channel, [element]);
    const [stored] = messages;
    if (!stored) throw new Error('the simulator accepted no message');
    for (const conversation of woken) engine.wake(conversation);
    return reply.code(202).send(stored);
  });

  const got = {
    params,
    querystring: z.strictObject({
      to: Phone.optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    response: { 200: z.object({ items: z.array(MessageShape), next: z.null() }) },
    tags,
    summary: 'What the phone got, oldest first',
  };
  app.get('/:id/outbound', { config: { access: 'whatsapp_chat:view' }, schema: got }, async (request) => {
    const { organization } = request.caller;
    const channel = await simulatorOf(organization, request.params.id);
    const { to, limit } = request.query;
    const contact = to === undefined ? null : await contacts.byPhone(organization, to);
    if (to !== undefined && !contact) return { items: [], next: null };
    const rows = await conversations.outbound(organization, channel.id, contact?.id ?? null, limit);
    return { items: rows.map(presentMessage), next: null };
  });

  async function simulatorOf(organization: string, id: string): Promise<Channel> {
    const channel = await channels.find(organization, id);
    if (!channel) throw channelNotFound();
    if (channel.provider !== 'simulator') throw simulatorOnly();
    return channel;
  }
};

function messageOf({ type, text, payload, media, location }: z.output<typeof Inbound>): InboundMessage {
  const file = media && {
    id: null,
    url: media.url ?? null,
    contentType: media.contentType ?? null,
    filename: media.filename ?? null,
    caption: media.caption ?? null,
  };
  return inboundMessage({
    type,
    text: text ?? media?.caption ?? null,
    payload: payload ?? null,
    media: file ?? null,
    location: location ? { name: null, address: null, ...location } : null,
  });
}
