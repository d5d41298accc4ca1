import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { cp, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { APP_SECRET, metaWebhookBody, PHONE_NUMBER_ID, signatureOf } from '@parley/server/src/testing/meta.ts';
import { until } from '@parley/server/src/testing/until.ts';
import { type Provider, type Send, type Status, startProvider } from './provider.ts';

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const PUBLIC_URL = 'http://parley.test';
const EMAIL = 'ada@parley.test';
const PASSWORD = 'a password of the tests';

/** The server lives so many times as fast: a lease of 3.75 s, a silence of 7.5 s. */
export const HURRY = 8;
const STARTS_WITHIN = 90_000; // ms; the machine may be busy

/** A data directory with an account, a channel and a flow, made once; every test gets a copy. */
export interface Template {
  directory: string;
  cookie: string;
  channel: string;
  remove(): Promise<void>;
}

export async function makeTemplate(flow: object): Promise<Template> {
  const directory = await temporaryDirectory();
  const provider = await startProvider(async () => undefined);
  const server = startServer({ directory, port: await freePort(), graphUrl: provider.graphUrl });
  try {
    await server.ready();
    const signedIn = await server.call('POST', '/api/auth/login', { email: EMAIL, password: PASSWORD });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ');
    const post = async (path: string, body: object): Promise<{ id: string }> => {
      const answer = await server.call('POST', path, body, cookie);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
      return JSON.parse(text) as { id: string };
    };
    const channel = await post('/api/channels', {
      provider: 'meta',
      name: 'Support',
      phoneNumberId: PHONE_NUMBER_ID,
      businessAccountId: '102290129340398',
      accessToken: 'token',
      appSecret: APP_SECRET,
    });
    const { id } = await post('/api/flows', { name: 'Faults', document: flow });
    await post(`/api/flows/${id}/publish`, {});
    await server.stop();
    return {
      directory,
      cookie,
      channel: channel.id,
      remove: () => rm(directory, { recursive: true, force: true }),
    };
  } finally {
    server.kill();
    await provider.close();
  }
}

interface ServerOptions {
  directory: string;
  port: number;
  graphUrl: string;
  crashAt?: string | undefined;
}

export type Server = ReturnType<typeof startServer>;

/** The real server in a process of its own. */
export function startServer({ directory, port, graphUrl, crashAt }: ServerOptions) {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL,
      DATA_DIR: directory,
      META_GRAPH_URL: graphUrl,
      PARLEY_ADMIN_EMAIL: EMAIL,
      PARLEY_ADMIN_PASSWORD: PASSWORD,
      PARLEY_CRASH_AT: crashAt,
      PARLEY_TEST_HURRY: String(HURRY),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  let ended: { signal: NodeJS.Signals | null } | null = null;
  const exited = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => {
      ended = { signal };
      resolve(signal);
    }),
  );
  const url = `http://127.0.0.1:${port}`;

  /** Rejects where the process is away, or goes away before it answers. */
  const call = (method: string, path: string, body?: object, cookie = ''): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { cookie, origin: PUBLIC_URL, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });

  return {
    url,
    pid: child.pid ?? 0,
    call,
    exited,
    said: (): string => said.join(''),
    isUp: (): boolean => ended === null,
    /** Ready to be sent to; false where it died before. */
    ready: (): Promise<boolean> =>
      until(`a server on port ${port}`, STARTS_WITHIN, async () => {
        if (ended) return { up: false };
        const answer = await call('GET', '/health/ready').catch(() => null);
        return answer?.ok ? { up: true } : null;
      }).then(({ up }) => up),
    kill(): void {
      child.kill('SIGKILL');
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/**
 * One data directory, one provider, and a server that is started again whenever it dies, without the crash point that
 * killed it the first time.
 */
export async function startWorld(template: Template, crashes: string[]) {
  const directory = await temporaryDirectory();
  await cp(template.directory, directory, { recursive: true });
  const port = await freePort();
  const provider: Provider = await startProvider((status) => tellStatus(status));
  let server: Server;
  let open = true;
  const deaths: (NodeJS.Signals | null)[] = [];
  const keep = (): void => {
    const crashAt = crashes[deaths.length];
    server = startServer({ directory, port, graphUrl: provider.graphUrl, crashAt });
    void server.exited.then((signal) => {
      deaths.push(signal);
      if (open) keep();
    });
  };
  keep();

  /** Tries until the server, or its successor, says 200, as Meta does. */
  async function deliver(body: string): Promise<void> {
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) };
    await until('a 200 for a webhook', 60_000, async () => {
      const answer = await fetch(`${server.url}/webhook/meta/whatsapp`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null);
      return answer?.status === 200;
    });
  }

  async function tellStatus({ id, status, reference, to }: Status): Promise<void> {
    const told = { id, status, timestamp: seconds(), recipient_id: to, biz_opaque_callback_data: reference };
    await deliver(metaWebhookBody({ statuses: [told] }));
  }

  /** The API's answer, asked again while the server is away. */
  async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    return until(`${method} ${path}`, 60_000, async () => {
      const answer = await server.call(method, path, body, template.cookie).catch(() => null);
      if (answer === null || answer.status >= 500) return null;
      const text = await answer.text().catch(() => null);
      if (text === null) return null;
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return JSON.parse(text) as Answer;
    });
  }

  const conversations = async (): Promise<ConversationShown[]> =>
    (await ask<{ items: ConversationShown[] }>('GET', '/api/conversations?limit=200')).items;
  const messages = async (conversation: string): Promise<MessageShown[]> =>
    (await ask<{ items: MessageShown[] }>('GET', `/api/conversations/${conversation}/messages?limit=200`)).items;
  const log = async (query = ''): Promise<EventShown[]> =>
    (await ask<{ items: EventShown[] }>('GET', `/api/webhook-log?limit=200${query}`)).items;

  /** No event is waiting and no send is open. */
  async function quiet(): Promise<void> {
    await until('a quiet server', 60_000, async () => {
      if ((await log('&state=new')).length > 0) return false;
      for (const { id } of await conversations()) {
        const open = (await messages(id)).some(({ status, note }) => status === 'PENDING' && note === null);
        if (open) return false;
      }
      return (await log('&state=new')).length === 0;
    });
  }

  async function close(): Promise<void> {
    open = false;
    server.kill();
    await server.exited;
    await provider.close();
    await rm(directory, { recursive: true, force: true });
  }

  return {
    provider,
    deaths,
    deliver,
    tellStatus,
    ask,
    conversations,
    messages,
    log,
    quiet,
    close,
    server: () => server,
    ready: () => until('a server that is up', STARTS_WITHIN, () => server.ready()),
    send: (phone: string, text: string): Send | undefined =>
      provider.sends.find((one) => one.to === phone && one.text === text),
  };
}

export interface ConversationShown {
  id: string;
  contact: { phone: string };
  owner: { kind: string };
}
export interface MessageShown {
  id: string;
  text: string;
  direction: string;
  status: string;
  note: string | null;
}
export interface EventShown {
  id: string;
  kind: string;
  state: string;
  attempts: number;
  step: { step: number; effects: string[]; stale: boolean } | null;
}

/** Now, as Meta writes it. */
export const seconds = (): string => String(Math.floor(Date.now() / 1000));

/** Without capital letters: then the store's socket lies inside, and a killed process leaves nothing elsewhere. */
async function temporaryDirectory(): Promise<string> {
  const directory = join(tmpdir(), `parley-faults-${randomBytes(6).toString('hex')}`);
  await mkdir(directory, { mode: 0o700 });
  return directory;
}

const given = new Set<number>();

/**
 * Below the ports that the system gives to connections by itself: one of those might go to a connection of another test
 * while the server is away.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
