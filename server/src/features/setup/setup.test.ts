import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../plugins/settings.ts';
import { PUBLIC_URL, SETUP_TOKEN, startTestApp, type TestApp } from '../../testing/app.ts';
import { ensureFirstAccount } from './first-account.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
afterEach(async () => {
  for (const name of ['claims', 'users', 'organizations', 'memberships'])
    await test.connection.collection(name).deleteMany({});
});

const ana = {
  token: SETUP_TOKEN,
  name: 'Ana',
  email: 'Ana@Example.com',
  password: 'correct horse battery',
  organization: 'Acme',
};
const setUp = (change: object = {}, headers: Record<string, string> = {}) =>
  test.app.inject({ method: 'POST', url: '/api/setup', payload: { ...ana, ...change }, headers });
const isNeeded = async () => (await test.app.inject('/api/setup')).json();
const signIn = (email: string, password: string) =>
  test.app.inject({ method: 'POST', url: '/api/auth/login', payload: { email, password } });

describe('the first visitor', () => {
  it('makes the first account and is signed in', async () => {
    expect(await isNeeded()).toEqual({ needed: true });
    const made = await setUp();
    expect(made.statusCode).toBe(201);
    expect(made.headers.location).toBe('/api/auth/me');
    expect(made.json()).toEqual({
      user: { id: expect.stringMatching(/^usr_/), email: 'ana@example.com', name: 'Ana' },
      organization: { id: expect.stringMatching(/^org_/), name: 'Acme' },
    });
    const [cookie] = made.cookies;
    const me = await test.app.inject({ url: '/api/auth/me', cookies: { parley_session: cookie?.value ?? '' } });
    expect(me.json()).toMatchObject({ user: { name: 'Ana' }, organization: { name: 'Acme' }, role: 'admin' });
    expect(await isNeeded()).toEqual({ needed: false });
  });

  it.each([
    ['a wrong token', { token: 'guess' }, 403, 'invalid_setup_token'],
    ['no token', { token: undefined }, 422, 'invalid_request'],
    ['a token that is an operator', { token: { $ne: null } }, 422, 'invalid_request'],
    ['a short password', { password: 'elevenchars' }, 422, 'invalid_request'],
    ['no e-mail address', { email: 'ana' }, 422, 'invalid_request'],
    ['a field that is not theirs to set', { role: 'owner' }, 422, 'invalid_request'],
  ])('is refused with %s', async (_name, change, status, code) => {
    const refused = await setUp(change);
    expect(refused.statusCode).toBe(status);
    expect(refused.json().code).toBe(code);
    expect(await isNeeded()).toEqual({ needed: true });
  });

  it('is refused when a foreign page sends them', async () => {
    expect((await setUp({}, { origin: 'https://evil.example' })).json().code).toBe('cross_site');
    expect((await setUp({}, { origin: PUBLIC_URL })).statusCode).toBe(201);
  });

  it('comes too late when it is done', async () => {
    await setUp();
    const late = await setUp({ email: 'eve@example.com', token: 'whatever' });
    expect(late.statusCode).toBe(409);
    expect(late.json().code).toBe('setup_done');
  });
});

describe('two visitors at once', () => {
  it('make one account', async () => {
    const answers = await Promise.all(['ana', 'eve', 'bob'].map((name) => setUp({ email: `${name}@example.com` })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
    expect(await test.connection.collection('users').countDocuments({})).toBe(1);
    expect(await test.connection.collection('organizations').countDocuments({})).toBe(1);
  });
});

describe('an account from the environment', () => {
  const settings = (password: string) =>
    readSettings({ PARLEY_ADMIN_EMAIL: 'Root@Example.com', PARLEY_ADMIN_PASSWORD: password });

  it('is there before anybody visits', async () => {
    expect(await ensureFirstAccount(test.accounts, settings('from the environment'))).toEqual({ needed: false });
    expect((await signIn('root@example.com', 'from the environment')).statusCode).toBe(200);
    expect((await setUp()).statusCode).toBe(409);
  });

  it('stays as it was when the environment changes', async () => {
    await ensureFirstAccount(test.accounts, settings('from the environment'));
    await ensureFirstAccount(test.accounts, settings('something else now'));
    expect((await signIn('root@example.com', 'from the environment')).statusCode).toBe(200);
    expect((await signIn('root@example.com', 'something else now')).statusCode).toBe(401);
  });

  it('is not made over an account that a visitor made', async () => {
    await setUp();
    await ensureFirstAccount(test.accounts, settings('from the environment'));
    expect((await signIn('root@example.com', 'from the environment')).statusCode).toBe(401);
  });

  it('leaves the set-up to a visitor where there is none', async () => {
    expect(await ensureFirstAccount(test.accounts, readSettings({}))).toEqual({ needed: true });
  });
});

it('a set-up that a crash cut short is finished by the next start', async () => {
  await setUp();
  // As if the process had died after its first write
  const claim = await test.connection.collection('claims').findOne({});
  const account = { name: 'Ana', email: 'ana@example.com', organization: 'Acme', passwordHash: 'x' };
  await test.connection.collection('claims').updateOne({}, { $set: { account } });
  for (const name of ['users', 'organizations', 'memberships']) await test.connection.collection(name).deleteMany({});
  expect(await ensureFirstAccount(test.accounts, readSettings({}))).toEqual({ needed: false });
  expect(await test.accounts.member(claim?.organization, claim?.user)).toMatchObject({
    user: { name: 'Ana' },
    role: 'admin',
  });
});
