import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../plugins/http.ts';
import { type Program, PUBLIC_URL, startTestApp, type TestApp } from '../../testing/app.ts';

const APP_SECRET = 'the-secret-of-the-app';

let test: TestApp;
let acme: Program;
let numbers = 7_000;
beforeAll(async () => {
  test = await startTestApp({ META_APP_ID: '77', META_APP_SECRET: APP_SECRET });
  acme = await test.program();
});
afterAll(() => test.close());
beforeEach(() => {
  test.meta.knowsTheNumber();
  test.meta.asked.length = 0;
});

const answer = (body: object, status = 200): HttpResponse => ({ status, text: JSON.stringify(body) });
const refusal = (code: number, message = 'no', status = 400) => answer({ error: { code, message } }, status);
/** What Meta answers by the end of the path; the number itself otherwise. */
function answers(table: Record<string, HttpResponse | ((request: HttpRequest) => HttpResponse)>) {
  test.meta.reply = (request) => {
    const { pathname } = new URL(request.url);
    const found = Object.entries(table).find(([end]) => pathname.endsWith(end))?.[1];
    return typeof found === 'function' ? found(request) : (found ?? null);
  };
}
const bodyOf = (end: string) =>
  test.meta.asked
    .filter(({ url }) => new URL(url).pathname.endsWith(end))
    .map(({ body }) => JSON.parse(body ?? 'null'));

async function connect(by = acme): Promise<string> {
  numbers += 1;
  const secrets = { accessToken: 'EAAG-access-token', appSecret: 'app-secret-0123', verifyToken: 'verify-me-please' };
  const body = {
    provider: 'meta',
    name: 'Support',
    phoneNumberId: String(numbers),
    businessAccountId: '2001',
    ...secrets,
  };
  return (await by.call('POST', '/api/channels', body)).json().id;
}

const row = (id: string, name: string, status = 'APPROVED') => ({
  id,
  name,
  language: 'en',
  category: 'UTILITY',
  status,
  components: [{ type: 'BODY', text: 'Hello {{1}}' }],
});

describe('the check', () => {
  it('reads our own store: nothing of it stays open', async () => {
    const id = await connect();
    const { check } = (await acme.call('POST', `/api/channels/${id}/check`)).json();
    expect(check.diagnostics).toHaveLength(23);
    expect(JSON.stringify(check)).not.toContain('did not answer in time');
    expect(JSON.stringify(check)).not.toContain('could not be judged');
  });

  it('ends in its time, however slow a provider is', async () => {
    test.meta.reply = () => new Promise(() => {});
    const id = await connect(); // the first check has three seconds
    const { check } = (await acme.call('GET', `/api/channels/${id}`)).json();
    expect(check).toMatchObject({ state: 'failing', problems: [{ code: 'provider_unreachable' }] });
  });

  it('tells of webhooks with a wrong signature until a good one comes', async () => {
    const id = await connect();
    const { createChannelStore } = await import('./store.ts');
    const channels = createChannelStore(test.connection, test.keyring, () => test.clock.time);
    for (const second of [0, 1, 2]) await channels.refusedFrom(id, new Date(test.clock.time.getTime() + second));
    const problems = async () => (await acme.call('POST', `/api/channels/${id}/check`)).json().check.problems;
    expect(await problems()).toMatchObject([{ code: 'signature_refused' }]);
    await channels.heardFrom(id, test.clock.time);
    expect((await problems()).map(({ code }: { code: string }) => code)).toEqual(['nobody_answers']);
  });
});

