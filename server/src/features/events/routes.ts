import type { JsonObject } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Engine } from '../../engine/engine.ts';
import { channelNeeded, channelNotFound, contactNotFound, notReachable } from '../../plugins/errors.ts';
import type { Contact, ContactStore } from '../../storage/contacts.ts';

interface Options {
  engine: Pick<Engine, 'starts'>;
  contacts: Pick<ContactStore, 'resolve' | 'find'>;
  channels: { enabledIds(organization: string): Promise<string[]> };
  conversations: { latestOf(organization: string, contact: string, channels: string[]): Promise<string | null> };
  newId: (prefix: string) => string;
}

const MAX_BODY = 100_000; // bytes; the flow that it begins remembers the data

const BusinessEvent = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    phone: z
      .string()
      .trim()
      .regex(/^\+[1-9]\d{6,14}$/, 'Write the phone as +447700900001.')
      .optional(),
    contactId: z.string().optional(),
    channelId: z.string().optional(),
    data: z.record(z.string(), z.json()).default({}),
  })
  .refine(({ phone, contactId }) => (phone === undefined) !== (contactId === undefined), {
    path: ['phone'],
    message: 'Say whose event it is: give phone or contactId, one of them.',
  });

/** Business events of a contact (an order was paid): flows that listen to them begin in the contact's conversation. */
export const businessEvents: FastifyPluginAsyncZod<Options> = async (app, options) => {
  const { engine, contacts, channels, conversations, newId } = options;
  const tell = {
    body: BusinessEvent,
    response: { 202: z.object({ accepted: z.literal(true), eventId: z.string(), conversationId: z.string() }) },
    tags: ['events'],
    summary: 'Tell of a business event; flows with such a trigger begin',
  };
  app.post(
    '',
    { config: { access: 'whatsapp_chat:send' }, bodyLimit: MAX_BODY, schema: tell },
    async (request, reply) => {
      const { organization } = request.caller;
      const { name, data, channelId } = request.body;
      const contact = await whose(organization, request.body);
      const conversationId = await conversationOf(organization, contact, channelId);
      const eventId = newId('evt');
      await engine.starts.tell(organization, conversationId, { id: eventId, name, data: data as JsonObject });
      return reply.code(202).send({ accepted: true, eventId, conversationId });
    },
  );

  async function whose(organization: string, { phone, contactId }: z.output<typeof BusinessEvent>): Promise<Contact> {
    const identity = { kind: 'wa_id' as const, value: (phone ?? '').replace(/^\+/, '') };
    const id = contactId ?? (await contacts.resolve(organization, [identity], { source: 'event' }));
    const contact = await contacts.find(organization, id);
    if (!contact) throw contactNotFound();
    return contact;
  }

  /** The channel's, if one is named; else where the contact was last heard; else the only channel's. */
  async function conversationOf(organization: string, contact: Contact, named: string | undefined): Promise<string> {
    const enabled = await channels.enabledIds(organization);
    const latest = named === undefined ? await conversations.latestOf(organization, contact.id, enabled) : null;
    if (latest !== null) return latest;
    if (named !== undefined && !enabled.includes(named)) throw channelNotFound();
    const channel = named ?? (enabled.length === 1 ? enabled[0] : undefined);
    if (channel === undefined) throw channelNeeded();
    const conversation = await engine.starts.conversationWith({ organization, channel, contact });
    if (conversation === null) throw notReachable();
    return conversation;
  }
};
