import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { statusElement } from '../../channels/whatsapp/inbound.ts';
import { simulatedId } from '../../channels/whatsapp/simulator/trial-phones.ts';
import type { Engine } from '../../engine/engine.ts';
import { channelNotFound, simulatorOnly } from '../../plugins/errors.ts';
import type { Channel } from '../../storage/channel.ts';
import type { ContactStore } from '../../storage/contacts.ts';
import { derivedId } from '../../storage/ids.ts';
import { MessageShape, presentMessage } from '../conversations/shapes.ts';
import type { ConversationStore } from '../conversations/store.ts';
import { elementOf, Inbound, Phone } from './inbound.ts';

interface Options {
  channels: {
    find(organization: string, id: string): Promise<Channel | null>;
    heardFrom(id: string, at: Date): Promise<void>;
  };
  contacts: Pick<ContactStore, 'byPhone'>;
  conversations: Pick<ConversationStore, 'outbound'>;
  engine: Pick<Engine, 'accept' | 'wake'>;
  newId: (prefix: string) => string;
  now: () => Date;
}

const MOST_READ = 1_000; // messages of one chat; a trial has no more

const tags = ['channels'];
const params = z.object({ id: z.string() });
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
    const { id, target } = request.body;
    const element = elementOf(request.body, id ?? newId('sim'), now());
    const { messages, conversations: woken } = await engine.accept(channel, [element]);
    await channels.heardFrom(channel.id, now());
    for (const conversation of woken) engine.wake(conversation);
    const [conversationId = ''] = woken;
    // An edit and a taking-back are no messages of their own: they answer with the one they are about
    const stored = messages[0] ?? { messageId: derivedId('msg', `${channel.id}:${target ?? ''}`), conversationId };
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

  const read = {
    params,
    body: z.strictObject({ from: Phone }),
    response: { 204: z.null() },
    tags,
    summary: 'Open the chat as the person: what arrived is read',
  };
  app.post('/:id/read', { config: { access: 'whatsapp_chat:send' }, schema: read }, async (request, reply) => {
    const { organization } = request.caller;
    const channel = await simulatorOf(organization, request.params.id);
    const contact = await contacts.byPhone(organization, request.body.from);
    const rows = contact ? await conversations.outbound(organization, channel.id, contact.id, MOST_READ) : [];
    const statuses = rows.map(({ _id: id }) =>
      statusElement({ providerId: simulatedId(id), reference: id, status: 'READ', at: now(), raw: null }),
    );
    const { conversations: woken } = await engine.accept(channel, statuses);
    for (const conversation of woken) engine.wake(conversation);
    return reply.code(204).send(null);
  });

  async function simulatorOf(organization: string, id: string): Promise<Channel> {
    const channel = await channels.find(organization, id);
    if (!channel) throw channelNotFound();
    if (channel.provider !== 'simulator') throw simulatorOnly();
    return channel;
  }
};