describe('templates', () => {
  it('are read in page by page, by cursors, and replace what was known', async () => {
    const id = await connect();
    answers({
      '/message_templates': ({ url }) =>
        new URL(url).searchParams.get('after') === 'p2'
          ? answer({ data: [row('3', 'third', 'REJECTED')], paging: { cursors: { after: 'p3' } } })
          : answer({
              data: [row('1', 'first'), row('2', 'second'), { broken: true }, 5],
              paging: { cursors: { after: 'p2' }, next: 'https://evil.example/steal?access_token=x' },
            }),
    });
    const synced = await acme.call('POST', '/api/templates/sync', { channelId: id });
    expect(synced.json()).toEqual({ channels: [{ channelId: id, count: 3, problem: null }] });
    expect(test.meta.asked.every(({ url }) => url.startsWith('https://graph.test/'))).toBe(true);
    const list = (await acme.call('GET', `/api/templates?channel=${id}&sort=name`)).json().items;
    expect(list.map(({ name, status }: Record<string, string>) => `${name} ${status}`)).toEqual([
      'first APPROVED',
      'second APPROVED',
      'third REJECTED',
    ]);
    expect(list[0]).toMatchObject({ channelId: id, category: 'UTILITY', components: [{ text: 'Hello {{1}}' }] });

    answers({ '/message_templates': answer({ data: [row('1', 'first', 'PAUSED')] }) });
    await acme.call('POST', '/api/templates/sync', { channelId: id });
    const left = (await acme.call('GET', `/api/templates?channel=${id}`)).json().items;
    expect(left).toMatchObject([{ id: list[0].id, status: 'PAUSED' }]);
  });

  it('a refused reading keeps what was known, and says why', async () => {
    const id = await connect();
    answers({ '/message_templates': answer({ data: [row('1', 'first')] }) });
    await acme.call('POST', '/api/templates/sync', { channelId: id });
    answers({ '/message_templates': refusal(80007, 'EAAG-access-token is busy') });
    const synced = await acme.call('POST', '/api/templates/sync', { channelId: id });
    expect(synced.json().channels[0]).toMatchObject({ count: null, problem: { code: '80007' } });
    expect(synced.body).not.toContain('EAAG');
    expect((await acme.call('GET', `/api/templates?channel=${id}`)).json().items).toHaveLength(1);
  });

  it('a list without end is stopped', async () => {
    const id = await connect();
    answers({
      '/message_templates': answer({ data: [row('1', 'a')], paging: { next: 'x', cursors: { after: 'more' } } }),
    });
    test.meta.asked.length = 0;
    expect((await acme.call('POST', '/api/templates/sync', { channelId: id })).statusCode).toBe(200);
    expect(test.meta.asked.length).toBeLessThanOrEqual(70);
  });

  it('are nobody else’s', async () => {
    const id = await connect();
    answers({ '/message_templates': answer({ data: [row('1', 'first')] }) });
    await acme.call('POST', '/api/templates/sync', { channelId: id });
    const other = await test.program();
    expect((await other.call('GET', '/api/templates')).json().items).toEqual([]);
    expect((await other.call('POST', '/api/templates/sync', { channelId: id })).statusCode).toBe(404);
    expect((await other.call('GET', `/api/channels/${id}/profile`)).statusCode).toBe(404);
    const [{ id: template }] = (await acme.call('GET', `/api/templates?channel=${id}`)).json().items;
    expect((await other.call('GET', `/api/templates/${template}`)).statusCode).toBe(404);
  });
});

describe('the profile', () => {
  it('is read and changed', async () => {
    const id = await connect();
    answers({
      '/whatsapp_business_profile': ({ method }) =>
        method === 'POST'
          ? answer({ success: true })
          : answer({ data: [{ about: 'Hi', websites: ['https://a.example'] }] }),
    });
    const changed = await acme.call('PATCH', `/api/channels/${id}/profile`, { about: 'Hi' });
    expect(changed.json()).toMatchObject({ about: 'Hi', email: null, websites: ['https://a.example'] });
    expect(bodyOf('/whatsapp_business_profile')[0]).toEqual({ messaging_product: 'whatsapp', about: 'Hi' });
  });

  it.each([
    { about: 'x'.repeat(140) },
    { address: 'x'.repeat(257) },
    { description: 'x'.repeat(257) },
    { email: 'nobody' },
    { websites: ['https://a.example', 'https://b.example', 'https://c.example'] },
    { websites: ['ftp://a.example'] },
    { pictureUrl: 'x' },
  ])('refuses %j before Meta is asked', async (change) => {
    const id = await connect();
    test.meta.asked.length = 0;
    const refused = await acme.call('PATCH', `/api/channels/${id}/profile`, change);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors[0].path).toContain(Object.keys(change)[0]);
    expect(test.meta.asked).toEqual([]);
  });

  it('a simulator has none', async () => {
    const { id } = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'x' })).json();
    expect((await acme.call('GET', `/api/channels/${id}/profile`)).json()).toMatchObject({
      status: 409,
      code: 'not_meta',
    });
  });
});

