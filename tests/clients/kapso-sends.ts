import type { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import type { MetaNumber } from '@parley/server/src/simulator/network/model.ts';
import { CUSTOMER, type RunningSimulator } from '@parley/server/src/simulator/testing/start.ts';
import { type Call, matches, phoneShows } from './call.ts';

export interface KapsoContext {
  simulator: RunningSimulator;
  number: MetaNumber;
  client: WhatsAppClient;
  url: string;
  /** What the customer wrote. */
  inbound: string;
  mediaId: string;
  templateId: string;
}

type To = { phoneNumberId: string; to: string };
const PNG = 'https://files.example/a.png';
const SENT = { contacts: [{ input: CUSTOMER, waId: '447700900001' }], messages: [{ id: /^wamid\./ }] };

/** A send: the client gets its id, and the phone shows it. */
export const sends = (
  name: string,
  send: (client: WhatsAppClient, to: To, context: KapsoContext) => Promise<unknown>,
  shown: unknown,
) => ({
  name,
  run: async (context: KapsoContext) => {
    const { client, number, simulator } = context;
    matches(await send(client, { phoneNumberId: number.id, to: CUSTOMER }, context), SENT);
    await phoneShows(simulator, number, shown);
  },
});

const product = { productRetailerId: 'tea' };
const row = { id: 'r1', title: 'Row', description: 'A row' };

/** A message of every kind. */
export const kapsoSends: Call<KapsoContext>[] = [
  sends('text', (client, to) => client.messages.sendText({ ...to, body: 'Hi', previewUrl: true }), { text: 'Hi' }),
  sends(
    'text as an answer',
    (client, to, { inbound }) => client.messages.sendText({ ...to, body: 'Yes', contextMessageId: inbound }),
    { text: 'Yes', replyTo: /^wamid/ },
  ),
  sends('image by link', (client, to) => client.messages.sendImage({ ...to, image: { link: PNG, caption: 'Look' } }), {
    kind: 'image',
    text: 'Look',
  }),
  sends('video', (client, to) => client.messages.sendVideo({ ...to, video: { link: 'https://files.example/a.mp4' } }), {
    kind: 'video',
  }),
  sends('audio', (client, to) => client.messages.sendAudio({ ...to, audio: { link: 'https://files.example/a.ogg' } }), {
    kind: 'audio',
  }),
  sends(
    'document',
    (client, to) =>
      client.messages.sendDocument({
        ...to,
        document: { link: 'https://files.example/a.pdf', filename: 'bill.pdf' },
      }),
    { kind: 'document', media: { filename: 'bill.pdf' } },
  ),
  sends(
    'sticker',
    (client, to) => client.messages.sendSticker({ ...to, sticker: { link: 'https://files.example/a.webp' } }),
    {
      kind: 'sticker',
    },
  ),
  sends(
    'location',
    (client, to) =>
      client.messages.sendLocation({ ...to, location: { latitude: 51.5, longitude: -0.1, name: 'Shop' } }),
    { kind: 'location', location: { latitude: 51.5 } },
  ),
  sends(
    'contacts',
    (client, to) =>
      client.messages.sendContacts({
        ...to,
        contacts: [{ name: { formattedName: 'Bo', firstName: 'Bo' }, phones: [{ phone: '+447700900002' }] }],
      }),
    { kind: 'contacts', text: 'Bo' },
  ),
  {
    name: 'reaction',
    run: async ({ client, number, simulator, inbound }) => {
      const reaction = { messageId: inbound, emoji: '👍' };
      matches(await client.messages.sendReaction({ phoneNumberId: number.id, to: CUSTOMER, reaction }), SENT);
      matches((await simulator.chat(number))[0], { reactions: [{ from: 'business', emoji: '👍' }] });
    },
  },
  sends(
    'buttons',
    (client, to) =>
      client.messages.sendInteractiveButtons({
        ...to,
        bodyText: 'Choose',
        buttons: [
          { id: 'a', title: 'A' },
          { id: 'b', title: 'B' },
        ],
      }),
    { interactive: { type: 'buttons', buttons: [{ id: 'a' }, { id: 'b' }] } },
  ),
  sends(
    'list',
    (client, to) =>
      client.messages.sendInteractiveList({
        ...to,
        bodyText: 'Choose',
        buttonText: 'Open',
        sections: [{ title: 'S', rows: [row] }],
      }),
    { interactive: { type: 'list', sections: [{ rows: [row] }] } },
  ),
  sends(
    'button with an address',
    (client, to) =>
      client.messages.sendInteractiveCtaUrl({
        ...to,
        bodyText: 'Read',
        parameters: { displayText: 'Open', url: 'https://a.example/' },
      }),
    { interactive: { type: 'cta_url', url: 'https://a.example/' } },
  ),
  sends(
    'form',
    (client, to) =>
      client.messages.sendInteractiveFlow({
        ...to,
        bodyText: 'Fill in',
        parameters: {
          flowId: '1',
          flowCta: 'Open',
          flowMessageVersion: '3',
          flowToken: 't',
          flowAction: 'navigate',
          flowActionPayload: { screen: 'A' },
        },
      }),
    { interactive: { type: 'flow', flow: { id: '1', token: 't' } } },
  ),
  sends(
    'location request',
    (client, to) =>
      client.messages.sendInteractiveRaw({
        ...to,
        interactive: {
          type: 'location_request_message',
          body: { text: 'Where?' },
          action: { name: 'send_location' },
        },
      }),
    { interactive: { type: 'location_request', body: 'Where?' } },
  ),
  sends(
    'product',
    (client, to) => client.messages.sendInteractiveProduct({ ...to, bodyText: 'Tea', catalogId: 'c', ...product }),
    { interactive: { type: 'product' } },
  ),
  sends(
    'products',
    (client, to) =>
      client.messages.sendInteractiveProductList({
        ...to,
        bodyText: 'Teas',
        header: { type: 'text', text: 'Ours' },
        catalogId: 'c',
        sections: [{ title: 'S', productItems: [product] }],
      }),
    { interactive: { type: 'product_list', sections: [{ rows: [{ id: 'tea' }] }] } },
  ),
  sends(
    'carousel',
    (client, to) => {
      const card = (cardIndex: number) => ({
        cardIndex,
        header: { type: 'image' as const, image: { link: PNG } },
        bodyText: `Card ${cardIndex}`,
        action: { type: 'cta_url' as const, displayText: 'Open', url: 'https://a.example/' },
      });
      return client.messages.sendInteractiveCarousel({ ...to, bodyText: 'Cards', cards: [card(0), card(1)] });
    },
    { interactive: { type: 'carousel', cards: [{ body: 'Card 0' }, { body: 'Card 1' }] } },
  ),
  sends(
    'catalogue',
    (client, to) =>
      client.messages.sendInteractiveCatalogMessage({
        ...to,
        bodyText: 'All',
        parameters: { thumbnailProductRetailerId: 'tea' },
      }),
    { kind: 'interactive', text: 'All' },
  ),
  sends(
    'template',
    (client, to) =>
      client.messages.sendTemplate({
        ...to,
        template: {
          name: 'order_update',
          language: { code: 'en_US' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: 'Ana' },
                { type: 'text', text: '42' },
              ],
            },
          ],
        },
      }),
    { kind: 'template', text: 'Hello Ana, your order 42 is on its way.' },
  ),
  sends(
    'template with named parameters and a picture',
    (client, to) =>
      client.messages.sendTemplate({
        ...to,
        template: {
          name: 'summer_offer',
          language: { code: 'en_US' },
          components: [
            { type: 'header', parameters: [{ type: 'image', image: { link: PNG } }] },
            {
              type: 'body',
              parameters: [
                { type: 'text', parameterName: 'discount', text: '10 %' },
                { type: 'text', parameterName: 'first_name', text: 'Ana' },
              ],
            },
            {
              type: 'button',
              subType: 'copy_code',
              index: '0',
              parameters: [{ type: 'coupon_code', couponCode: 'TEA' }],
            },
          ],
        },
      }),
    { kind: 'template', text: 'Hi Ana, everything is 10 % off today.' },
  ),
];
