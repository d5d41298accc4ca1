import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TwilioNumber } from '../network/model.ts';
import { startListener } from '../testing/listener.ts';
import { rule } from '../testing/rule.ts';
import { CUSTOMER, type RunningSimulator, startSimulator } from '../testing/start.ts';
import { signatureOf } from './events.ts';

let simulator: RunningSimulator;
let webhook: Awaited<ReturnType<typeof startListener>>;
let number: TwilioNumber;

beforeEach(async () => {
  webhook = await startListener();
  simulator = await startSimulator({ now: () => new Date('2026-03-02T09:00:00.000Z') });
  number = simulator.addTwilio({ webhookUrl: `${webhook.url}/in` });
  simulator.addCustomer();
});
afterEach(async () => {
  await simulator.close();
  await webhook.close();
});

type Json = Record<string, unknown>;

async function call(
  method: string,
  path: string,
  body?: Record<string, string> | Json,
  json = false,
  password?: string,
) {
  const basic = Buffer.from(`${number.account.id}:${password ?? number.account.authToken}`).toString('base64');
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
  const answer = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { authorization: `Basic ${basic}`, ...(body && { 'content-type': type }) },
    ...(body && { body: json ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>).toString() }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
}
const messages = () => `/2010-04-01/Accounts/${number.account.id}/Messages`;
const send = (form: Record<string, string>) =>
  call('POST', `${messages()}.json`, { To: `whatsapp:${CUSTOMER}`, From: `whatsapp:${number.address}`, ...form });
const says = (text: string) => simulator.act(number, { type: 'text', text });
const forms = async (count: number) =>
  (await webhook.hears(count)).map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

describe('what a business sends', () => {
  it('is queued, shown on the phone and told to its own callback, signed', async () => {
    await says('hello');
    const callback = `${webhook.url}/status?m=msg_1`;
    const { status, body } = await send({ Body: 'Hi Ana', StatusCallback: callback });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'queued',
      sid: expect.stringMatching(/^SM/),
      num_media: '0',
      error_code: null,
    });
    const told = (await forms(3)).slice(1);
    expect(told.map(({ MessageStatus }) => MessageStatus)).toEqual(['sent', 'delivered']);
    expect(told[0]).toMatchObject({ MessageSid: body.sid, AccountSid: number.account.id });
    const heard = webhook.heard[1];
    expect(heard?.path).toBe('/status?m=msg_1');
    expect(heard?.headers['x-twilio-signature']).toBe(signatureOf(number.account.authToken, callback, told[0] ?? {}));
  });

  it('fails later outside the 24 hours, unless it is an approved content', async () => {
    const StatusCallback = `${webhook.url}/status`;
    expect((await send({ Body: 'Too early', StatusCallback })).status).toBe(201);
    expect((await forms(1))[0]).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '63016' });
    const content = { friendly_name: 'hi', language: 'en', types: { 'twilio/text': { body: 'Hi {{1}}' } } };
    const { body } = await call('POST', '/v1/Content', content, true);
    const sid = String(body.sid);
    await call('POST', `/v1/Content/${sid}/ApprovalRequests/whatsapp`, { name: 'hi', category: 'UTILITY' }, true);
    await simulator.control('POST', '/clock', { advance: 'PT1S' });
    await send({ ContentSid: sid, ContentVariables: '{"1":"Ana"}', StatusCallback });
    expect((await forms(2))[1]).toMatchObject({ MessageStatus: 'sent' });
    expect((await simulator.chat(number)).at(-1)).toMatchObject({ text: 'Hi Ana', kind: 'template' });
  });

  it.each([
    ['no words', { Body: '' }, 21602, 400],
    ['no sender', { From: '', Body: 'a' }, 21606, 400],
    ['a sender of somebody else', { From: 'whatsapp:+15550109999', Body: 'a' }, 63007, 400],
    ['nobody', { To: '', Body: 'a' }, 21604, 400],
    ['no number', { To: 'whatsapp:+12', Body: 'a' }, 21211, 400],
    ['another channel', { To: CUSTOMER, Body: 'a' }, 21910, 400],
    ['too many words', { Body: 'x'.repeat(1601) }, 21617, 400],
    ['a broken link', { MediaUrl: 'here' }, 21620, 400],
    ['an unknown content', { ContentSid: 'HX0' }, 21655, 400],
    ['an unknown service', { MessagingServiceSid: 'MG0', Body: 'a' }, 21705, 400],
  ])('%s: refused', async (_what, form, code, status) => {
    const { body, ...answer } = await send(form);
    expect(answer.status).toBe(status);
    expect(body).toMatchObject({ code, status, more_info: `https://www.twilio.com/docs/errors/${code}` });
  });

  it('wants the credentials', async () => {
    const { status, body } = await call('GET', `${messages()}.json`, undefined, false, 'wrong');
    expect([status, body.code]).toEqual([401, 20003]);
  });

  it('is listed in pages, and filtered', async () => {
    await says('hello');
    for (const Body of ['1', '2', '3']) await send({ Body });
    const first = await call('GET', `${messages()}.json?PageSize=2&To=whatsapp:%2B447700900001`);
    expect(first.body.messages).toHaveLength(2);
    const second = await call('GET', String(first.body.next_page_uri));
    expect(second.body.messages).toHaveLength(1);
    expect(second.body.next_page_uri).toBeNull();
    expect((await call('GET', `${messages()}.json?DateSent%3E=2026-03-03`)).body.messages).toEqual([]);
    expect((await call('GET', `${messages()}.json?DateSent=2026-03-02`)).body.messages).toHaveLength(4);
  });

  it('is planned and called off, redacted and deleted', async () => {
    await simulator.control('PATCH', `/numbers/${number.id}`, { messagingService: true });
    const { serviceSid } = number;
    const { body } = await send({
      MessagingServiceSid: serviceSid ?? '',
      Body: 'later',
      ScheduleType: 'fixed',
      SendAt: '2026-03-02T10:00:00Z',
    });
    expect(body.status).toBe('scheduled');
    const at = `${messages()}/${body.sid}.json`;
    expect((await call('POST', at, { Status: 'canceled' })).body.status).toBe('canceled');
    expect((await call('POST', at, { Body: '' })).body.body).toBe('');
    expect((await call('DELETE', at)).status).toBe(204);
    expect((await call('GET', at)).body.code).toBe(20404);
  });
});

