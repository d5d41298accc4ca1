import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../plugins/passwords.ts';
import { PUBLIC_URL, startTestApp, type TestApp } from '../../testing/app.ts';

const PASSWORD = 'correct horse battery';
let test: TestApp;
let ana: { id: string; organization: string; email: string };
let count = 0;

beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  count += 1;
  const email = `ana${count}@example.com`;
  const { id: organization } = await test.accounts.addOrganization('Acme');
  const passwordHash = await hashPassword(PASSWORD);
  const { id } = await test.accounts.addUser({ email, name: 'Ana', passwordHash }, organization, 'admin');
  ana = { id, organization, email };
});

const signIn = (body: object = {}, headers: Record<string, string> = {}) =>
  test.app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { email: ana.email, password: PASSWORD, ...body },
    headers,
  });

async function session() {
  const [cookie] = (await signIn()).cookies;
  return { parley_session: cookie?.value ?? '' };
}
const me = (cookies: Record<string, string>) => test.app.inject({ url: '/api/auth/me', cookies });

describe('signing in', () => {
  it('answers who one is, and sets a cookie that scripts cannot read', async () => {
    const answer = await signIn();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      user: { id: ana.id, email: ana.email, name: 'Ana' },
      organization: { id: ana.organization, name: 'Acme' },
      role: 'admin',
      permissions: expect.arrayContaining(['whatsapp_chat:view', 'api_keys:manage']),
    });
    expect(answer.headers['set-cookie']).toMatch(
      /^parley_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(JSON.stringify(answer.json())).not.toContain('argon2');
  });

  it('does not mind how the address is typed', async () => {
    expect((await signIn({ email: ` ${ana.email.toUpperCase()} ` })).statusCode).toBe(200);
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    const wrong = await signIn({ password: 'wrong' });
    const unknown = await signIn({ email: 'nobody@example.com' });
    expect(wrong.statusCode).toBe(401);
    expect({ ...wrong.json(), requestId: null }).toEqual({ ...unknown.json(), requestId: null });
    expect(wrong.json()).toMatchObject({ code: 'invalid_credentials' });
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    { email: { $ne: null } },
    { password: { $gt: '' } },
    { email: ['ana@example.com'] },
    { password: null },
    { role: 'admin' },
    { password: 'x'.repeat(1_000) },
  ])('refuses %j for its form', async (body) => {
    expect((await signIn(body)).statusCode).toBe(422);
  });

  it('refuses a form of a foreign page, whether it is JSON or only looks so', async () => {
    expect((await signIn({}, { origin: 'https://evil.example' })).json().code).toBe('cross_site');
    expect((await signIn({}, { origin: 'null' })).json().code).toBe('cross_site');
    const text = {
      method: 'POST',
      url: '/api/auth/login',
      payload: '{}',
      headers: { 'content-type': 'text/plain' },
    } as const;
    expect((await test.app.inject(text)).statusCode).toBe(415);
    expect((await signIn({}, { origin: PUBLIC_URL })).statusCode).toBe(200);
  });
});

describe('guessing passwords', () => {
  it('ends after ten, also for the right one, until the time is over', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, index) => signIn({ password: `guess ${index}` })));
    expect(guesses.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
    const late = await signIn();
    expect(late.statusCode).toBe(429);
    expect(late.json().code).toBe('too_many_requests');
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    test.clock.time = new Date(test.clock.time.getTime() + 16 * 60_000);
    expect((await signIn()).statusCode).toBe(200);
  });

  it('does not lock out others, and is forgotten after the right one', async () => {
    for (let guess = 0; guess < 9; guess += 1) await signIn({ email: 'other@example.com', password: 'wrong' });
    expect((await signIn()).statusCode).toBe(200);
    for (let round = 0; round < 12; round += 1) expect((await signIn()).statusCode).toBe(200);
  });
});

