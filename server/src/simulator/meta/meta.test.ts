import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetaNumber } from '../network/model.ts';
import { startListener } from '../testing/listener.ts';
import { rule } from '../testing/rule.ts';
import { CUSTOMER, type RunningSimulator, startSimulator } from '../testing/start.ts';

let simulator: RunningSimulator;
let webhook: Awaited<ReturnType<typeof startListener>>;
let number: MetaNumber;
let hour: Date;

beforeEach(async () => {
  hour = new Date('2026-03-02T09:00:00.000Z');
  webhook = await startListener();
  simulator = await startSimulator({ now: () => hour });
  number = simulator.addMeta({ webhookUrl: `${webhook.url}/meta` });
  simulator.addCustomer();
});
afterEach(async () => {
  await simulator.close();
  await webhook.close();
});

const call = async (method: string, path: string, body?: unknown, token = number.account.accessToken) => {
  const answer = await fetch(`${simulator.url}/v24.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};
const send = (content: Record<string, unknown>, to = CUSTOMER) =>
  call('POST', `${number.id}/messages`, { messaging_product: 'whatsapp', to, ...content });
const text = (body: string, more = {}) => send({ type: 'text', text: { body }, ...more });
const says = (words: string) => simulator.act(number, { type: 'text', text: words });

const events = async (count: number) =>
  (await webhook.hears(count)).map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
const statuses = async (count: number) =>
  (await events(count)).flatMap((value) => value.statuses ?? []).map(({ status }: { status: string }) => status);

describe('what a business sends', () => {
  it('is accepted, shown on the phone and told as sent and delivered, with the business own id', async () => {
    await says('hello');
    const { status, body } = await text('Hi Ana', { biz_opaque_callback_data: 'msg_1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      messaging_product: 'whatsapp',
      contacts: [{ input: CUSTOMER, wa_id: '447700900001' }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    expect((await simulator.chat(number)).at(-1)).toMatchObject({ from: 'business', kind: 'text', text: 'Hi Ana' });
    const told = (await events(3)).slice(1).map(({ statuses: [one] }) => one);
    expect(told).toMatchObject([
      { status: 'sent', biz_opaque_callback_data: 'msg_1', recipient_id: '447700900001' },
      { status: 'delivered', biz_opaque_callback_data: 'msg_1' },
    ]);
  });

  it('is read when the customer opens the chat', async () => {
    await says('hello');
    await text('Hi Ana');
    await webhook.hears(3);
    await simulator.control('POST', `/phones/${CUSTOMER}/chats/${number.id}/read`, {});
    expect((await statuses(4)).at(-1)).toBe('read');
  });

  it('fails later outside the 24 hours, unless it is a template', async () => {
    await says('hello');
    await webhook.hears(1);
    await simulator.control('POST', '/clock', { advance: 'PT25H' });
    expect((await text('Too late')).status).toBe(200);
    expect((await events(2))[1].statuses[0]).toMatchObject({ status: 'failed', errors: [{ code: 131047 }] });
    const template = { name: 'order_update', language: { code: 'en_US' } };
    const parameters = [
      { type: 'text', text: 'Ana' },
      { type: 'text', text: '42' },
    ];
    const sent = await send({
      type: 'template',
      template: { ...template, components: [{ type: 'body', parameters }] },
    });
    expect(sent.body).toMatchObject({ messages: [{ message_status: 'accepted' }] });
    expect((await simulator.chat(number)).at(-1)).toMatchObject({ text: 'Hello Ana, your order 42 is on its way.' });
  });

  it('fails later where nobody has WhatsApp', async () => {
    expect((await send({ type: 'text', text: { body: 'Hi' } }, '+447700900099')).status).toBe(200);
    expect((await events(1))[0].statuses[0].errors[0].code).toBe(131026);
  });

  it.each([
    ['a text too long', { type: 'text', text: { body: 'x'.repeat(4097) } }, 131009],
    ['no text', { type: 'text', text: {} }, 131008],
    ['no content', { type: 'image' }, 131008],
    ['an unknown type', { type: 'fax' }, 100],
    ['an unknown key', { type: 'text', text: { body: 'a', colour: 'red' } }, 100],
    ['four buttons', { type: 'interactive', interactive: buttons(4) }, 131009],
    ['a file that is not there', { type: 'image', image: { id: '1' } }, 131009],
    ['a template that is not there', { type: 'template', template: { name: 'no', language: { code: 'en' } } }, 132001],
    [
      'a paused template',
      { type: 'template', template: { name: 'paused_offer', language: { code: 'en_US' } } },
      132015,
    ],
    [
      'too few parameters',
      { type: 'template', template: { name: 'order_update', language: { code: 'en_US' } } },
      132000,
    ],
    ['no header', { type: 'template', template: { name: 'invoice', language: { code: 'en_US' } } }, 132000],
  ])('%s is refused', async (_what, content, code) => {
    await says('hello');
    const { status, body } = await send(content);
    expect(status).toBe(code === 132001 ? 404 : 400);
    expect(body.error).toMatchObject({ code, fbtrace_id: expect.any(String) });
  });

  it('wants the token, and a number of its account', async () => {
    expect(await call('GET', number.id, undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { error: { code: 190 } },
    });
    const other = simulator.addMeta({ address: '+15550109999' });
    expect(await call('GET', other.id)).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33 } },
    });
  });

  it('keeps the pace of a pair and of the number', async () => {
    await simulator.control('PATCH', `/numbers/${number.id}`, { limits: { pairBurst: 2 } });
    await says('hello');
    await text('1');
    await text('2');
    expect((await text('3')).body.error).toMatchObject({ code: 131056 });
    await simulator.control('PATCH', `/numbers/${number.id}`, { limits: { perSecond: 2 } });
    expect((await text('4')).body.error).toMatchObject({ code: 130429 });
  });
});

describe('what a customer does', () => {
  it.each([
    [
      { type: 'text', text: 'hé/' },
      { type: 'text', text: { body: 'hé/' } },
    ],
    [{ type: 'location', location: { latitude: 1, longitude: 2 } }, { location: { latitude: 1, longitude: 2 } }],
    [
      { type: 'flow', answers: { a: 1 } },
      { interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"a":1}' } } },
    ],
    [
      { type: 'order', order: { catalog_id: 'c' } },
      { type: 'order', order: { catalog_id: 'c' } },
    ],
    [
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Bo' } }] },
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Bo' } }] },
    ],
    [{ type: 'text', text: 'ad', referral: { source_id: '1' } }, { referral: { source_id: '1' } }],
  ])('%j is told', async (what, told) => {
    await simulator.act(number, what);
    const [value] = await events(1);
    expect(value.contacts[0]).toMatchObject({ wa_id: '447700900001', profile: { name: 'Ana' } });
    expect(value.messages[0]).toMatchObject(told);
    const [heard] = webhook.heard;
    const body = heard?.body ?? '';
    const signature = createHmac('sha256', number.account.appSecret).update(body).digest('hex');
    expect(heard?.headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
    expect(body).not.toMatch(/[^\\]\/|[^\p{ASCII}]/u);
  });

  it('presses buttons and rows of what was sent, a template button by its own kind', async () => {
    await says('hello');
    await send({ type: 'interactive', interactive: buttons(2) });
    await simulator.act(number, { type: 'button', id: 'b1' });
    const template = { name: 'order_update', language: { code: 'en_US' } };
    const parameters = [
      { type: 'text', text: 'Ana' },
      { type: 'text', text: '42' },
    ];
    const button = {
      type: 'button',
      sub_type: 'quick_reply',
      index: '0',
      parameters: [{ type: 'payload', payload: 'where' }],
    };
    await send({ type: 'template', template: { ...template, components: [{ type: 'body', parameters }, button] } });
    await simulator.act(number, { type: 'button', id: 'where' });
    const messages = (await events(7)).flatMap((value) => value.messages ?? []);
    expect(messages.find((one) => one.interactive)).toMatchObject({
      context: { id: expect.stringMatching(/^wamid/) },
      interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Button 1' } },
    });
    expect(messages.find((one) => one.button)).toMatchObject({ button: { payload: 'where', text: 'Where is it?' } });
  });

  it('reacts, edits and takes back', async () => {
    const { body } = await says('helo');
    await simulator.act(number, { type: 'edit', target: body?.id, text: 'hello' });
    await simulator.act(number, { type: 'revoke', target: body?.id });
    await simulator.act(number, { type: 'reaction', target: body?.id, emoji: '👍' });
    const messages = (await events(4)).map((value) => value.messages[0]);
    expect(messages.slice(1)).toMatchObject([
      { type: 'edit', edit: { original_message_id: body?.id, message: { text: { body: 'hello' } } } },
      { type: 'revoke', revoke: { original_message_id: body?.id } },
      { type: 'reaction', reaction: { message_id: body?.id, emoji: '👍' } },
    ]);
  });

  it('sends a file, which is fetched with the token for five minutes', async () => {
    const dataBase64 = Buffer.from('a picture').toString('base64');
    await simulator.act(number, { type: 'image', media: { dataBase64, contentType: 'image/png' }, text: 'look' });
    const [{ messages }] = await events(1);
    const { image } = messages[0];
    expect(image).toMatchObject({ mime_type: 'image/png', caption: 'look' });
    const { body } = await call('GET', image.id);
    const url = String(body.url);
    const get = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await get(number.account.accessToken)).text()).toBe('a picture');
    expect((await get('wrong')).status).toBe(401);
    await simulator.control('POST', '/clock', { advance: 'PT6M' });
    expect((await get(number.account.accessToken)).status).toBe(404);
  });
});

it('tells an app where its webhooks go, and nobody else', async () => {
  const { appId, appSecret } = number.account;
  const { body } = await call('GET', `${appId}/subscriptions`, undefined, `${appId}|${appSecret}`);
  expect(body).toMatchObject({
    data: [
      { object: 'whatsapp_business_account', callback_url: number.inbound, fields: [{ name: 'messages' }, {}, {}, {}] },
    ],
  });
  expect((await call('GET', `${appId}/subscriptions`)).status).toBe(401);
});

describe('the script', () => {
  it('refuses once, then lets through', async () => {
    await says('hello');
    await simulator.script({ rules: [rule('rate-limit', { kind: 'text' }, { times: 1, status: 429 })] });
    expect(await text('1')).toMatchObject({
      status: 429,
      body: { error: { code: 130429, error_data: { details: expect.any(String) } } },
    });
    expect((await text('2')).status).toBe(200);
  });

  it('lets an accepted message time out, which the customer still gets', async () => {
    await says('hello');
    await simulator.script({ rules: [rule('timeout-after-accept', { text: 'lost' })] });
    await expect(text('lost words')).rejects.toThrow();
    expect((await simulator.chat(number)).at(-1)).toMatchObject({ text: 'lost words' });
  });

  it('drops a call that the customer never gets', async () => {
    await says('hello');
    await simulator.script({ rules: [rule('drop', { text: 'lost' })] });
    await expect(text('lost words')).rejects.toThrow();
    expect((await simulator.chat(number)).at(-1)).toMatchObject({ text: 'hello' });
  });

  it('fails later, shuffles, and tells twice', async () => {
    await says('hello');
    await simulator.script({
      rules: [rule('later-status', { text: 'bad' }, { code: 131049 })],
      statuses: { order: 'shuffled', duplicate: true, read: 'at-once' },
    });
    await text('bad');
    expect((await events(2))[1].statuses[0].errors[0].code).toBe(131049);
    await text('good');
    const told = (await statuses(8)).slice(1);
    expect(told.toSorted()).toEqual(['delivered', 'delivered', 'read', 'read', 'sent', 'sent']);
    expect(told).not.toEqual(['sent', 'sent', 'delivered', 'delivered', 'read', 'read']);
  });

  it('puts several happenings into one webhook, and tells again what was not taken', async () => {
    await simulator.script({ webhooks: { batch: 3 } });
    webhook.answers((_, count) => (count === 1 ? 503 : 200));
    for (const words of ['1', '2', '3']) await says(words);
    const [first, second] = await webhook.hears(2);
    expect(JSON.parse(first?.body ?? '').entry[0].changes).toHaveLength(3);
    expect(second?.body).toBe(first?.body);
  });
});

function buttons(count: number) {
  const all = Array.from({ length: count }, (_, at) => ({
    type: 'reply',
    reply: { id: `b${at}`, title: `Button ${at}` },
  }));
  return { type: 'button', body: { text: 'Choose' }, action: { buttons: all } };
}
