/**
 * `npm run bench:first-start`: what a new user lives through. Clones the committed project into an empty folder with an
 * empty HOME, types `npm start`, connects a number and publishes a bot over the API, sends one signed webhook, and
 * prints the minutes until the reply reached the provider and the megabytes that it took. Loopback only; ends by itself.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT = 15 * 60_000; // ms: a first start that takes longer has failed
const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parley-first-start-'));
const [clone, home] = [join(folder, 'parley'), join(folder, 'home')];
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
const say = (line: string) => console.log(`${seconds().padStart(7)} s  ${line}`);

const provider = createServer();
const replied = new Promise<string>((resolve) => {
  provider.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('content-type', 'application/json');
    if (request.method !== 'POST') return response.end('{"display_phone_number":"+44 7700 900000"}');
    response.end('{"messages":[{"id":"wamid.reply"}]}');
    resolve((JSON.parse(Buffer.concat(chunks).toString()) as { text: { body: string } }).text.body);
  });
});
provider.listen(0, '127.0.0.1');
await once(provider, 'listening');
const port = await freePort();
const base = `http://127.0.0.1:${port}`;

let server: ChildProcess | undefined;
const timer = setTimeout(() => finish(1, 'gave up'), LIMIT);
try {
  execFileSync('git', ['clone', '--quiet', repository, clone]);
  execFileSync('mkdir', [home]);
  say('cloned');
  const env = {
    PATH: process.env.PATH?.split(':')
      .filter((part) => !part.includes('node_modules'))
      .join(':'),
    HOME: home,
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
    npm_config_registry: process.env.npm_config_registry,
    PORT: String(port),
    HOST: '127.0.0.1',
    META_GRAPH_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
    PARLEY_ADMIN_EMAIL: 'owner@example.com',
    PARLEY_ADMIN_PASSWORD: 'a long enough password',
    LOG_LEVEL: 'error',
  };
  server = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  server.on('exit', (code) => finish(1, `the server ended with ${code}`));
  await until(async () => (await fetch(`${base}/health/ready`)).ok);
  say('ready');
  await firstReply();
  say(`the reply reached the provider: ${JSON.stringify(await replied)}`);
  const [installed] = execFileSync('du', ['-sm', clone]).toString().split('\t');
  console.log(`\nfrom clone to first reply: ${(Number(seconds()) / 60).toFixed(1)} minutes, ${installed} MB`);
  finish(0);
} catch (error) {
  finish(1, error instanceof Error ? error.message : String(error));
}

async function firstReply(): Promise<void> {
  const signedIn = await fetch(
    `${base}/api/auth/login`,
    json({ email: 'owner@example.com', password: 'a long enough password' }),
  );
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const call = async (path: string, body: object) => {
    const answer = await fetch(`${base}/api${path}`, json(body, { cookie, origin: base }));
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  await call('/channels', {
    provider: 'meta',
    name: 'Shop',
    phoneNumberId: '1',
    businessAccountId: '2',
    accessToken: 'token',
    appSecret: 'secret',
  });
  const nodes = [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'hello', type: 'chat.send', config: { text: 'Hello {{contact.firstName}}!' } },
  ];
  const edges = [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }];
  const flow = await call('/flows', {
    name: 'Hello',
    document: { format: 'parley.flow/1', name: 'Hello', nodes, edges },
  });
  await call(`/flows/${flow.id}/publish`, {});
  say('channel connected, bot published');
  const message = {
    from: '447700900001',
    id: 'wamid.first',
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    text: { body: 'hi' },
  };
  const contacts = [{ profile: { name: 'Ana' }, wa_id: '447700900001' }];
  const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '1' }, contacts, messages: [message] };
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '2', changes: [{ field: 'messages', value }] }],
  });
  const signature = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
  const answer = await fetch(`${base}/webhook/meta/whatsapp`, { method: 'POST', headers, body });
  if (answer.status !== 200) throw new Error(`the webhook answered ${answer.status}`);
}

function json(body: object, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((again) => setTimeout(again, 200));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

function finish(code: number, why?: string): void {
  clearTimeout(timer);
  if (why) console.error(why);
  server?.removeAllListeners('exit');
  // npm, the start script and the server are one process group of ours
  if (server?.pid && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
  provider.close();
  setTimeout(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  }, 3_000);
}
