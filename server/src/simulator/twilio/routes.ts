import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { TwilioNumber } from '../network/model.ts';
import { accountOf, authorized, numbersOf } from './authority.ts';
import { contentRoutes } from './content.ts';
import { notFound, TwilioError } from './errors.ts';
import { messageRoutes } from './messages.ts';
import type { TwilioOptions } from './options.ts';
import { newList, oldList, type PageQuery } from './paging.ts';
import { rfc2822 } from './shapes.ts';

type Of = FastifyRequest<{ Params: { account: string; sid: string; id: string }; Querystring: PageQuery }>;

/** Twilio's hosts `api`, `content` and `messaging` in one. Sources: Twilio's OpenAPI documents of each. */
export const twilioFace: FastifyPluginAsync<TwilioOptions> = async (app, options) => {
  const { network, base } = options;

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof TwilioError) {
      if (error.status === 401) reply.header('www-authenticate', 'Basic realm="Twilio API"');
      return reply.code(error.status).send(error.body);
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 500) throw error;
    const said = new TwilioError(20001, error instanceof Error ? error.message : null, { status });
    return reply.code(status).send(said.body);
  });

  await app.register(messageRoutes, options);
  await app.register(contentRoutes, options);

  app.get('/2010-04-01/Accounts/:account.json', async (request: Of) => {
    const account = accountOf(network, request, request.params.account);
    const at = rfc2822(network.clock.now());
    return {
      sid: account.id,
      friendly_name: 'Simulated account',
      status: 'active',
      type: 'Full',
      date_created: at,
      date_updated: at,
      auth_token: account.authToken,
      owner_account_sid: account.id,
      uri: `/2010-04-01/Accounts/${account.id}.json`,
      subresource_uris: { messages: `/2010-04-01/Accounts/${account.id}/Messages.json` },
    };
  });

  app.get('/2010-04-01/Accounts/:account/IncomingPhoneNumbers.json', async (request: Of) => {
    const account = accountOf(network, request, request.params.account);
    const all = numbersOf(network, account).map((number) => ({
      sid: number.id,
      account_sid: account.id,
      friendly_name: number.name,
      phone_number: number.address,
      capabilities: { voice: false, sms: true, mms: true, fax: false },
      sms_url: number.inbound ?? '',
      sms_method: 'POST',
      sms_fallback_url: number.fallback ?? '',
      status_callback: number.status ?? '',
      uri: `/2010-04-01/Accounts/${account.id}/IncomingPhoneNumbers/${number.id}.json`,
    }));
    return oldList(request.url.split('?', 1)[0] ?? '', 'incoming_phone_numbers', all, request.query);
  });

  app.get('/v2/Channels/Senders', async (request: Of) => {
    const all = numbersOf(network, authorized(network, request)).map(showSender);
    return newList(`${base()}/v2/Channels/Senders`, 'senders', all, request.query);
  });
  app.get('/v2/Channels/Senders/:sid', async (request: Of) => {
    const found = numbersOf(network, authorized(network, request)).find((one) => one.senderSid === request.params.sid);
    if (!found) throw notFound(request.url);
    return showSender(found);
  });

  app.get('/v1/Services', async (request: Of) => {
    const account = authorized(network, request);
    const all = numbersOf(network, account).filter(({ serviceSid }) => serviceSid !== null);
    return newList(`${base()}/v1/Services`, 'services', all.map(showService), request.query);
  });
  app.get('/v1/Services/:sid', async (request: Of) => {
    const account = authorized(network, request);
    const found = numbersOf(network, account).find(({ serviceSid }) => serviceSid === request.params.sid);
    if (!found) throw notFound(request.url);
    return showService(found);
  });

  app.post('/v2/Indicators/Typing.json', async (request: FastifyRequest<{ Body: Record<string, string> | null }>) => {
    const account = authorized(network, request);
    const { messageId, channel } = request.body ?? {};
    if (channel !== 'whatsapp') throw new TwilioError(20001, "channel has to be 'whatsapp'.");
    const message = network.messages.get(messageId ?? '');
    const own = numbersOf(network, account).some(({ id }) => id === message?.number);
    if (!message || !own || message.from !== 'customer') throw notFound(request.url);
    network.markRead(message, true);
    return { success: true };
  });

  // Where Media redirects to: another host of Twilio's, whose addresses are secrets themselves
  app.get('/twilio-storage/:account/:id', async (request: Of, reply) => {
    const file = network.media.get(request.params.id);
    if (!file || file.account !== request.params.account) return reply.code(404).send();
    return reply.type(file.contentType).send(file.bytes);
  });

  function showSender(number: TwilioNumber) {
    return {
      sid: number.senderSid,
      status: 'ONLINE',
      sender_id: `whatsapp:${number.address}`,
      configuration: { waba_id: '0', verification_method: 'sms' },
      webhook: {
        callback_url: number.inbound,
        callback_method: 'POST',
        fallback_url: number.fallback,
        status_callback_url: number.status,
        status_callback_method: 'POST',
      },
      profile: { name: number.name },
      properties: { quality_rating: 'HIGH', messaging_limit: '1K Customers/24hr' },
      offline_reasons: null,
      url: `${base()}/v2/Channels/Senders/${number.senderSid}`,
    };
  }

  const showService = (number: TwilioNumber) => ({
    sid: number.serviceSid,
    account_sid: number.account.id,
    friendly_name: `${number.name} service`,
    inbound_request_url: number.inbound,
    inbound_method: 'POST',
    fallback_url: number.fallback,
    status_callback: number.status,
    use_inbound_webhook_on_number: number.inbound !== null,
    url: `${base()}/v1/Services/${number.serviceSid}`,
  });
};
