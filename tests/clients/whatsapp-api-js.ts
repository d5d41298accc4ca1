import { webcrypto } from 'node:crypto';
import type { MetaNumber } from '@parley/server/src/simulator/network/model.ts';
import { startListener } from '@parley/server/src/simulator/testing/listener.ts';
import { CUSTOMER, type RunningSimulator } from '@parley/server/src/simulator/testing/start.ts';
import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionCatalog,
  ActionCTA,
  ActionList,
  ActionLocation,
  ActionProduct,
  ActionProductList,
  Audio,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  CatalogProduct,
  Contacts,
  Document,
  Footer,
  Header,
  Image,
  Interactive,
  ListSection,
  Location,
  Name,
  Phone,
  Product,
  ProductSection,
  Reaction,
  Row,
  Sticker,
  Template,
  Text,
  Video,
} from 'whatsapp-api-js/messages';
import type { ClientMessage } from 'whatsapp-api-js/types';
import { type Client, matches, phoneShows } from './call.ts';

interface Context {
  simulator: RunningSimulator;
  number: MetaNumber;
  client: WhatsAppAPI;
  inbound: string;
  mediaId: string;
  qr: string;
}

const ANSWER = { contacts: [{ input: CUSTOMER, wa_id: '447700900001' }], messages: [{ id: /^wamid\./ }] };
const AT = 'https://files.example/';

const sends = (name: string, message: (context: Context) => ClientMessage, shown: unknown) => ({
  name,
  run: async (context: Context) => {
    const { client, number, simulator } = context;
    matches(await client.sendMessage(number.id, CUSTOMER, message(context)), ANSWER);
    await phoneShows(simulator, number, shown);
  },
});

/** This client writes Meta's host into every address; the same paths are asked of the simulator instead. */
const fetchFrom = (base: string): typeof fetch =>
  (async (given: string | URL | Request, init?: RequestInit) =>
    fetch(String(given).replace('https://graph.facebook.com', base), init)) as typeof fetch;

