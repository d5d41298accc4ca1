import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, type RunningSimulator, startSimulator } from '../testing/start.ts';

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

describe('the control', () => {
  it('makes numbers and phones, and shows them with what to type into Parley', async () => {
    const meta = await simulator.control('POST', '/numbers', {
      provider: 'meta',
      name: 'Acme',
      address: '+15550101234',
    });
    expect(meta.status).toBe(201);
    await simulator.control('POST', '/numbers', { provider: 'twilio', name: 'Acme' });
    await simulator.control('POST', '/phones', { phone: CUSTOMER, name: 'Ana', username: 'ana' });
    const { body } = await simulator.control('GET', '/state');
    expect(body).toMatchObject({
      numbers: [
        { provider: 'meta', address: '+15550101234', credentials: { accessToken: expect.any(String) } },
        { provider: 'twilio', credentials: { accountSid: expect.stringMatching(/^AC/) } },
      ],
      phones: [{ phone: CUSTOMER, name: 'Ana', username: 'ana', chats: [{ unread: 0, last: null }, {}] }],
      clock: { now: expect.any(String) },
    });
  });

  it.each([
    ['POST', '/numbers', { provider: 'fax', name: 'a' }, 422],
    ['POST', '/numbers', { provider: 'meta', name: 'Twice', address: '+15550101234' }, 422],
    ['PATCH', '/numbers/none', {}, 404],
    ['POST', '/phones', { phone: '12', name: 'a' }, 422],
    ['POST', '/phones/+447700900077/chats/none', { type: 'text', text: 'a' }, 404],
    ['POST', `/phones/${CUSTOMER}/chats/+15550101234`, { type: 'text' }, 422],
    ['POST', `/phones/${CUSTOMER}/chats/+15550101234`, { type: 'edit', target: 'none', text: 'a' }, 422],
    ['PUT', '/script', { rules: [{ match: {} }] }, 422],
    ['POST', '/clock', { advance: 'soon' }, 422],
    ['POST', '/clock', { advance: 'P1M' }, 422],
    ['GET', '/nothing', undefined, 404],
  ])('%s %s %j answers in words', async (method, path, body, status) => {
    const answer = await simulator.control(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body?.error).toEqual(expect.any(String));
  });

  it('tells the page which chat has changed', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${simulator.url}/_/events`, { signal: stop.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await simulator.control('POST', `/phones/${CUSTOMER}/chats/+15550101234`, { type: 'text', text: 'hello' });
    const { value = '' } = (await reader?.read()) ?? {};
    expect(value).toMatch(/^event: chat\ndata: \{"phone":"\+447700900001","number":"\d+"\}\n\n/);
    stop.abort();
  });

  it('keeps secrets out of the log', async () => {
    const { body } = await simulator.control('GET', '/state');
    const [meta] = (body?.numbers ?? []) as { id: string; credentials: Record<string, string> }[];
    const { accessToken = '', appSecret = '', appId = '' } = meta?.credentials ?? {};
    await fetch(`${simulator.url}/v24.0/${meta?.id}?access_token=${accessToken}`);
    await fetch(`${simulator.url}/oauth/access_token?client_id=${appId}&client_secret=${appSecret}&code=code-${appId}`);
    const log = JSON.stringify((await simulator.control('GET', '/log')).body);
    expect(log).toContain(`/v24.0/${meta?.id}`);
    expect(log).not.toContain(accessToken);
    expect(log).not.toContain(appSecret);
  });

  it('is not for names bent to this machine, nor for pages of others', async () => {
    const { port } = new URL(simulator.url);
    const statusOf = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path: '/_/state', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        sent.on('error', reject).end();
      });
    expect(await statusOf({ host: 'evil.example' })).toBe(403);
    expect(await statusOf({ host: `localhost:${port}`, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf({ host: `localhost:${port}`, origin: 'null' })).toBe(403);
    expect(await statusOf({ host: `localhost:${port}`, origin: 'http://localhost.evil.example' })).toBe(403);
    expect(await statusOf({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
    expect(await statusOf({ host: `localhost:${port}`, origin: 'http://localhost:5173' })).toBe(200);
  });

  it('shows how to build the page', async () => {
    expect(await (await fetch(`${simulator.url}/`)).text()).toContain('npm run build');
  });

  it('serves the page once it is built, and nothing around it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'parley-phone-'));
    const built = await startSimulator({ pageDirectory: directory });
    await mkdir(join(directory, 'assets'));
    await writeFile(join(directory, 'phone.html'), '<p>phone');
    await writeFile(join(directory, 'assets', 'a.js'), 'code');
    await writeFile(join(directory, 'secret.txt'), 'hidden words');
    const get = async (path: string) => (await fetch(built.url + path)).text();
    expect([await get('/'), await get('/assets/a.js')]).toEqual(['<p>phone', 'code']);
    expect(await get('/assets/..%2Fsecret.txt')).not.toContain('hidden words');
    await built.close();
    await rm(directory, { recursive: true });
  });

  it('forgets everything', async () => {
    expect((await simulator.control('POST', '/reset')).status).toBe(204);
    expect((await simulator.control('GET', '/state')).body).toMatchObject({ numbers: [], phones: [] });
  });
});
