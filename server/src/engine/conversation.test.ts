import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';
import {
  APP_SECRET,
  BUSINESS_ACCOUNT_ID,
  metaMessage,
  metaWebhookBody,
  PHONE_NUMBER_ID,
  signatureOf,
} from '../testing/meta.ts';

let test: TestApp;
let program: Program;
let phones = 447_900_000_000;

beforeAll(async () => {
  test = await startTestApp();
  program = await test.program();
  const meta = {
    provider: 'meta',
    name: 'Support',
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: BUSINESS_ACCOUNT_ID,
    accessToken: 'token',
    appSecret: APP_SECRET,
  };
  expect((await program.call('POST', '/api/channels', meta)).statusCode).toBe(201);
  const document = {
    format: 'parley.flow/1',
    name: 'Orders',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['order'] } },
      {
        id: 'ask',
        type: 'chat.ask',
        config: {
          text: 'Hi {{contact.firstName}}, your order number?',
          answer: 'number',
          saveAs: 'order.number',
          timeout: 'PT30M',
        },
      },
      { id: 'look', type: 'http.request', config: { url: 'https://orders.example/{{order.number}}', saveAs: 'found' } },
      { id: 'tell', type: 'chat.send', config: { text: 'Order {{order.number}} is {{found.body.state}}.' } },
      { id: 'person', type: 'people.handoff', config: { team: 'support', note: 'order {{order.number}}' } },
      { id: 'back', type: 'chat.send', config: { text: 'I am back.' } },
      { id: 'late', type: 'chat.send', config: { text: 'Still there?' } },
    ],
    edges: [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
      { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'look' },
      { id: 'e3', source: 'look', sourceHandle: 'next', target: 'tell' },
      { id: 'e4', source: 'tell', sourceHandle: 'next', target: 'person' },
      { id: 'e5', source: 'person', sourceHandle: 'resumed', target: 'back' },
      { id: 'e6', source: 'ask', sourceHandle: 'timeout', target: 'late' },
    ],
  };
  const flow = (await program.call('POST', '/api/flows', { name: 'Orders', document })).json<{ id: string }>();
  const published = await program.call('POST', `/api/flows/${flow.id}/publish`, {});
  expect(published.statusCode, published.body).toBe(200);
});

afterAll(() => test.close());

beforeEach(() => {
  test.provider.sent.length = 0;
  test.provider.answer = test.provider.accepts;
});

const hook = (body: string) =>
  test.app.inject({
    method: 'POST',
    url: '/webhook/meta/whatsapp',
    payload: body,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
  });

async function write(from: string, text: string, id?: string) {
  const answer = await hook(metaWebhookBody({ messages: [metaMessage({ from, text, id })] }));
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe('{}');
  await test.engine.settle();
}

const somebody = () => String(phones++);

const conversationOf = async (phone: string) => {
  const { items } = (await program.call('GET', '/api/conversations?limit=200')).json<{
    items: {
      id: string;
      contact: { phone: string };
      owner: { kind: string; flow: { node: string } | null };
      epoch: number;
    }[];
  }>();
  const found = items.find((one) => one.contact.phone === `+${phone}`);
  if (!found) throw new Error(`no conversation with ${phone}`);
  return found;
};

