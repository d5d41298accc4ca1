import type { TwilioNumber } from '@parley/server/src/simulator/network/model.ts';
import { startListener } from '@parley/server/src/simulator/testing/listener.ts';
import { rule } from '@parley/server/src/simulator/testing/rule.ts';
import { CUSTOMER, type RunningSimulator } from '@parley/server/src/simulator/testing/start.ts';
import twilioPackage from 'twilio';
import type Base from 'twilio/lib/base/RequestClient.js';
import { ContentCreateRequest } from 'twilio/lib/rest/content/v1/content.js';
import { type Call, type Client, matches, phoneShows } from './call.ts';

const { RequestClient, RestException, Twilio, validateRequest } = twilioPackage;
type TwilioClient = InstanceType<typeof Twilio>;

interface Context {
  simulator: RunningSimulator;
  number: TwilioNumber;
  client: TwilioClient;
  from: string;
  inbound: string;
  contentSid: string;
}

const TO = `whatsapp:${CUSTOMER}`;
const AT = 'https://files.example/';

/** Twilio's own way of calling, to the simulator in place of every host of Twilio's. */
class Here extends RequestClient {
  readonly #base: string;
  constructor(base: string) {
    super();
    this.#base = base;
  }
  override request<Data>(options: Base.RequestOptions<Data>) {
    const uri = options.uri.replace(/^https:\/\/[a-z]+\.twilio\.com/, this.#base);
    return super.request<Data>({ ...options, uri });
  }
}

type Sent = Parameters<TwilioClient['messages']['create']>[0];

const sends = (name: string, words: (context: Context) => Partial<Sent>, shown: unknown): Call<Context> => ({
  name,
  run: async (context) => {
    const { client, from, simulator, number } = context;
    const message = await client.messages.create({ from, to: TO, ...words(context) });
    matches(message, { sid: /^(SM|MM)[0-9a-f]{32}$/, status: 'queued', to: TO, errorCode: null });
    await phoneShows(simulator, number, shown);
  },
});

const refused = (name: string, code: number, run: (context: Context) => Promise<unknown>): Call<Context> => ({
  name,
  run: async (context) => {
    const error = await run(context).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof RestException)) throw new Error(`no RestException but ${String(error)}`);
    matches(error, { code });
  },
});

type Types = Record<string, Record<string, unknown>>;

const content = (
  name: string,
  types: Types,
  shown: unknown,
  variables: Record<string, string> = {},
): Call<Context> => ({
  name: `content: ${name}`,
  run: async ({ client, simulator, number, from }) => {
    const request = new ContentCreateRequest({ friendly_name: name, language: 'en', variables, types });
    const made = await client.content.v1.contents.create(request);
    matches(made.sid, /^HX[0-9a-f]{32}$/);
    const contentVariables = JSON.stringify(variables);
    await client.messages.create({ from, to: TO, contentSid: made.sid, contentVariables });
    await phoneShows(simulator, number, shown);
  },
});

