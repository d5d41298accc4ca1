import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Media, MetaNumber } from '../network/model.ts';
import { digitsOf } from '../network/model.ts';
import type { Rule } from '../network/script.ts';
import { accountOf, authorized, numberOf } from './authority.ts';
import { blocking } from './blocking.ts';
import { readOr } from './check.ts';
import { GraphError, noSuchObject } from './errors.ts';
import { mediaRoutes } from './media.ts';
import { numberRoutes } from './numbers.ts';
import type { MetaOptions } from './options.ts';
import { qrRoutes } from './qr.ts';
import { readSend } from './say.ts';
import { Envelope, ReadReceipt } from './shapes.ts';
import { signUpRoutes } from './sign-up.ts';
import { templateRoutes } from './templates.ts';

type OfNumber = FastifyRequest<{ Params: { id: string }; Body: Record<string, unknown> | null }>;

/** Meta's Graph API. Paths without a version come here too (see `app.ts`). Sources: Meta, Cloud API reference, v24. */
export const metaFace: FastifyPluginAsync<MetaOptions> = async (app, options) => {
  const { network } = options;

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof GraphError) return reply.code(error.status).send(error.body(network.ids.trace()));
    const bad = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
    if (!bad) throw error;
    const said = new GraphError(100, error instanceof Error ? error.message : null);
    return reply.code(400).send(said.body(network.ids.trace()));
  });
  app.setNotFoundHandler((request, reply) => {
    const id = request.url.split(/[/?]/)[2] ?? '';
    return reply.code(400).send(noSuchObject(request.method, id).body(network.ids.trace()));
  });

  await app.register(signUpRoutes, options);
  app.register(async (own) => {
    own.addHook('onRequest', async (request) => authorized(network, request));
    await own.register(mediaRoutes, options);
    await own.register(templateRoutes, options);
    await own.register(numberRoutes, options);
    await own.register(blocking, options);
    await own.register(qrRoutes, options);

    own.post('/:id/messages', async (request: OfNumber) => {
      const number = numberOf(network, request, request.params.id);
      const body = request.body ?? {};
      if (body.status !== undefined) return markRead(number, body);
      return accept(number, body, request.rule);
    });

    own.post('/:id/marketing_messages', async (request: OfNumber) => {
      const number = numberOf(network, request, request.params.id);
      const { product_policy: _policy, message_activity_sharing: _sharing, ...body } = request.body ?? {};
      if (body.type !== 'template') throw new GraphError(131055, 'Only template messages can be sent here.');
      const category = templateCategory(number, body.template);
      if (category !== null && category !== 'MARKETING') throw new GraphError(134100);
      return accept(number, body, request.rule);
    });
  });

  function markRead(number: MetaNumber, body: unknown) {
    const receipt = readOr(ReadReceipt, body, 'message');
    const message = network.messages.get(receipt.message_id);
    if (!message || message.number !== number.id || message.from !== 'customer')
      throw new GraphError(131009, `Parameter 'message_id': "${receipt.message_id}" is not a message of this number.`);
    network.markRead(message, receipt.typing_indicator !== undefined);
    return { success: true };
  }

  function accept(number: MetaNumber, body: Record<string, unknown>, rule: Rule | null) {
    if (!number.registered) throw new GraphError(133010);
    const { to, recipient, recipient_type, type, context, biz_opaque_callback_data } = readOr(
      Envelope,
      body,
      'message',
    );
    const given = to ?? recipient;
    if (given === undefined) throw new GraphError(131008, "Parameter 'to' is mandatory.");
    if (recipient_type === 'group') throw new GraphError(131009, "Parameter 'to': groups are not simulated.");
    const phone = phoneOf(given);
    if (phone === number.address) throw new GraphError(131021, 'Recipient phone number cannot be the sender.');
    const reading = readSend(type, body, number.account, (id) => fileOf(number, id));
    if (!reading.said.template && reading.reaction) checkTarget(reading.reaction.target);
    const chat = network.chatOf(number, phone);
    const limit = network.pace(number, chat);
    if (limit) throw new GraphError(limit === 'pair' ? 131056 : 130429);

    const said = { ...reading.said, replyTo: context?.message_id ?? reading.said.replyTo };
    const reference = biz_opaque_callback_data ?? null;
    const message = network.send(number, phone, { said, reference, sentTo: given, rule });
    if (reading.reaction) network.react('business', reading.reaction.target, reading.reaction.emoji);
    const known = network.phones.get(phone);
    const contact =
      to === undefined ? { input: given, user_id: known?.bsuid ?? given } : { input: given, wa_id: digitsOf(phone) };
    return {
      messaging_product: 'whatsapp',
      contacts: [contact],
      messages: [{ id: message.id, ...(said.template && { message_status: 'accepted' }) }],
    };
  }

  function checkTarget(target: string) {
    if (!network.messages.has(target))
      throw new GraphError(131009, `Parameter 'reaction['message_id']': there is no message ${target}.`);
  }

  function fileOf(number: MetaNumber, id: string): Media | null {
    const file = network.media.get(id);
    return file && file.account === number.account.id ? file : null;
  }

  /** By number, or by the business-scoped id of a phone that is known. */
  function phoneOf(given: string): string {
    const person = [...network.phones.values()].find(({ bsuid }) => bsuid === given);
    if (person) return person.phone;
    const digits = digitsOf(given);
    if (!/^[+\d\s().-]+$/.test(given) || digits.length < 7 || digits.length > 15)
      throw new GraphError(131009, `Parameter 'to': "${given}" is not a valid whatsapp user id or phone number.`);
    return `+${digits}`;
  }
};

function templateCategory(number: MetaNumber, sent: unknown): string | null {
  const name = typeof sent === 'object' && sent !== null && 'name' in sent ? sent.name : null;
  return accountOf(number).templates.find((one) => one.name === name)?.category ?? null;
}
