import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { rule } from '@parley/server/src/simulator/testing/rule.ts';
import { CUSTOMER } from '@parley/server/src/simulator/testing/start.ts';
import { type Call, type Client, matches } from './call.ts';
import { type KapsoContext as Context, kapsoSends, sends } from './kapso-sends.ts';

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
    ...kapsoSends,
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
