import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';

let test: TestApp;
let acme: Program;
beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
});
afterAll(() => test.close());

const make = (body: object, by = acme) => by.call('POST', '/api/api-keys', { name: 'CRM', scopes: ['*'], ...body });
const use = (key: string, url = '/api/flows') => test.app.inject({ url, headers: { authorization: `Bearer ${key}` } });

describe('a new key', () => {
  it('is shown once, and opens the API', async () => {
    const made = await make({});
    expect(made.statusCode).toBe(201);
    const { id, key, ...rest } = made.json();
    expect(key).toMatch(/^parley_[\w-]{43}$/);
    expect(rest).toEqual({
      name: 'CRM',
      scopes: ['*'],
      prefix: key.slice(0, 'parley_ab12'.length),
      expiresAt: null,
      createdAt: '2026-03-02T09:00:00.000Z',
    });
    expect(made.headers.location).toBe(`/api/api-keys/${id}`);
    expect((await use(key)).statusCode).toBe(200);
    const { body } = await acme.call('GET', '/api/api-keys');
    expect(body).toContain(id);
    expect(body).not.toContain(key);
    expect(JSON.stringify(await test.connection.collection('api_keys').find({}).toArray())).not.toContain(key);
  });

  it('says who it is', async () => {
    const { key } = (await make({ scopes: ['whatsapp_bot:view'] })).json();
    expect((await use(key, '/api/auth/me')).json()).toEqual({
      user: null,
      organization: { id: acme.organization, name: 'Acme' },
      role: null,
      permissions: ['whatsapp_bot:view'],
    });
  });

  it.each([
    { scopes: [] },
    { scopes: ['everything'] },
    { scopes: '*' },
    { name: '' },
    { organization: 'org_other' },
    { hash: 'x' },
    { expiresAt: 'tomorrow' },
    { expiresAt: '2020-01-01T00:00:00Z' },
  ])('is refused with %j', async (body) => {
    expect((await make(body)).statusCode).toBe(422);
  });
});

describe('what a key may do', () => {
  it('ends with its scopes', async () => {
    const reader = await test.program({ scopes: ['whatsapp_bot:view'], organization: acme.organization });
    expect((await reader.call('GET', '/api/flows')).statusCode).toBe(200);
    const refused = await reader.call('POST', '/api/flows', { name: 'x' });
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({
      code: 'forbidden',
      detail: 'This needs the permission whatsapp_bot:create.',
    });
  });

  it('is not more through a key that it makes', async () => {
    const maker = await test.program({ scopes: ['api_keys:manage'], organization: acme.organization });
    expect((await make({ scopes: ['api_keys:manage'] }, maker)).statusCode).toBe(201);
    expect((await make({ scopes: ['*'] }, maker)).statusCode).toBe(403);
    expect((await make({ scopes: ['metrics'] }, maker)).statusCode).toBe(403);
  });

  it('ends with its time', async () => {
    const { key } = (await make({ expiresAt: '2026-03-02T10:00:00Z' })).json();
    expect((await use(key)).statusCode).toBe(200);
    test.clock.time = new Date('2026-03-02T10:00:00Z');
    expect((await use(key)).json().code).toBe('invalid_api_key');
  });

  it('ends with its withdrawal', async () => {
    const { id, key } = (await make({})).json();
    expect((await acme.call('DELETE', `/api/api-keys/${id}`)).statusCode).toBe(204);
    expect((await use(key)).statusCode).toBe(401);
    expect((await acme.call('DELETE', `/api/api-keys/${id}`)).statusCode).toBe(404);
  });
});

it.each(['parley_', 'x', '[$ne]', 'parley_'.padEnd(5_000, 'a')])('a made-up key opens nothing (%#)', async (key) => {
  expect((await use(key)).statusCode).toBe(401);
});

it('a key in the address opens nothing', async () => {
  expect((await test.app.inject(`/api/flows?key=${acme.key}`)).statusCode).toBe(401);
});
