import { expect } from 'vitest';
import { createTwilioContentStore } from '../channels/whatsapp/twilio/content-store.ts';
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

const visit = { id: 'visit', type: 'chat.template', config: { name: 'visit', language: 'en_US' } };

/** Does with the API, as several people and a provider, whatever it offers, more than once where that differs. */
export async function useEverything(test: TestApp): Promise<void> {
  await signIn(test);
  const program = await test.program();
  const flow = await useFlows(program);
  const channel = await useChannels(program);
  await useKeys(program);
  await makeContents(test);
  await hearMeta(test);
  await talk(test, program, channel);
  await readLists(program, flow, channel);
  await beginWithoutMessages(test, program, channel);
  await test.engine.settle();
  await readNumbers(program, flow);
}

async function readNumbers(program: Program, flow: string): Promise<void> {
  const { items } = (await program.call('GET', '/api/conversations')).json();
  for (const path of [
    `flows/${flow}/counts`,
    `flows/${flow}/counts?from=2026-01-01T12:00:00Z&to=2026-03-31T12:00:00Z&version=1&node=ask`,
    `flows/${flow}/counts/ask/contacts`,
    `conversations/${items[0]?.id}/journey`,
    `conversations/${items[0]?.id}/journey?before=2&limit=1`,
  ])
    expect((await program.call('GET', `/api/${path}`)).statusCode).toBe(200);
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
  await inject('GET', '/api/notifications?unread=true', undefined, { cookie });
  await inject('GET', '/api/notifications?limit=1', undefined, { cookie });
  await inject('POST', '/api/notifications/ntf_none/read', {}, headers);
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
  // Its templates are looked up once there is a number
  const document = { ...echo, nodes: [...echo.nodes, visit] };
  expect((await program.call('POST', '/api/flows/check', { document })).statusCode).toBe(200);
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

/** As sends of buttons and lists over Twilio do. */
async function makeContents({ connection, clock }: TestApp): Promise<void> {
  const store = createTwilioContentStore(connection, () => clock.time);
  for (const shape of ['one', 'two']) {
    const place = { organization: 'org_twilio', accountSid: 'AC1', shape };
    const claim = await store.claim(place);
    if (claim.is === 'ours') await store.keep(place, claim.since, `HX${shape}`);
    await store.claim(place);
    await store.release(place, clock.time);
    await store.dropUnused(place);
    await store.forget(place, 'HXtwo');
  }
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

/** A flow with every effect, begun by a webhook, an event and a schedule; and one that runs inside it. */
async function beginWithoutMessages(test: TestApp, program: Program, channel: string): Promise<void> {
  const published = async (document: object): Promise<string> => {
    const { id } = (await program.call('POST', '/api/flows', { document })).json();
    const answer = await program.call('POST', `/api/flows/${id}/publish`, {});
    expect(answer.statusCode, answer.body).toBe(200);
    return id;
  };
  const inside = await published(
    doing('Inside', [{ id: 'on', type: 'trigger.event', config: { name: 'inside' } }], []),
  );
  const effects = [
    { type: 'contact.tag', config: { add: ['vip'], remove: ['lost'] } },
    { type: 'contact.group', config: { add: ['Guests'], remove: ['Strangers'] } },
    { type: 'contact.update', config: { fields: { language: 'en' }, attributes: { size: 3 } } },
    { type: 'contact.consent', config: { marketing: 'given' } },
    { type: 'people.assign', config: { assignee: 'ana@example.com', labels: { add: ['new'], remove: ['old'] } } },
    { type: 'people.note', config: { text: 'Look' } },
    { type: 'people.notify', config: { text: 'Come' } },
    { type: 'people.notify', config: { team: 'sales', text: 'Come' } },
    { type: 'event.emit', config: { name: 'nothing' } },
    { type: 'logic.subflow', config: { flow: inside } },
  ];
  const triggers = [
    { id: 'hook', type: 'trigger.webhook', config: { whenBusy: 'replace' } },
    { id: 'paid', type: 'trigger.event', config: { name: 'paid', whenBusy: 'replace' } },
    {
      id: 'daily',
      type: 'trigger.schedule',
      config: { every: 'day', audience: { tags: ['vip'], groups: ['Guests'] }, whenBusy: 'replace' },
    },
  ];
  const document = { ...doing('Effects', triggers, effects), settings: { channels: [channel] } };
  const flow = await published(document);
  expect((await program.call('DELETE', `/api/flows/${inside}`)).statusCode).toBe(409);
  const { webhooks } = (await program.call('GET', `/api/flows/${flow}`)).json();
  const url = new URL(webhooks[0].url);
  for (const phone of PHONES.slice(-3)) {
    const headers = { 'idempotency-key': phone };
    const payload = { phone: `+${phone}` };
    const call = () => test.app.inject({ method: 'POST', url: url.pathname + url.search, headers, payload });
    expect((await call()).statusCode).toBe(202);
    await call();
    await test.engine.settle();
    const told = await program.call('POST', '/api/events', { name: 'paid', phone: `+${phone}`, data: {} });
    const { conversationId } = told.json();
    await test.engine.settle();
    expect((await program.call('GET', `/api/conversations/${conversationId}/notes?limit=1`)).json().items).toHaveLength(
      1,
    );
  }
  test.clock.time = new Date(test.clock.time.getTime() + 86_400_000);
  await test.engine.scheduler.once();
  await test.engine.settle();
  await program.call('POST', `/api/flows/${flow}/deactivate`, {});
}

/** Triggers that lead to the first of some nodes, each of which leads to the next. */
function doing(name: string, triggers: { id: string; type: string; config: object }[], effects: object[]) {
  const say = { type: 'chat.send', config: { text: 'Done for {{contact.tags}}' } };
  const nodes = [...effects, say].map((node, index) => ({ id: `n${index}`, ...node }));
  const wire = (source: string, target: string) => ({
    id: `${source}_${target}`,
    source,
    sourceHandle: 'next',
    target,
  });
  return {
    format: 'parley.flow/1',
    name,
    nodes: [...triggers, ...nodes],
    edges: [
      ...triggers.map(({ id }) => wire(id, 'n0')),
      ...nodes.slice(1).map((_, index) => wire(`n${index}`, `n${index + 1}`)),
    ],
  };
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
    await program.call('GET', `${list}?limit=1&q=nowhere`);
    for (const sort of ['updatedAt', '-updatedAt', 'name', 'createdAt', 'acceptedAt']) {
      const page = (await program.call('GET', `${list}?limit=1&sort=${sort}`)).json();
      if (page.next) await program.call('GET', `${list}?limit=1&sort=${sort}&cursor=${encodeURIComponent(page.next)}`);
    }
  }
  for (const state of ['new', 'done', 'raw']) await program.call('GET', `/api/webhook-log?state=${state}`);
  for (const filter of ['status=open', `channel=${channel}`, 'owner=bot'])
    await program.call('GET', `/api/conversations?${filter}`);
}