describe('registering a number', () => {
  it.each([
    ['register', { pin: '123456' }, '/register', { messaging_product: 'whatsapp', pin: '123456' }],
    ['request-code', { method: 'VOICE' }, '/request_code', { code_method: 'VOICE', language: 'en_US' }],
    ['verify-code', { code: '654321' }, '/verify_code', { code: '654321' }],
    [
      'subscribe',
      {},
      '/subscribed_apps',
      { override_callback_uri: `${PUBLIC_URL}/webhook/meta/whatsapp`, verify_token: 'verify-me-please' },
    ],
  ])('%s', async (step, body, end, sent) => {
    const id = await connect();
    test.meta.asked.length = 0;
    answers({ [end]: answer({ success: true }) });
    expect((await acme.call('POST', `/api/channels/${id}/${step}`, body)).json()).toEqual({ done: true });
    expect(bodyOf(end)).toEqual([sent]);
  });

  it('Meta’s refusal comes in words, with its own code', async () => {
    const id = await connect();
    answers({ '/register': refusal(133005, 'PIN mismatch EAAG-access-token') });
    const refused = await acme.call('POST', `/api/channels/${id}/register`, { pin: '000000' });
    expect(refused.json()).toMatchObject({ status: 422, code: 'provider_refused', providerCode: '133005' });
    expect(refused.json().detail).toContain('PIN');
    expect(refused.body).not.toContain('EAAG');
    answers({ '/register': refusal(133015) });
    const later = await acme.call('POST', `/api/channels/${id}/register`, { pin: '000000' });
    expect(later.statusCode).toBe(503);
    expect(later.headers['retry-after']).toBe('300');
  });

  it.each(['12345', '1234567', 'abcdef', '', '１２３４５６'])('refuses the PIN %j', async (pin) => {
    const id = await connect();
    expect((await acme.call('POST', `/api/channels/${id}/register`, { pin })).statusCode).toBe(422);
  });
});