describe('what a customer does', () => {
  it('comes signed, with all its parameters', async () => {
    await says('hello é');
    const [form] = await forms(1);
    expect(form).toMatchObject({
      Body: 'hello é',
      WaId: '447700900001',
      ProfileName: 'Ana',
      NumMedia: '0',
      MessageType: 'text',
    });
    const signature = signatureOf(number.account.authToken, `${webhook.url}/in`, form ?? {});
    expect(webhook.heard[0]?.headers['x-twilio-signature']).toBe(signature);
  });

  it('goes to the fallback, and no further', async () => {
    await simulator.control('PATCH', `/numbers/${number.id}`, { fallbackUrl: `${webhook.url}/fallback` });
    webhook.answers(() => 500);
    await says('hello');
    await simulator.settled();
    expect(webhook.heard.map(({ path }) => path)).toEqual(['/in', '/fallback']);
  });

  it('sends a file that lies behind the credentials and a redirect', async () => {
    const dataBase64 = Buffer.from('a sound').toString('base64');
    await simulator.act(number, { type: 'voice', media: { dataBase64 } });
    const [form] = await forms(1);
    expect(form).toMatchObject({ NumMedia: '1', MediaContentType0: 'audio/ogg', MessageType: 'audio' });
    const url = String(form?.MediaUrl0);
    expect((await fetch(url)).status).toBe(401);
    const basic = Buffer.from(`${number.account.id}:${number.account.authToken}`).toString('base64');
    const got = await fetch(url, { headers: { authorization: `Basic ${basic}` } });
    expect([got.redirected, await got.text()]).toEqual([true, 'a sound']);
  });

  it('presses a button of a content', async () => {
    await says('hello');
    const types = {
      'twilio/quick-reply': { body: 'Choose', actions: [{ type: 'QUICK_REPLY', title: 'Yes', id: 'yes' }] },
    };
    const { body } = await call('POST', '/v1/Content', { language: 'en', types }, true);
    await send({ ContentSid: String(body.sid) });
    await simulator.act(number, { type: 'button', id: 'yes' });
    expect((await forms(2))[1]).toMatchObject({
      ButtonText: 'Yes',
      ButtonPayload: 'yes',
      MessageType: 'interactive',
      Body: 'Yes',
    });
  });

  it('stays unheard until the sandbox is joined, and after STOP is not written to', async () => {
    await simulator.control('PATCH', `/numbers/${number.id}`, { sandboxCode: 'blue-cat' });
    await says('hello');
    expect((await send({ Body: 'a' })).body.code).toBe(63015);
    expect((await says('join blue-cat')).body).toMatchObject({ told: false });
    expect((await send({ Body: 'a' })).status).toBe(201);
    await simulator.control('PATCH', `/numbers/${number.id}`, { messagingService: true, optOutHandled: true });
    await says('STOP');
    expect((await forms(2))[1]).toMatchObject({ OptOutType: 'STOP' });
    expect((await send({ Body: 'a' })).body.code).toBe(21610);
  });
});

it('lets the script refuse, in the words of Twilio', async () => {
  await says('hello');
  await simulator.script({ rules: [rule('rate-limit', { provider: 'twilio', method: 'POST' }, { times: 1 })] });
  expect(await send({ Body: 'a' })).toMatchObject({ status: 429, body: { code: 20429 } });
  expect((await send({ Body: 'a' })).status).toBe(201);
});

it('shows who writes, the account, its numbers, senders and services', async () => {
  await simulator.control('PATCH', `/numbers/${number.id}`, { messagingService: true });
  const { body } = await says('hello');
  expect(
    (await call('POST', '/v2/Indicators/Typing.json', { messageId: String(body?.id), channel: 'whatsapp' })).body,
  ).toEqual({
    success: true,
  });
  expect((await simulator.chat(number)).at(-1)).toMatchObject({ typing: true, status: 'read' });
  expect((await call('GET', `/2010-04-01/Accounts/${number.account.id}.json`)).body.status).toBe('active');
  const numbers = await call('GET', `/2010-04-01/Accounts/${number.account.id}/IncomingPhoneNumbers.json`);
  expect(numbers.body.incoming_phone_numbers).toHaveLength(1);
  expect((await call('GET', '/v2/Channels/Senders')).body.senders).toHaveLength(1);
  expect((await call('GET', '/v1/Services')).body.services).toHaveLength(1);
});
