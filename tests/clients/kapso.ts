import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import type { MetaNumber } from '@parley/server/src/simulator/network/model.ts';
import { rule } from '@parley/server/src/simulator/testing/rule.ts';
import { CUSTOMER, type RunningSimulator } from '@parley/server/src/simulator/testing/start.ts';
import { type Call, type Client, matches, phoneShows } from './call.ts';

interface Context {
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
const sends = (
  name: string,
  send: (client: WhatsAppClient, to: To, context: Context) => Promise<unknown>,
  shown: unknown,
) => ({
  name,
  run: async (context: Context) => {
    const { client, number, simulator } = context;
    matches(await send(client, { phoneNumberId: number.id, to: CUSTOMER }, context), SENT);
    await phoneShows(simulator, number, shown);
  },
});

/** A call that is refused with this code. */
const refused = (name: string, code: number, run: (context: Context) => Promise<unknown>): Call<Context> => ({
  name,
  run: async (context) => {
    const error = await run(context).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof GraphApiError)) throw new Error(`no GraphApiError but ${String(error)}`);
    matches(error, { code });
  },
});

const product = { productRetailerId: 'tea' };
const row = { id: 'r1', title: 'Row', description: 'A row' };

export const kapso: Client<Context> = {
  name: '@kapso/whatsapp-cloud-api',
  start: async (simulator) => {
    const number = simulator.addMeta();
    const client = new WhatsAppClient({ accessToken: number.account.accessToken, baseUrl: simulator.url });
    const written = await simulator.act(number, { type: 'text', text: 'hello' });
    return {
      simulator,
      number,
      client,
      url: simulator.url,
      inbound: String(written.body?.id),
      mediaId: '',
      templateId: '',
    };
  },
  calls: [
    sends('text', (client, to) => client.messages.sendText({ ...to, body: 'Hi', previewUrl: true }), { text: 'Hi' }),
    sends(
      'text as an answer',
      (client, to, { inbound }) => client.messages.sendText({ ...to, body: 'Yes', contextMessageId: inbound }),
      { text: 'Yes', replyTo: /^wamid/ },
    ),
    sends(
      'image by link',
      (client, to) => client.messages.sendImage({ ...to, image: { link: PNG, caption: 'Look' } }),
      {
        kind: 'image',
        text: 'Look',
      },
    ),
    sends(
      'video',
      (client, to) => client.messages.sendVideo({ ...to, video: { link: 'https://files.example/a.mp4' } }),
      {
        kind: 'video',
      },
    ),
    sends(
      'audio',
      (client, to) => client.messages.sendAudio({ ...to, audio: { link: 'https://files.example/a.ogg' } }),
      {
        kind: 'audio',
      },
    ),
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
    {
      name: 'mark as read, with typing',
      run: async ({ client, number, inbound }) => {
        const typingIndicator = { type: 'text' as const };
        matches(await client.messages.markRead({ phoneNumberId: number.id, messageId: inbound, typingIndicator }), {
          success: true,
        });
      },
    },
    {
      name: 'media up',
      run: async (context) => {
        const { client, number } = context;
        const file = new Blob(['a picture'], { type: 'image/png' });
        const { id } = await client.media.upload({
          phoneNumberId: number.id,
          type: 'image/png',
          file,
          fileName: 'a.png',
        });
        matches(id, /^\d+$/);
        context.mediaId = id;
      },
    },
    sends('image by id', (client, to, { mediaId }) => client.messages.sendImage({ ...to, image: { id: mediaId } }), {
      kind: 'image',
    }),
    {
      name: 'media facts and download',
      run: async ({ client, mediaId }) => {
        matches(await client.media.get({ mediaId }), { id: mediaId, mimeType: 'image/png', url: /attachments/ });
        const bytes = await client.media.download({ mediaId, auth: 'always' });
        matches(Buffer.from(bytes as ArrayBuffer).toString(), 'a picture');
      },
    },
    {
      name: 'media delete',
      run: async ({ client, mediaId }) => matches(await client.media.delete({ mediaId }), { success: true }),
    },
    {
      name: 'templates in pages',
      run: async ({ client, number }) => {
        const names: string[] = [];
        let after: string | undefined;
        do {
          const page = await client.templates.list({ businessAccountId: number.account.id, limit: 2, after });
          names.push(...page.data.map(({ name }) => name));
          after = page.data.length === 2 ? (page.paging?.cursors?.after ?? undefined) : undefined;
        } while (after !== undefined);
        matches(names.length, number.account.templates.length);
        matches(new Set(names).size, number.account.templates.length);
      },
    },
    {
      name: 'template create',
      run: async (context) => {
        const { client, number } = context;
        const made = await client.templates.create({
          businessAccountId: number.account.id,
          name: 'late_notice',
          language: 'en_US',
          category: 'UTILITY',
          components: [{ type: 'BODY', text: 'Your order {{1}} is late.', example: { bodyText: [['42']] } }],
        });
        matches(made, { status: 'PENDING', category: 'UTILITY' });
        context.templateId = made.id;
      },
    },
    {
      name: 'template get',
      run: async ({ client, number, templateId }) =>
        matches(await client.templates.get({ businessAccountId: number.account.id, templateId }), {
          name: 'late_notice',
        }),
    },
    {
      name: 'template delete',
      run: async ({ client, number }) =>
        matches(await client.templates.delete({ businessAccountId: number.account.id, name: 'late_notice' }), {
          success: true,
        }),
    },
    {
      name: 'profile read and written',
      run: async ({ client, number }) => {
        const { businessProfile } = client.phoneNumbers;
        await businessProfile.update({ phoneNumberId: number.id, about: 'Open', websites: ['https://a.example/'] });
        matches(await businessProfile.get({ phoneNumberId: number.id }), { data: [{ about: 'Open' }] });
      },
    },
    {
      name: 'number settings',
      run: async ({ client, number }) => {
        await client.phoneNumbers.settings.update({ phoneNumberId: number.id, fallbackLanguage: 'en' });
        await client.phoneNumbers.settings.get({ phoneNumberId: number.id });
      },
    },
    {
      name: 'request and verify a code, register, deregister',
      run: async ({ client, number }) => {
        const phoneNumberId = number.id;
        matches(await client.phoneNumbers.requestCode({ phoneNumberId, codeMethod: 'SMS', language: 'en_US' }), {
          success: true,
        });
        matches(await client.phoneNumbers.verifyCode({ phoneNumberId, code: '123456' }), { success: true });
        matches(await client.phoneNumbers.deregister({ phoneNumberId }), { success: true });
        matches(await client.phoneNumbers.register({ phoneNumberId, pin: '123456' }), { success: true });
      },
    },
    refused('a wrong code', 136025, ({ client, number }) =>
      client.phoneNumbers.verifyCode({ phoneNumberId: number.id, code: '000000' }),
    ),
    refused('a bad token', 190, ({ url, number }) =>
      new WhatsAppClient({ accessToken: 'wrong', baseUrl: url }).messages.sendText({
        phoneNumberId: number.id,
        to: CUSTOMER,
        body: 'Hi',
      }),
    ),
    refused('an unknown number', 100, ({ client }) =>
      client.messages.sendText({ phoneNumberId: '1', to: CUSTOMER, body: 'Hi' }),
    ),
    refused('an unknown template', 132001, ({ client, number }) =>
      client.messages.sendTemplate({
        phoneNumberId: number.id,
        to: CUSTOMER,
        template: { name: 'none', language: { code: 'en' } },
      }),
    ),
    refused('a file that is gone', 100, ({ client, mediaId }) => client.media.get({ mediaId })),
    {
      name: 'a rate limit, seen as one',
      run: async ({ client, number, simulator }) => {
        await simulator.script({ rules: [rule('rate-limit', {}, { times: 1, status: 429 })] });
        const error = await client.messages
          .sendText({ phoneNumberId: number.id, to: CUSTOMER, body: 'Hi' })
          .catch((thrown: unknown) => thrown);
        if (!(error instanceof GraphApiError) || !error.isRateLimit())
          throw new Error(`not seen as a limit: ${String(error)}`);
      },
    },
  ],
};