export const twilio: Client<Context> = {
  name: 'twilio',
  start: async (simulator) => {
    const number = simulator.addTwilio();
    const { id, authToken } = number.account;
    const client = new Twilio(id, authToken, { httpClient: new Here(simulator.url) });
    const written = await simulator.act(number, { type: 'text', text: 'hello' });
    return {
      simulator,
      number,
      client,
      from: `whatsapp:${number.address}`,
      inbound: String(written.body?.id),
      contentSid: '',
    };
  },
  calls: [
    sends('text', () => ({ body: 'Hi' }), { text: 'Hi' }),
    sends('image', () => ({ body: 'Look', mediaUrl: [`${AT}a.png`] }), { kind: 'image', text: 'Look' }),
    sends('video', () => ({ mediaUrl: [`${AT}a.mp4`] }), { kind: 'video' }),
    sends('audio', () => ({ mediaUrl: [`${AT}a.ogg`] }), { kind: 'audio' }),
    sends('document', () => ({ mediaUrl: [`${AT}a.pdf`] }), { kind: 'document' }),
    sends('sticker', () => ({ mediaUrl: [`${AT}a.webp`] }), { kind: 'sticker' }),
    sends('location', () => ({ body: 'Shop', persistentAction: ['geo:51.5,-0.1|1 Road'] }), {
      location: { latitude: 51.5, name: 'Shop' },
    }),
    content('text', { 'twilio/text': { body: 'Hi {{1}}' } }, { text: 'Hi Ana' }, { 1: 'Ana' }),
    content('media', { 'twilio/media': { body: 'Look', media: [`${AT}a.png`] } }, { kind: 'image', text: 'Look' }),
    content(
      'buttons',
      { 'twilio/quick-reply': { body: 'Choose', actions: [{ type: 'QUICK_REPLY', title: 'A', id: 'a' }] } },
      { interactive: { type: 'buttons', buttons: [{ id: 'a' }] } },
    ),
    content(
      'list',
      {
        'twilio/list-picker': {
          body: 'Choose',
          button: 'Open',
          items: [{ id: 'r', item: 'Row', description: 'A row' }],
        },
      },
      { interactive: { type: 'list', sections: [{ rows: [{ id: 'r' }] }] } },
    ),
    content(
      'button with an address',
      {
        'twilio/call-to-action': { body: 'Read', actions: [{ type: 'URL', title: 'Open', url: 'https://a.example/' }] },
      },
      { interactive: { type: 'cta_url' } },
    ),
    content(
      'card',
      {
        'twilio/card': { title: 'Tea', subtitle: 'Green', actions: [{ type: 'QUICK_REPLY', title: 'Buy', id: 'buy' }] },
      },
      { interactive: { header: { text: 'Tea' }, buttons: [{ id: 'buy' }] } },
    ),
    content(
      'location',
      { 'twilio/location': { latitude: 51.5, longitude: -0.1, label: 'Shop' } },
      { location: { latitude: 51.5 } },
    ),
    {
      name: 'content: all, in pages',
      run: async ({ client, number }) => {
        const all = await client.content.v1.contents.list({ pageSize: 2 });
        matches(new Set(all.map(({ sid }) => sid)).size, number.account.contents.length);
      },
    },
    {
      name: 'content: read and approved',
      run: async (context) => {
        const { client } = context;
        const [newest] = await client.content.v1.contents.list({ limit: 1 });
        const sid = newest?.sid ?? '';
        context.contentSid = sid;
        matches(await client.content.v1.contents(sid).fetch(), { sid, language: 'en' });
        const asked = await client.content.v1
          .contents(sid)
          .approvalCreate.create({ name: 'place', category: 'UTILITY' });
        matches(asked, { name: 'place', status: 'received' });
        matches(await client.content.v1.contents(sid).approvalFetch().fetch(), { sid, whatsapp: { name: 'place' } });
        const both = await client.content.v1.contentAndApprovals.list({ limit: 1 });
        matches(both[0], { approvalRequests: { name: 'place' } });
      },
    },
    {
      name: 'content: deleted',
      run: async ({ client, contentSid }) => matches(await client.content.v1.contents(contentSid).remove(), true),
    },
    {
      name: 'messages in pages, filtered',
      run: async ({ client, from }) => {
        const all = await client.messages.list({ from, to: TO, pageSize: 3 });
        if (all.length < 10) throw new Error(`${all.length} messages`);
        matches(new Set(all.map(({ sid }) => sid)).size, all.length);
        const inbound = await client.messages.list({ to: from, dateSentAfter: new Date(Date.now() - 60_000) });
        matches(inbound, [{ direction: 'inbound', body: 'hello', status: 'received' }]);
      },
    },
    {
      name: 'message read, redacted and deleted',
      run: async ({ client, from }) => {
        const { sid } = await client.messages.create({ from, to: TO, body: 'Secret' });
        matches(await client.messages(sid).fetch(), { sid, body: 'Secret', direction: 'outbound-api' });
        matches(await client.messages(sid).update({ body: '' }), { body: '' });
        matches(await client.messages(sid).remove(), true);
      },
    },
    {
      name: 'message planned and called off, by a Messaging Service',
      run: async ({ client, number, simulator }) => {
        await simulator.control('PATCH', `/numbers/${number.id}`, { messagingService: true });
        const sendAt = new Date(Date.now() + 3_600_000);
        const messagingServiceSid = number.serviceSid ?? '';
        const planned = await client.messages.create({
          messagingServiceSid,
          to: TO,
          body: 'Later',
          scheduleType: 'fixed',
          sendAt,
        });
        matches(planned.status, 'scheduled');
        matches(await client.messages(planned.sid).update({ status: 'canceled' }), { status: 'canceled' });
        matches(await client.messaging.v1.services.list(), [{ sid: messagingServiceSid }]);
      },
    },
    {
      name: 'media of an inbound message listed, read and deleted',
      run: async ({ client, simulator, number }) => {
        const dataBase64 = Buffer.from('a picture').toString('base64');
        const { body } = await simulator.act(number, {
          type: 'image',
          media: { dataBase64, contentType: 'image/png' },
        });
        const sid = String(body?.id);
        const [media] = await client.messages(sid).media.list();
        matches(media, { contentType: 'image/png', parentSid: sid });
        matches(
          await client
            .messages(sid)
            .media(media?.sid ?? '')
            .fetch(),
          { contentType: 'image/png' },
        );
        matches(
          await client
            .messages(sid)
            .media(media?.sid ?? '')
            .remove(),
          true,
        );
      },
    },
    {
      name: 'typing',
      run: async ({ client, inbound }) =>
        matches(await client.messaging.v2.typingIndicator.create({ channel: 'whatsapp', messageId: inbound }), {
          success: true,
        }),
    },
    {
      name: 'account, numbers and senders',
      run: async ({ client, number }) => {
        matches(await client.api.v2010.accounts(number.account.id).fetch(), { status: 'active' });
        matches(await client.incomingPhoneNumbers.list(), [{ phoneNumber: number.address }]);
        matches(await client.messaging.v2.channelsSenders.list({ channel: 'whatsapp' }), [{ status: 'ONLINE' }]);
      },
    },
    refused('a bad token', 20003, ({ number, simulator }) =>
      new Twilio(number.account.id, 'wrong', { httpClient: new Here(simulator.url) }).messages.list(),
    ),
    refused('no words', 21602, ({ client, from }) => client.messages.create({ from, to: TO })),
    refused('a wrong recipient', 21211, ({ client, from }) =>
      client.messages.create({ from, to: 'whatsapp:+12', body: 'a' }),
    ),
    refused('a foreign sender', 63007, ({ client }) =>
      client.messages.create({ from: 'whatsapp:+15550109999', to: TO, body: 'a' }),
    ),
    refused('too many words', 21617, ({ client, from }) =>
      client.messages.create({ from, to: TO, body: 'x'.repeat(1601) }),
    ),
    refused('an unknown message', 20404, ({ client }) => client.messages(`SM${'0'.repeat(32)}`).fetch()),
    refused('too many requests', 20429, async ({ client, from, simulator }) => {
      await simulator.script({ rules: [rule('rate-limit', {}, { times: 1 })] });
      return client.messages.create({ from, to: TO, body: 'a' });
    }),
    {
      name: 'webhooks, by its own check of the signature',
      run: async ({ client, from, simulator, number }) => {
        const listener = await startListener();
        try {
          await simulator.control('PATCH', `/numbers/${number.id}`, { webhookUrl: `${listener.url}/in?a=b` });
          await simulator.act(number, { type: 'text', text: 'hé 👍' });
          await listener.hears(1);
          await client.messages.create({ from, to: TO, body: 'Hi', statusCallback: `${listener.url}/status?m=1` });
          for (const { path, headers, body } of await listener.hears(3)) {
            const form = Object.fromEntries(new URLSearchParams(body));
            const signature = String(headers['x-twilio-signature']);
            matches(validateRequest(number.account.authToken, signature, `${listener.url}${path}`, form), true, path);
          }
        } finally {
          await listener.close();
        }
      },
    },
  ],
};
