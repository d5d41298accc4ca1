import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from './testing/app.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Operation {
  method: Method;
  path: string;
}

let test: TestApp;
let acme: Program;
let stranger: Program;
let operations: Operation[];

beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
  stranger = await test.program();
  const { paths } = (await test.app.inject('/api/openapi.json')).json() as { paths: Record<string, object> };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Method, path })),
  );
});
afterAll(() => test.close());

const PUBLIC = ['GET /api/setup', 'POST /api/setup', 'POST /api/auth/login'];
/** For whoever is signed in, whatever the role: one's own session and one's own notes. */
const OWN = [
  'GET /api/auth/me',
  'POST /api/auth/logout',
  'POST /api/auth/organization',
  'POST /api/notifications/{id}/read',
];
const named = ({ method, path }: Operation) => `${method} ${path.replace(/\/$/, '')}`;

const A_TEST = {
  title: 'Hello',
  script: { format: 'parley.script/1', flow: 'flow.json', steps: [{ in: { text: 'hi' } }] },
};

/** A body that each changing route takes, so that a refusal speaks of the id and not of the form. */
const BODIES: Record<string, object> = {
  'PUT /api/flows/{id}': { document: {} },
  'PATCH /api/flows/{id}': { name: 'x' },
  'PATCH /api/flows/{id}/versions/{version}': { name: 'x' },
  'PUT /api/flows/{id}/testers': { contacts: [] },
  'POST /api/flows/{id}/tests': A_TEST,
  'PUT /api/flows/{id}/tests/{test}': A_TEST,
  'PATCH /api/channels/{id}': { name: 'x' },
  'PATCH /api/channels/{id}/profile': { about: 'x' },
  'POST /api/channels/{id}/register': { pin: '123456' },
  'POST /api/channels/{id}/verify-code': { code: '123456' },
  'POST /api/channels/{id}/inbound': { from: '+447700900001', text: 'hi' },
  'POST /api/channels/{id}/read': { from: '+447700900001' },
  'POST /api/conversations/{id}/release': { to: 'bot' },
};

