import { expect } from 'vitest';
import type { Program, TestApp } from './app.ts';
import { OWN } from './hot-queries.ts';
import { APP_SECRET, BUSINESS_ACCOUNT_ID, metaMessage, metaWebhookBody, PHONE_NUMBER_ID, signatureOf } from './meta.ts';

const PASSWORD = 'a long enough password';
const PHONES = Array.from({ length: 12 }, (_, n) => `44770090${1000 + n}`);

const echo = {
  format: 'parley.flow/1',
  name: 'Echo',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'ask', type: 'chat.ask', config: { text: 'Which?' } },
    { id: 'say', type: 'chat.send', config: { kind: 'text', text: 'You said {{message.text}}.' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'say' },
  ],
};

/** Does with the API, as several people and a provider, whatever it offers, more than once where that differs. */
export async function useEverything(test: TestApp): Promise<void> {
  await signIn(test);
  const program = await test.program();
  const flow = await useFlows(program);
  const channel = await useChannels(program);
  await useKeys(program);
  await hearMeta(test);
  await talk(test, program, channel);
  await readLists(program, flow, channel);
  await test.engine.settle();
}

async function signIn(test: TestApp): Promise<void> {
  const { SETUP_TOKEN } = await import('./app.ts');
  const inject = (method: 'GET' | 'POST', url: string, payload?: object, headers = {}) =>
    test.app.inject({ method, url, headers, ...(payload && { payload }) });
  await inject('GET', '/api/setup');
  const account = { email: 'ana@example.com', password: PASSWORD, name: 'Ana', organization: 'Acme' };
  await inject('POST', '/api/setup', { token: SETUP_TOKEN, ...account });
  const login = await inject('POST', '/api/auth/login', { email: account.email, password: PASSWORD });
  const cookie = [login.headers['set-cookie']]
    .flat()
    .map((one) => String(one).split(';')[0])
    .join('; ');
  const me = await inject('GET', '/api/auth/me', undefined, { cookie });
  expect(me.statusCode).toBe(200);
  const headers = { cookie, origin: 'https://bots.example.com' };
  await inject('POST', '/api/auth/organization', { organizationId: me.json().organization?.id }, headers);
  await inject('POST', '/api/auth/logout', {}, headers);
}

async function useFlows(program: Program): Promise<string> {
  const made = await program.call('POST', '/api/flows', { name: 'Echo', document: echo }, { 'idempotency-key': 'one' });
  await program.call('POST', '/api/flows', { name: 'Echo', document: echo }, { 'idempotency-key': 'one' });
  const { id, revision } = made.json();
  await program.call('GET', `/api/flows/${id}`);
  await program.call('PUT', `/api/flows/${id}`, { document: echo, revision });
  await program.call('PATCH', `/api/flows/${id}`, { name: 'Echoes' });
  await program.call('POST', '/api/flows/check', { document: echo });
  expect((await program.call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(200);
  await program.call('POST', `/api/flows/${id}/deactivate`, {});
  await program.call('POST', `/api/flows/${id}/activate`, {});
  await program.call('GET', `/api/flows/${id}/versions/1`);
  const other = (await program.call('POST', '/api/flows', { name: 'Other', document: echo })).json();
  await program.call('DELETE', `/api/flows/${other.id}`);
  return id;
}

async function useChannels(program: Program): Promise<string> {
  const meta = {
    provider: 'meta',
    name: 'Support',
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: BUSINESS_ACCOUNT_ID,
    accessToken: 'token',
    appSecret: APP_SECRET,
  };
  expect((await program.call('POST', '/api/channels', meta)).statusCode).toBe(201);
  const { id } = (await program.call('POST', '/api/channels', { provider: 'simulator', name: 'Phone' })).json();
  await program.call('PATCH', `/api/channels/${id}`, { name: 'Telephone' });
  await program.call('POST', `/api/channels/${id}/check`, {});
  const other = (await program.call('POST', '/api/channels', { provider: 'simulator', name: 'Gone' })).json();
  await program.call('DELETE', `/api/channels/${other.id}`);
  return id;
}

async function useKeys(program: Program): Promise<void> {
  const made = (await program.call('POST', '/api/api-keys', { name: 'second', scopes: ['whatsapp_bot:view'] })).json();
  await program.call('GET', `/api/api-keys/${made.id}`);
  await program.call('DELETE', `/api/api-keys/${made.id}`);
}

async function hearMeta(test: TestApp): Promise<void> {
  const post = (payload: string) =>
    test.app.inject({
      method: 'POST',
      url: '/webhook/meta/whatsapp',
      payload,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload) },
    });
  for (const from of PHONES) {
    const message = metaMessage({ id: `wamid.hot.${from}`, from, text: 'hello' });
    expect((await post(metaWebhookBody({ messages: [message] }))).statusCode).toBe(200);
  }
  await test.engine.settle();
  const sent = await test.connection
    .collection('messages')
    .find({ direction: 'OUTBOUND' }, { comment: OWN })
    .limit(3)
    .toArray();
  const status = (id: unknown, name: string) => ({
    id,
    status: name,
    timestamp: '1772442001',
    recipient_id: PHONES[0],
  });
  const statuses = sent.flatMap(({ providerIds = [] }) => [
    status(providerIds[0], 'delivered'),
    status(providerIds[0], 'read'),
  ]);
  await post(metaWebhookBody({ statuses: [...statuses, status('wamid.nobodys', 'sent')] }));
  const body = JSON.parse(metaWebhookBody({ messages: [] }));
  body.entry[0].changes[0].field = 'something_new';
  await post(JSON.stringify(body));
  await test.engine.settle();
}