describe('the embedded sign-up', () => {
  const signUp = (change: object = {}, by = acme) =>
    by.call('POST', '/api/channels/embedded-signup', {
      code: 'AQB-code',
      phoneNumberId: '900',
      businessAccountId: '800',
      pin: '123456',
      ...change,
    });
  const willing = {
    '/oauth/access_token': answer({ access_token: 'EAAG-of-the-business' }),
    '/subscribed_apps': answer({ success: true }),
    '/register': answer({ success: true }),
    '/800/phone_numbers': answer({ data: [900, 901, 902, 904, 905, 907].map((id) => ({ id: String(id) })) }),
  };

  it('connects the number, and says what it did', async () => {
    answers(willing);
    const made = await signUp();
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      provider: 'meta',
      phoneNumberId: '900',
      steps: [
        { step: 'subscribe', done: true },
        { step: 'register', done: true },
      ],
    });
    expect(made.body).not.toMatch(/EAAG-of-the-business|the-secret-of-the-app/);
    const { verifyToken } = made.json().webhook;
    expect(bodyOf('/subscribed_apps')[0]).toMatchObject({ verify_token: verifyToken });
  });

  it('is safe to repeat: the same channel, with the new token', async () => {
    answers(willing);
    const first = (await signUp({ phoneNumberId: '901' })).json();
    const second = (await signUp({ phoneNumberId: '901', code: 'another' })).json();
    expect(second.id).toBe(first.id);
    expect(second.webhook.verifyToken).toBe(first.webhook.verifyToken);
  });

  it('mends the number whose account had taken the app away, and hides no ban', async () => {
    answers({ ...willing, '/800/phone_numbers': answer({ data: [{ id: '909' }] }) });
    const { id } = (await signUp({ phoneNumberId: '909' })).json();
    const { createChannelStore } = await import('./store.ts');
    const channels = createChannelStore(test.connection, test.keyring, () => test.clock.time);
    const until = new Date(test.clock.time.getTime() + 86_400_000);
    const told = (code: string) => ({ result: 'failing', code, message: 'm', remedy: 'r', until }) as const;
    const codesAfter = async (code: string) => {
      await channels.keepNews(acme.organization, id, 'account', told(code));
      const { problems } = (await signUp({ phoneNumberId: '909' })).json().check;
      return problems.map((problem: { code: string }) => problem.code);
    };
    expect(await codesAfter('app_removed')).not.toContain('app_removed');
    expect(await codesAfter('account_disabled')).toContain('account_disabled');
  });

  it('a step that fails is named with its remedy, and the channel stays', async () => {
    answers({ ...willing, '/register': refusal(133005), '/subscribed_apps': refusal(200) });
    const made = await signUp({ phoneNumberId: '902' });
    expect(made.statusCode).toBe(201);
    expect(made.json().steps).toMatchObject([
      { step: 'subscribe', done: false, remedy: expect.stringContaining('/subscribe') },
      { step: 'register', done: false, remedy: expect.stringContaining('/register') },
    ]);
  });

  it('a code that Meta does not take makes nothing', async () => {
    answers({ '/oauth/access_token': refusal(100, `This authorization code AQB-code has expired for ${APP_SECRET}`) });
    const refused = await signUp({ phoneNumberId: '903' });
    expect(refused.json()).toMatchObject({ status: 422, code: 'provider_refused' });
    expect(refused.body).not.toMatch(/AQB-code|the-secret-of-the-app/);
    answers({ '/oauth/access_token': answer({ token_type: 'bearer' }) });
    expect((await signUp({ phoneNumberId: '903' })).statusCode).toBe(422);
  });

  it('a code opens no number and no account but its own: every number of the app is heard with one secret', async () => {
    answers({ ...willing, '/801/phone_numbers': refusal(100, 'Unsupported get request') });
    const foreign = await signUp({ phoneNumberId: '999' });
    expect(foreign.json()).toMatchObject({ status: 422, errors: [{ path: '/phoneNumberId', code: 'not_in_sign_up' }] });
    const account = await signUp({ businessAccountId: '801' });
    expect(account.json()).toMatchObject({ status: 422, code: 'provider_refused' });
    const { items } = (await acme.call('GET', '/api/channels?limit=200')).json();
    expect(items.some((one: { phoneNumberId: string }) => one.phoneNumberId === '999')).toBe(false);
    expect(bodyOf('/subscribed_apps')).toEqual([]);
  });

  it('the account of a number that was signed up changes with another sign-up only', async () => {
    answers(willing);
    const { id } = (await signUp({ phoneNumberId: '907' })).json();
    const moved = await acme.call('PATCH', `/api/channels/${id}`, { businessAccountId: '801' });
    expect(moved.json()).toMatchObject({ status: 422, errors: [{ path: '/businessAccountId', code: 'signed_up' }] });
    const same = await acme.call('PATCH', `/api/channels/${id}`, { businessAccountId: '800', name: 'Sales' });
    expect(same.json()).toMatchObject({ name: 'Sales', businessAccountId: '800' });
    const own = await acme.call('PATCH', `/api/channels/${id}`, { businessAccountId: '801', appSecret: 'of-our-own' });
    expect(own.json().businessAccountId).toBe('801');
    expect((await acme.call('PATCH', `/api/channels/${id}`, { businessAccountId: '802' })).statusCode).toBe(200);
    answers({ ...willing, '/803/phone_numbers': answer({ data: [{ id: '907' }] }) });
    expect((await signUp({ phoneNumberId: '907', businessAccountId: '803' })).json().businessAccountId).toBe('803');
    expect((await acme.call('PATCH', `/api/channels/${id}`, { businessAccountId: '802' })).statusCode).toBe(422);
  });

  it('nor may a change slip through beside a sign-up, or while no key opens the secrets', async () => {
    answers({ ...willing, '/800/phone_numbers': answer({ data: [{ id: '908' }] }) });
    const { id } = (await signUp({ phoneNumberId: '908' })).json();
    const { createChannelStore } = await import('./store.ts');
    const channels = createChannelStore(test.connection, test.keyring, () => test.clock.time);
    expect(await channels.change(acme.organization, id, { businessAccountId: '801' })).toBeNull();
    const broken = { 'sealed.verifyToken': 'k1.00000000.AAAA' };
    await test.connection.collection<{ _id: string }>('channels').updateOne({ _id: id }, { $set: broken });
    const moved = await acme.call('PATCH', `/api/channels/${id}`, { businessAccountId: '801' });
    expect(moved.json().errors).toMatchObject([{ code: 'signed_up' }]);
    const again = await signUp({ phoneNumberId: '908' });
    expect(again.statusCode).toBe(201);
    expect(bodyOf('/subscribed_apps').findLast(Boolean).verify_token).toBe(again.json().webhook.verifyToken);
  });

  it('goes by the app’s new secret once that has one, and by its own while another app is set', async () => {
    answers({ ...willing, '/800/phone_numbers': answer({ data: [{ id: '910' }] }) });
    await signUp({ phoneNumberId: '910' });
    const { createChannelStore } = await import('./store.ts');
    const secretWith = async (app: { id: string; secret: string } | null) =>
      (await createChannelStore(test.connection, test.keyring, undefined, app).byPhoneNumberId('910'))?.secrets
        ?.appSecret;
    expect(await secretWith({ id: '77', secret: 'a-new-one' })).toBe('a-new-one');
    expect(await secretWith({ id: '78', secret: 'of-another' })).toBe(APP_SECRET);
    expect(await secretWith(null)).toBe(APP_SECRET);
  });

  it('a number of somebody else is refused', async () => {
    answers(willing);
    await signUp({ phoneNumberId: '904' });
    const other = await test.program();
    expect((await signUp({ phoneNumberId: '904' }, other)).statusCode).toBe(409);
  });

  it('two at once make one channel', async () => {
    answers(willing);
    const both = await Promise.all([signUp({ phoneNumberId: '905' }), signUp({ phoneNumberId: '905' })]);
    expect(both.map(({ statusCode }) => statusCode).every((status) => status === 201 || status === 409)).toBe(true);
    const { items } = (await acme.call('GET', '/api/channels?limit=200')).json();
    expect(items.filter((one: { phoneNumberId: string }) => one.phoneNumberId === '905')).toHaveLength(1);
  });
});
