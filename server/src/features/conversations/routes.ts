import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Engine } from '../../engine/engine.ts';
import type { MediaStore } from '../../media/store.ts';
import { conversationHeld, conversationNotFound, illegalNode, invalidField } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { Channel } from '../../storage/channel.ts';
import type { ContactStore } from '../../storage/contacts.ts';
import { attachFiles } from './attachments.ts';
import { ConversationShape, MessageShape, presentConversation, presentMessage } from './shapes.ts';
import type { ConversationRow, ConversationStore } from './store.ts';

interface Options {
  conversations: ConversationStore;
  channels: { find(organization: string, id: string): Promise<Channel | null> };
  contacts: Pick<ContactStore, 'many' | 'named'>;
  media: Pick<MediaStore, 'findMany'>;
  engine: Pick<Engine, 'takeover' | 'release'>;
  now: () => Date;
}

/** Contacts that a search by name or number looks up conversations of; more than these is no search any more. */
const MAX_PEOPLE = 200;

const tags = ['conversations'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_chat:view' } as const;
const toSend = { access: 'whatsapp_chat:send' } as const;

const ListQuery = listQuery(['createdAt', 'updatedAt']).extend({
  status: z.enum(['open', 'snoozed', 'closed']).optional(),
  owner: z.enum(['me', 'bot', 'agent', 'queue', 'nobody']).optional(),
  channel: z.string().optional(),
  contact: z.string().optional(),
});

const MessagesQuery = z
  .object({
    before: z.string().optional(),
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine((query) => query.before === undefined || query.after === undefined, {
    path: ['after'],
    message: 'Give before or after, not both.',
  });

/** Conversations and their messages, and who speaks in them. */
export const conversationRoutes: FastifyPluginAsyncZod<Options> = async (
  app,
  { conversations, channels, contacts, media, engine, now },
) => {
  const list = {
    querystring: ListQuery,
    response: { 200: pageOf(ConversationShape) },
    tags,
    summary: "List conversations; q looks into the contact's name and number, and into the last message",
  };
  app.get('', { config: toSee, schema: list }, async (request) => {
    const { organization, user } = request.caller;
    const { status, owner, channel, contact, ...page } = request.query;
    const mine = owner === 'me' ? (user?.id ?? 'usr_nobody') : owner;
    const people = page.q ? await contacts.named(organization, page.q, MAX_PEOPLE) : [];
    const found = conversations.list(organization, { status, owner: mine, channel, contact }, page, people);
    const rows = await answerPage(found, (row) => row);
    return { ...rows, items: await present(organization, rows.items) };
  });

  const see = { params, response: { 200: ConversationShape }, tags, summary: 'One conversation' };
  app.get('/:id', { config: toSee, schema: see }, async (request) =>
    one(request.caller.organization, request.params.id),
  );

  const read = {
    params,
    querystring: MessagesQuery,
    response: { 200: z.object({ items: z.array(MessageShape), next: z.string().nullable() }) },
    tags,
    summary: 'The messages of a conversation, newest last',
  };
  app.get('/:id/messages', { config: toSee, schema: read }, async (request) => {
    const { organization } = request.caller;
    const { id } = request.params;
    if (!(await conversations.find(organization, id))) throw conversationNotFound();
    const found = await conversations.messages(organization, id, request.query);
    if (!found)
      throw invalidField(
        request.query.before ? '/before' : '/after',
        'unknown_message',
        'There is no such message in this conversation.',
      );
    const shown = found.items.map(presentMessage);
    const items = await attachFiles(shown, (ids) => media.findMany(organization, ids));
    const edge = request.query.after !== undefined ? items.at(-1) : items[0];
    return { items, next: found.more && edge ? edge.id : null };
  });

  const take = {
    params,
    body: z.strictObject({ note: z.string().max(2_000).optional(), force: z.boolean().optional() }).optional(),
    response: { 200: ConversationShape },
    tags,
    summary: 'Take a conversation over from the bot',
  };
  app.post('/:id/takeover', { config: toSend, schema: take }, async (request) => {
    const { organization, user, key } = request.caller;
    const speaker = user?.id ?? key?.id ?? organization;
    const taken = await engine.takeover(organization, request.params.id, speaker, request.body?.force ?? false);
    if (taken.kind === 'unknown') throw conversationNotFound();
    const shown = await one(organization, request.params.id);
    if (taken.kind === 'held') throw conversationHeld(shown);
    return { ...shown, ...(taken.inFlight.length > 0 && { inFlight: taken.inFlight }) };
  });

  const release = {
    params,
    body: z.strictObject({ to: z.enum(['bot', 'queue', 'nobody']), node: z.string().optional() }),
    response: { 200: ConversationShape },
    tags,
    summary: 'Give a conversation back',
  };
  app.post('/:id/release', { config: toSend, schema: release }, async (request) => {
    const { organization } = request.caller;
    const { to, node = null } = request.body;
    const released = await engine.release(organization, request.params.id, to, node);
    if (released.kind === 'unknown') throw conversationNotFound();
    if (released.kind === 'illegal') throw illegalNode(released.legal);
    return one(organization, request.params.id);
  });

  async function one(organization: string, id: string): Promise<z.infer<typeof ConversationShape>> {
    const row = await conversations.find(organization, id);
    const [shown] = row ? await present(organization, [row]) : [];
    if (!shown) throw conversationNotFound();
    return shown;
  }

  async function present(organization: string, rows: ConversationRow[]) {
    const people = await contacts.many(
      organization,
      rows.map((row) => row.contact),
    );
    const ids = [...new Set(rows.map((row) => row.channel))];
    const numbers = new Map(
      await Promise.all(ids.map(async (id) => [id, await channels.find(organization, id)] as const)),
    );
    return rows.map((row) =>
      presentConversation(row, numbers.get(row.channel) ?? undefined, people.get(row.contact), now()),
    );
  }
};