describe('a conversation through a real webhook', () => {
  it('is found by who writes, by number, and by its last words', async () => {
    const phone = somebody();
    await write(phone, 'Order');
    await write(phone, 'the purple (large) one');
    const found = async (q: string) => {
      const { items } = (await program.call('GET', `/api/conversations?limit=200&q=${encodeURIComponent(q)}`)).json<{
        items: { contact: { phone: string } }[];
      }>();
      return items.some((one) => one.contact.phone === `+${phone}`);
    };
    for (const q of [phone, `+${phone}`, phone.slice(-6), 'Zoë', 'ünal', 'order number?'])
      expect(await found(q), q).toBe(true);
    for (const q of ['Nobody', '9999999', '.*', '$where']) expect(await found(q), q).toBe(false);
  });

  it('answers, remembers, asks the world, hands over and takes back', async () => {
    const phone = somebody();
    test.provider.web = async () => ({ status: 200, headers: {}, text: '', json: { state: 'on its way' } });
    await write(phone, 'Order');
    expect(test.provider.texts()).toEqual(['Hi Zoë, your order number?']);
    await write(phone, 'twelve');
    await write(phone, '12');
    expect(test.provider.texts().slice(1)).toEqual([
      'Please answer with a number.\n\nHi Zoë, your order number?',
      'Order 12 is on its way.',
    ]);
    expect(await conversationOf(phone)).toMatchObject({
      owner: { kind: 'queue', team: 'support', flow: { node: 'person' } },
      epoch: 1,
    });
    await write(phone, 'thanks');
    expect(test.provider.sent).toHaveLength(3);
    const { id } = await conversationOf(phone);
    const released = await program.call('POST', `/api/conversations/${id}/release`, { to: 'bot' });
    expect(released.statusCode, released.body).toBe(200);
    await test.engine.settle();
    expect(test.provider.texts().at(-1)).toBe('I am back.');
    const messages = (await program.call('GET', `/api/conversations/${id}/messages`)).json<{
      items: { text: string; direction: string; status: string }[];
    }>();
    expect(messages.items.map((one) => `${one.direction} ${one.text} ${one.status}`)).toEqual([
      'INBOUND Order RECEIVED',
      'OUTBOUND Hi Zoë, your order number? SENT',
      'INBOUND twelve RECEIVED',
      'OUTBOUND Please answer with a number.\n\nHi Zoë, your order number? SENT',
      'INBOUND 12 RECEIVED',
      'OUTBOUND Order 12 is on its way. SENT',
      'INBOUND thanks RECEIVED',
      'OUTBOUND I am back. SENT',
    ]);
  });

  it('answers a redelivery once, also inside another batch', async () => {
    const phone = somebody();
    const message = metaMessage({ from: phone, text: 'order', id: `wamid.again.${phone}` });
    const alone = metaWebhookBody({ messages: [message] });
    await Promise.all(Array.from({ length: 10 }, () => hook(alone)));
    const other = somebody();
    await hook(metaWebhookBody({ messages: [metaMessage({ from: other, text: 'order' }), message] }));
    await test.engine.settle();
    await hook(alone);
    await test.engine.settle();
    expect(test.provider.sent.map((one) => one.to).sort()).toEqual([phone, other].sort());
  });

  it('lets a timer fire at its time', async () => {
    const phone = somebody();
    await write(phone, 'order');
    test.clock.time = new Date(test.clock.time.getTime() + 31 * 60_000);
    await test.engine.settle();
    expect(test.provider.textsTo(phone)).toEqual(['Hi Zoë, your order number?', 'Still there?']);
  });

  it('moves statuses forward only, and finds them by our own reference', async () => {
    const phone = somebody();
    await write(phone, 'order');
    const reference = test.provider.sent[0]?.reference ?? '';
    const status = (name: string) => ({
      id: 'wamid.out.1',
      status: name,
      timestamp: '1772442001',
      recipient_id: phone,
      biz_opaque_callback_data: reference,
    });
    await hook(metaWebhookBody({ statuses: [status('read')] }));
    await hook(metaWebhookBody({ statuses: [status('delivered'), status('sent')] }));
    const { id } = await conversationOf(phone);
    const { items } = (await program.call('GET', `/api/conversations/${id}/messages`)).json<{
      items: { status: string; readAt: string; deliveredAt: string }[];
    }>();
    expect(items[1]).toMatchObject({ status: 'READ', readAt: expect.any(String), deliveredAt: expect.any(String) });
  });

  it('stops at STOP, says so once, and hears START', async () => {
    const phone = somebody();
    await write(phone, 'order');
    await write(phone, 'Stop');
    await write(phone, 'STOP');
    await write(phone, 'order');
    expect(test.provider.texts()).toEqual(['Hi Zoë, your order number?', expect.stringContaining('no more messages')]);
    await write(phone, 'start');
    await write(phone, 'order');
    expect(test.provider.texts().slice(2)).toEqual([expect.stringContaining('again'), 'Hi Zoë, your order number?']);
  });

  it('fails a session visibly when the provider refuses', async () => {
    const phone = somebody();
    test.provider.answer = () =>
      Response.json(
        {
          error: {
            code: 131047,
            message: 'Re-engagement message',
            error_data: { details: 'More than 24 hours have passed.' },
          },
        },
        { status: 400 },
      );
    await write(phone, 'order');
    const { id, owner } = await conversationOf(phone);
    expect(owner.flow).toBeNull();
    const { items } = (await program.call('GET', `/api/conversations/${id}/messages`)).json<{ items: object[] }>();
    expect(items[1]).toMatchObject({
      status: 'FAILED',
      error: { code: '131047', reason: 'More than 24 hours have passed.' },
    });
    const log = (await program.call('GET', `/api/webhook-log?conversation=${id}`)).json<{
      items: { kind: string; step: { fault: { code: string } } }[];
    }>();
    expect(log.items.find((row) => row.kind === 'result')?.step.fault.code).toBe('send_failed');
  });
});