export const whatsappApiJs: Client<Context> = {
  name: 'whatsapp-api-js',
  start: async (simulator) => {
    const number = simulator.addMeta();
    const client = new WhatsAppAPI({
      token: number.account.accessToken,
      appSecret: number.account.appSecret,
      webhookVerifyToken: number.verifyToken,
      v: 'v24.0',
      ponyfill: { fetch: fetchFrom(simulator.url), subtle: webcrypto.subtle as typeof crypto.subtle },
    });
    const written = await simulator.act(number, { type: 'text', text: 'hello' });
    return { simulator, number, client, inbound: String(written.body?.id), mediaId: '', qr: '' };
  },
  calls: [
    sends('text', () => new Text('Hi'), { text: 'Hi' }),
    {
      name: 'text as an answer, with an own id',
      run: async ({ client, number, simulator, inbound }) => {
        matches(await client.sendMessage(number.id, CUSTOMER, new Text('Yes'), inbound, 'own-1'), ANSWER);
        await phoneShows(simulator, number, { replyTo: inbound });
      },
    },
    sends('image', () => new Image(`${AT}a.png`, false, 'Look'), { kind: 'image', text: 'Look' }),
    sends('video', () => new Video(`${AT}a.mp4`), { kind: 'video' }),
    sends('audio', () => new Audio(`${AT}a.ogg`), { kind: 'audio' }),
    sends('document', () => new Document(`${AT}a.pdf`, false, 'Bill', 'bill.pdf'), { kind: 'document', text: 'Bill' }),
    sends('sticker', () => new Sticker(`${AT}a.webp`), { kind: 'sticker' }),
    sends('location', () => new Location(-0.1, 51.5, 'Shop'), { location: { latitude: 51.5, longitude: -0.1 } }),
    sends('contacts', () => new Contacts([new Name('Bo', 'Bo'), new Phone('+447700900002')]), {
      kind: 'contacts',
      text: 'Bo',
    }),
    {
      name: 'reaction',
      run: async ({ client, number, simulator, inbound }) => {
        matches(await client.sendMessage(number.id, CUSTOMER, new Reaction(inbound, '👍')), ANSWER);
        matches((await simulator.chat(number))[0], { reactions: [{ emoji: '👍' }] });
      },
    },
    sends(
      'buttons',
      () =>
        new Interactive(
          new ActionButtons(new Button('a', 'A'), new Button('b', 'B')),
          new Body('Choose'),
          new Header('Head'),
          new Footer('Foot'),
        ),
      {
        interactive: { type: 'buttons', header: { text: 'Head' }, footer: 'Foot', buttons: [{ id: 'a' }, { id: 'b' }] },
      },
    ),
    sends(
      'list',
      () =>
        new Interactive(new ActionList('Open', new ListSection('S', new Row('r', 'Row', 'A row'))), new Body('Choose')),
      {
        interactive: { type: 'list', sections: [{ rows: [{ id: 'r' }] }] },
      },
    ),
    sends(
      'button with an address',
      () => new Interactive(new ActionCTA('Open', 'https://a.example/'), new Body('Read')),
      {
        interactive: { type: 'cta_url' },
      },
    ),
    sends('location request', () => new Interactive(new ActionLocation(), new Body('Where?')), {
      interactive: { type: 'location_request' },
    }),
    sends('product', () => new Interactive(new ActionProduct(new CatalogProduct('tea', 'c')), new Body('Tea')), {
      interactive: { type: 'product' },
    }),
    sends(
      'products',
      () =>
        new Interactive(
          new ActionProductList('c', new ProductSection('S', new Product('tea'))),
          new Body('Teas'),
          new Header('Ours'),
        ),
      { interactive: { type: 'product_list' } },
    ),
    sends('catalogue', () => new Interactive(new ActionCatalog(new Product('tea')), new Body('All')), { text: 'All' }),
    sends(
      'template',
      () => new Template('order_update', 'en_US', new BodyComponent(new BodyParameter('Ana'), new BodyParameter('42'))),
      { kind: 'template', text: 'Hello Ana, your order 42 is on its way.' },
    ),
    {
      name: 'mark as read, with typing',
      run: async ({ client, number, inbound }) =>
        matches(await client.markAsRead(number.id, inbound, 'text'), { success: true }),
    },
    {
      name: 'media up',
      run: async (context) => {
        const form = new FormData();
        form.set('file', new Blob(['a picture'], { type: 'image/png' }), 'a.png');
        const answer = await context.client.uploadMedia(context.number.id, form);
        if (!('id' in answer)) throw new Error(JSON.stringify(answer));
        context.mediaId = answer.id;
      },
    },
    sends('image by id', ({ mediaId }) => new Image(mediaId, true), { kind: 'image' }),
    {
      name: 'media facts and download',
      run: async ({ client, mediaId, number }) => {
        const facts = await client.retrieveMedia(mediaId, number.id);
        if (!('url' in facts)) throw new Error(JSON.stringify(facts));
        matches(await (await client.fetchMedia(facts.url)).text(), 'a picture');
      },
    },
    {
      name: 'media delete',
      run: async ({ client, mediaId }) => matches(await client.deleteMedia(mediaId), { success: true }),
    },
    {
      name: 'QR code made, read, changed and deleted',
      run: async ({ client, number }) => {
        const made = await client.createQR(number.id, 'Hello');
        if (!('code' in made)) throw new Error(JSON.stringify(made));
        matches(await client.retrieveQR(number.id), { data: [{ code: made.code }] });
        matches(await client.updateQR(number.id, made.code, 'Bye'), { prefilled_message: 'Bye' });
        matches(await client.deleteQR(number.id, made.code), { success: true });
      },
    },
    {
      name: 'block and unblock',
      run: async ({ client, number }) => {
        const users = [{ input: CUSTOMER, wa_id: '447700900001' }];
        matches(await client.blockUser(number.id, CUSTOMER), { block_users: { added_users: users } });
        matches(await client.unblockUser(number.id, CUSTOMER), { block_users: { removed_users: users } });
      },
    },
    {
      name: 'an error, as a body',
      run: async ({ client, number }) =>
        matches(await client.sendMessage(number.id, CUSTOMER, new Template('none', 'en')), {
          error: { code: 132001, message: /#132001/, fbtrace_id: /./ },
        }),
    },
    {
      name: 'webhooks, by its own check of the signature',
      run: async ({ client, number, simulator }) => {
        const listener = await startListener();
        try {
          await simulator.control('PATCH', `/numbers/${number.id}`, { webhookUrl: listener.url });
          const texts: unknown[] = [];
          client.on.message = ({ message }) => void texts.push(message);
          await simulator.act(number, { type: 'text', text: 'hé / 👍' });
          const [heard] = await listener.hears(1);
          if (!heard) throw new Error('nothing was told');
          await client.post(JSON.parse(heard.body), heard.body, String(heard.headers['x-hub-signature-256']));
          await new Promise((resolve) => setImmediate(resolve));
          matches(texts, [{ text: { body: 'hé / 👍' } }]);
        } finally {
          await listener.close();
        }
      },
    },
  ],
};
