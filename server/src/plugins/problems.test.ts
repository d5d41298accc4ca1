import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';

let test: TestApp;
let acme: Program;
beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
});
afterAll(() => test.close());

const post = (payload: string, contentType: string) =>
  acme.call('POST', '/api/flows', payload, { 'content-type': contentType });

describe('a problem document', () => {
  it('says what, where and what to do', async () => {
    const problem = await acme.call('POST', '/api/flows?x=1', { name: 7, surprise: true });
    expect(problem.headers['content-type']).toBe('application/problem+json');
    expect(problem.json()).toEqual({
      type: '/problems/invalid_request',
      title: 'Invalid request',
      status: 422,
      code: 'invalid_request',
      detail: expect.any(String),
      instance: '/api/flows',
      requestId: expect.stringMatching(/^req_[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      errors: [
        { path: '/name', code: 'invalid_type', message: expect.any(String) },
        { path: '/surprise', code: 'unknown_field', message: 'There is no field surprise.' },
      ],
    });
  });

  it('escapes a JSON pointer', async () => {
    const problem = await acme.call('POST', '/api/flows', { name: 'x', 'a/b~c': 1 });
    expect(problem.json().errors).toMatchObject([{ path: '/a~1b~0c' }]);
  });
});

describe('addresses', () => {
  it.each(['/api/nowhere', '/api', '/api/flows/x/y/z', '/webhook/nobody', '/nowhere.js'])(
    '%s is not there',
    async (url) => {
      const problem = await test.app.inject(url);
      expect(problem.statusCode).toBe(404);
      expect(problem.json()).toMatchObject({ code: 'not_found', instance: url });
    },
  );

  it('that exist for other methods say which', async () => {
    const problem = await acme.call('PUT', '/api/flows', {});
    expect(problem.statusCode).toBe(405);
    expect(problem.headers.allow).toBe('GET, POST');
    expect((await acme.call('POST', '/api/flows/flw_1', {})).headers.allow).toBe('GET, PUT, PATCH, DELETE');
    expect((await acme.call('GET', '/api/auth/login')).statusCode).toBe(405);
  });

  it.each(['/api/flows/%zz', '/api/flows/%00', `/api/flows/${'x'.repeat(3_000)}`, '/api/flows/..%2f..%2fetc'])(
    'that make no sense are the caller’s mistake (%#)',
    async (url) => {
      const problem = await acme.call('GET', url);
      expect([400, 404]).toContain(problem.statusCode);
      expect(problem.headers['content-type']).toBe('application/problem+json');
    },
  );
});

describe('bodies', () => {
  it.each([
    '{',
    'x',
    '{"name":"x",}',
    '{"name":"x"} {}',
    '\u0000',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{}}}',
  ])('that are not JSON, or dangerous, are 400: %s', async (body) => {
    const problem = await post(body, 'application/json');
    expect(problem.statusCode).toBe(400);
    expect(problem.json().code).toBe('malformed_json');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
    'application/jsonx',
  ])('of the type %s are 415', async (type) => {
    const problem = await post('{"name":"x"}', type);
    expect(problem.statusCode).toBe(415);
    expect(problem.json().code).toBe('unsupported_media_type');
  });

  it('with a charset are read', async () => {
    expect((await post('{"name":"Zoë"}', 'application/json; charset=utf-8')).statusCode).toBe(201);
  });

  it('that nest too deep are refused, not walked', async () => {
    for (const deep of ['['.repeat(200_000) + ']'.repeat(200_000), `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`]) {
      const problem = await post(`{"name":"x","document":{"nodes":${deep}}}`, 'application/json');
      expect(problem.statusCode).toBe(422);
      expect(problem.json().errors).toMatchObject([{ code: 'too_deep' }]);
    }
  });

  it('that are long arrays are only that', async () => {
    const document = { nodes: Array.from({ length: 100_000 }, () => 1) };
    expect((await acme.call('POST', '/api/flows/check', { document })).statusCode).toBe(200);
  });

  it('above the limit are 413', async () => {
    const problem = await acme.call('POST', '/api/api-keys', { name: 'x'.repeat(1_100_000), scopes: ['*'] });
    expect(problem.statusCode).toBe(413);
  });

  it('that are missing name what is missing', async () => {
    const problem = await acme.call('POST', '/api/flows', undefined, { 'content-type': 'application/json' });
    expect(problem.statusCode).toBe(422);
  });
});

describe('trouble of ours', () => {
  it('is a 500 that tells nothing', async () => {
    const { id } = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'x' })).json();
    await test.connection.collection('channels').updateOne({ _id: id }, { $unset: { settings: 1, check: 1 } });
    const problem = await acme.call('GET', `/api/channels/${id}`);
    await test.connection.collection('channels').deleteMany({});
    expect(problem.statusCode).toBe(500);
    expect(problem.json()).toMatchObject({ code: 'internal_error' });
    expect(problem.body).not.toMatch(/settings|check|undefined|\.ts/);
  });

  it('is a 503 with a time to come back while the store is away', async () => {
    await test.connection.close();
    for (const url of ['/api/flows', '/api/setup', '/health/ready']) {
      const problem = await acme.call('GET', url);
      expect([url, problem.statusCode, problem.headers['retry-after']]).toEqual([url, 503, '5']);
      expect(problem.json().code).toBe('store_unavailable');
    }
    expect((await acme.call('GET', '/health/live')).statusCode).toBe(200);
  });
});