async function talk(test: TestApp, program: Program, channel: string): Promise<void> {
  for (const from of PHONES.slice(0, 4)) {
    const say = (text: string) => program.call('POST', `/api/channels/${channel}/inbound`, { from: `+${from}`, text });
    const { conversationId } = (await say('hi')).json();
    await test.engine.settle();
    await say('red');
    await test.engine.settle();
    test.clock.time = new Date(test.clock.time.getTime() + 60_000);
    await program.call('POST', `/api/conversations/${conversationId}/takeover`, {});
    await say('anybody there?');
    await program.call('POST', `/api/conversations/${conversationId}/release`, { to: 'bot' });
    await test.engine.settle();
    const { items } = (await program.call('GET', `/api/conversations/${conversationId}/messages?limit=2`)).json();
    await program.call('GET', `/api/conversations/${conversationId}/messages?before=${items[0]?.id}`);
    await program.call('GET', `/api/conversations/${conversationId}/messages?after=${items[0]?.id}`);
    await program.call('GET', `/api/conversations/${conversationId}`);
    await program.call('GET', `/api/channels/${channel}/outbound`);
  }
}

async function readLists(program: Program, flow: string, channel: string): Promise<void> {
  const lists = [
    '/api/flows',
    '/api/channels',
    '/api/api-keys',
    '/api/conversations',
    '/api/webhook-log',
    `/api/flows/${flow}/versions`,
  ];
  for (const list of lists) {
    const first = (await program.call('GET', `${list}?limit=1&count=true`)).json();
    if (first.next) await program.call('GET', `${list}?limit=1&cursor=${encodeURIComponent(first.next)}`);
    await program.call('GET', `${list}?limit=1&q=o`);
    for (const sort of ['updatedAt', '-updatedAt', 'name', 'createdAt', 'acceptedAt']) {
      const page = (await program.call('GET', `${list}?limit=1&sort=${sort}`)).json();
      if (page.next) await program.call('GET', `${list}?limit=1&sort=${sort}&cursor=${encodeURIComponent(page.next)}`);
    }
  }
  for (const state of ['new', 'done', 'raw']) await program.call('GET', `/api/webhook-log?state=${state}`);
  for (const filter of ['status=open', `channel=${channel}`, 'owner=bot'])
    await program.call('GET', `/api/conversations?${filter}`);
}
