import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../storage/ids.ts';
import { PUBLIC_URL, startTestApp, type TestApp } from '../../testing/app.ts';
import { signatureOf } from '../../testing/meta.ts';
import { AUTH_TOKEN, ECHO, twilioNumber, twilioSignature, twilioText } from '../../testing/twilio.ts';
import { createChannelStore } from '../channels/store.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
const post = async (path: string, params: Record<string, string>, token = AUTH_TOKEN, raw?: string, extra: Record<string, string> = {}) => {
  const url = `/webhook/twilio${path}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': twilioSignature(PUBLIC_URL + url, params, token), ...extra };
  const reply = await test.app.inject({ method: 'POST', url, payload: raw ?? new URLSearchParams(params).toString(), headers });
  await test.engine.settle();
  return reply.statusCode;
};
async function home(change: Record<string, unknown> = {}) {
  const program = await test.program();
  const number = twilioNumber(change);
  const channel = await program.call('POST', '/api/channels', number);
  const flow = await program.call('POST', '/api/flows', { name: 'Echo', document: ECHO });
  await program.call('POST', `/api/flows/${flow.json().id}/publish`, {});
  await test.engine.reconciler.once();
  return { program, number: number as unknown as { accountSid: string; from: string }, channel: channel.json().id };
}

it('R1 button race', async () => {
  const { program, number } = await home();
  test.clock.time = new Date(test.clock.time.getTime() + 3_600_000);
  const params = twilioText(number, { MessageType: 'button', ButtonPayload: 'pay-42', ButtonText: 'Yes', Body: 'Yes' });
  test.provider.twilio = async (url) => Response.json({ messages: url.pathname.endsWith('Messages.json') && url.searchParams.get('To') === params.To ? [{ sid: params.MessageSid, from: params.From, to: params.To, body: 'Yes', direction: 'inbound', num_media: '0', account_sid: number.accountSid, date_sent: new Date(test.clock.time.getTime() - 1_000).toUTCString() }] : [], next_page_uri: null });
  await test.engine.reconciler.once();
  await post('/whatsapp', params);
  const rows = await test.connection.collection('messages').find({ organization: program.organization, direction: 'INBOUND' }).toArray();
  console.log('R1', rows.map((r) => r.inbound));
});

it('R2 odd twilio', async () => {
  const { number } = await home();
  const dup = twilioText(number);
  console.log('R2 dup From unsigned', await post('/whatsapp', dup, AUTH_TOKEN, `From=whatsapp%3A%2B15550000&${new URLSearchParams(dup)}`));
  console.log('R2 huge', await post('/whatsapp', {}, AUTH_TOKEN, Array.from({ length: 100_000 }, (_, i) => `p${i}=x`).join('&')));
  for (const q of ['?m=msg_%0d%0aX', '?m=%', '?m=msg_01&m=msg_02', '?x=http://a', '#a']) console.log('R2', q, await post(`/status${q}`, { ...twilioText(number), MessageStatus: 'sent', From: `whatsapp:${number.from}`, To: 'whatsapp:+4479' }));
  const many = { ...twilioText(number), NumMedia: '1000000', Body: 'x' };
  console.log('R2 nummedia', await post('/whatsapp', many));
  const proto = { ...twilioText(number), __proto__x: 'a', constructor: 'b', toString: 'c' };
  console.log('R2 proto', await post('/whatsapp', proto as never));
  const text = twilioText(number);
  console.log('R2 plain ct', await post('/whatsapp', text, AUTH_TOKEN, undefined, { 'content-type': 'text/plain' }));
  console.log('R2 charset', await post('/whatsapp', text, AUTH_TOKEN, undefined, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' }));
  console.log('R2 gzip', await post('/whatsapp', twilioText(number), AUTH_TOKEN, undefined, { 'content-encoding': 'gzip' }));
  console.log('R2 no ct', (await test.app.inject({ method: 'POST', url: '/webhook/twilio/whatsapp' })).statusCode);
});

it('R3 unclaimed leak', async () => {
  const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
  const make = async (phone: string, account: string) => {
    const program = await test.program();
    const id = newId('chn');
    await store.create({ id, organization: program.organization, provider: 'meta', name: phone, address: null, accountSid: null, messagingServiceSid: null, phoneNumberId: phone, businessAccountId: account, secrets: { accessToken: 't', appSecret: 'platform', verifyToken: 'v' } });
    return { program, id };
  };
  const a = await make('pa', 'wa');
  const b = await make('pb', 'wb');
  await store.change(b.program.organization, b.id, { enabled: false });
  const entry = (phone: string, account: string, id: string, body: string) => ({ id: account, changes: [{ field: 'messages', value: { metadata: { phone_number_id: phone }, messages: [{ from: '4479', id, type: 'text', text: { body } }] } }] });
  const body = JSON.stringify({ entry: [entry('pa', 'wa', 'w1', 'hi a'), entry('pb', 'wb', 'w2', 'secret of b')] });
  const reply = await test.app.inject({ method: 'POST', url: '/webhook/meta/whatsapp', payload: body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body, 'platform') } });
  const rows = await test.connection.collection('events').find({ organization: a.program.organization }).toArray();
  console.log('R3', reply.statusCode, rows.map((r) => String(r.payload).slice(0, 300)));
});