describe('every route', () => {
  it('wants to know who asks, but for those of signing in', async () => {
    expect(operations.length).toBeGreaterThan(20);
    for (const operation of operations) {
      const answer = await test.app.inject({ method: operation.method, url: operation.path.replace('{id}', 'x') });
      if (!PUBLIC.includes(named(operation)))
        expect([named(operation), answer.statusCode]).toEqual([named(operation), 401]);
    }
  });

  it('wants a right to it, but for what is one’s own', async () => {
    const powerless = await test.program({ scopes: ['metrics'], organization: acme.organization });
    const open = [];
    for (const operation of operations) {
      const { statusCode } = await powerless.call(operation.method, operation.path.replace('{id}', 'x'));
      if (statusCode !== 403) open.push(named(operation));
    }
    expect(open.sort()).toEqual([...PUBLIC, ...OWN].sort());
  });

  it('answers a foreign id as one that is unknown', async () => {
    const flow = (await acme.call('POST', '/api/flows', { name: 'Mine' })).json().id;
    const channel = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Mine' })).json().id;
    const written = await acme.call('POST', `/api/channels/${channel}/inbound`, { from: '+447700900001', text: 'hi' });
    const conversations = written.json().conversationId;
    const notifications = `ntf_${flow.slice(4)}`;
    const told = { organization: acme.organization, user: 'usr_1', text: 'Look', conversation: conversations };
    const kept = test.connection.collection<{ _id: string; text: string }>('notifications');
    await kept.insertOne({ _id: notifications, ...told });
    const templates = `tpl_${flow.slice(4)}`;
    const template = { organization: acme.organization, channel, name: 'offer', components: [] };
    await test.connection.collection<{ _id: string }>('templates').insertOne({ _id: templates, ...template });
    const media = `med_${flow.slice(4)}`;
    const file = { organization: acme.organization, state: 'ready', contentType: 'image/png' };
    await test.connection.collection<{ _id: string }>('media').insertOne({ _id: media, ...file });
    const flowTest = (await acme.call('POST', `/api/flows/${flow}/tests`, A_TEST)).json().id;
    const foreign: Record<string, string> = {
      media,
      templates,
      flows: flow,
      channels: channel,
      'api-keys': acme.keyId,
      conversations,
      notifications,
    };
    for (const operation of operations.filter(({ path }) => path.includes('{id}'))) {
      const id = foreign[operation.path.split('/')[2] ?? ''] ?? '';
      const unknown = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
      const ask = (one: string) => {
        const parts: Record<string, string> = { id: one, version: '1', test: flowTest, node: 'start' };
        const url = operation.path.replace(/\{(\w+)\}/g, (_, part) => parts[part] ?? '');
        return stranger.call(operation.method, url, BODIES[named(operation)]);
      };
      const [theirs, nobodys] = [await ask(id), await ask(unknown)];
      expect([named(operation), theirs.statusCode]).toEqual([named(operation), 404]);
      const comparable = (body: string, of: string) => body.replaceAll(of, '<id>').replace(/req_\w+/, '<request>');
      expect(comparable(theirs.body, id)).toBe(comparable(nobodys.body, unknown));
    }
    expect((await acme.call('GET', `/api/flows/${flow}`)).json()).toMatchObject({ name: 'Mine', revision: 1 });
    expect((await acme.call('GET', `/api/flows/${flow}/tests`)).json()).toMatchObject({ items: [{ id: flowTest }] });
    expect((await acme.call('GET', `/api/channels/${channel}`)).json()).toMatchObject({ name: 'Mine' });
    expect((await acme.call('GET', '/api/auth/me')).statusCode).toBe(200);
  });

  it('lists what is its own', async () => {
    for (const list of ['/api/flows', '/api/channels', '/api/conversations', '/api/webhook-log']) {
      expect((await stranger.call('GET', list)).json()).toEqual({ items: [], next: null });
    }
  });

  it('is described, with its tag, its words and its problems', async () => {
    const document = (await test.app.inject('/api/openapi.json')).json();
    expect(document.openapi).toMatch(/^3\.1/);
    const tags = document.tags.map(({ name }: { name: string }) => name);
    for (const methods of Object.values(document.paths) as Record<
      string,
      { tags: string[]; summary: string; responses: object }
    >[]) {
      for (const operation of Object.values(methods)) {
        expect(tags).toContain(operation.tags[0]);
        expect(operation.summary).toBeTruthy();
        expect(operation.responses).toHaveProperty('4XX');
      }
    }
    expect(document.components.schemas.Problem.properties).toHaveProperty('requestId');
  });
});

describe('health', () => {
  it('is open, and says ready only when it is', async () => {
    expect((await test.app.inject('/health/live')).statusCode).toBe(200);
    expect((await test.app.inject('/health/ready')).statusCode).toBe(200);
    test.readiness.ready = false;
    const starting = await test.app.inject('/health/ready');
    test.readiness.ready = true;
    expect(starting.statusCode).toBe(503);
    expect(starting.headers['retry-after']).toBe('2');
    expect(starting.json().code).toBe('not_ready');
  });
});

describe('pages', () => {
  const visit = (url: string) => test.app.inject({ url, headers: { accept: 'text/html,application/xhtml+xml' } });

  it('say plainly that the editor is not built', async () => {
    for (const url of ['/', '/bots/flw_1', '/tasks', '/setup?token=x']) {
      const page = await visit(url);
      expect(page.statusCode).toBe(200);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.body).toContain('npm run build');
    }
  });

  it('are fenced in', async () => {
    const { headers } = await visit('/');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBeDefined();
  });

  it('are not given for the addresses of programs', async () => {
    for (const url of ['/api/nowhere', '/webhook/x', '/health/x', '/metrics']) {
      expect((await visit(url)).headers['content-type']).toBe('application/problem+json');
    }
  });
});