describe('a session', () => {
  it('is over after signing out', async () => {
    const cookies = await session();
    expect((await me(cookies)).statusCode).toBe(200);
    const out = await test.app.inject({
      method: 'POST',
      url: '/api/auth/logout',
      cookies,
      headers: { origin: PUBLIC_URL },
    });
    expect(out.statusCode).toBe(204);
    expect(out.body).toBe('');
    expect(out.headers['set-cookie']).toMatch(/^parley_session=; Max-Age=0/);
    expect((await me(cookies)).statusCode).toBe(401);
  });

  it('is over after thirty days', async () => {
    const cookies = await session();
    test.clock.time = new Date(test.clock.time.getTime() + 31 * 24 * 60 * 60_000);
    expect((await me(cookies)).statusCode).toBe(401);
  });

  it('is over when the person leaves the organization', async () => {
    const cookies = await session();
    await test.accounts.removeMember(ana.organization, ana.id);
    expect((await me(cookies)).statusCode).toBe(401);
  });

  it('lies in the store as a hash only', async () => {
    const { parley_session: token } = await session();
    const rows = await test.connection.collection('sessions').find({}).toArray();
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it.each(['', 'x', '{"$ne":null}', 'a'.repeat(43)])('is not opened by the cookie %j', async (cookie) => {
    const answer = await me({ parley_session: cookie });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });
});

describe('a change with the cookie', () => {
  const create = async (headers: Record<string, string>, cookies: Record<string, string>) =>
    test.app.inject({ method: 'POST', url: '/api/flows', payload: { name: 'Order status' }, headers, cookies });

  it.each([
    ['no origin', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that begins alike', { origin: `${PUBLIC_URL}.evil.example` }],
    ['another scheme', { origin: 'ftp://bots.example.com' }],
    ['an opaque origin', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
  ])('is refused with %s', async (_name, headers: Record<string, string>) => {
    const refused = await create(headers, await session());
    expect(refused.statusCode).toBe(403);
    expect(refused.json().code).toBe('cross_site');
  });

  it('goes through from our own pages, by PUBLIC_URL or by the host that was called', async () => {
    const cookies = await session();
    expect((await create({ origin: PUBLIC_URL }, cookies)).statusCode).toBe(201);
    expect((await create({ origin: 'http://localhost:3000', host: 'localhost:3000' }, cookies)).statusCode).toBe(201);
  });

  it('needs no origin with an API key, and then the cookie does not count', async () => {
    const other = await test.program();
    const made = await create({ authorization: `Bearer ${other.key}` }, await session());
    expect(made.statusCode).toBe(201);
    expect((await other.call('GET', `/api/flows/${made.json().id}`)).statusCode).toBe(200);
    expect((await create({ authorization: 'Bearer parley_wrong' }, await session())).json().code).toBe(
      'invalid_api_key',
    );
  });

  it('reading needs no origin', async () => {
    expect((await me(await session())).statusCode).toBe(200);
  });
});

describe('another organization', () => {
  const enter = (organizationId: unknown, cookies: Record<string, string>) => {
    const headers = { origin: PUBLIC_URL };
    return test.app.inject({
      method: 'POST',
      url: '/api/auth/organization',
      payload: { organizationId },
      cookies,
      headers,
    });
  };

  it('is entered by its members', async () => {
    const { id } = await test.accounts.addOrganization('Second');
    await test.accounts.addMember(id, ana.id, 'admin');
    const cookies = await session();
    expect((await enter(id, cookies)).json()).toMatchObject({ organization: { id, name: 'Second' } });
    expect((await me(cookies)).json()).toMatchObject({ organization: { id } });
  });

  it('does not exist for anybody else', async () => {
    const { id } = await test.accounts.addOrganization('Foreign');
    const cookies = await session();
    const [foreign, unknown] = [await enter(id, cookies), await enter('org_nowhere', cookies)];
    expect(foreign.statusCode).toBe(404);
    expect({ ...foreign.json(), requestId: null }).toEqual({ ...unknown.json(), requestId: null });
    expect((await enter({ $ne: null }, cookies)).statusCode).toBe(422);
    expect((await me(cookies)).json()).toMatchObject({ organization: { id: ana.organization } });
  });

  it('is not for API keys, which belong to one', async () => {
    const { call, organization } = await test.program();
    const refused = await call('POST', '/api/auth/organization', { organizationId: organization });
    expect(refused.statusCode).toBe(403);
  });
});
