import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildApp, indexes } from '../app.ts';
import { noCrash } from '../engine/crashpoint.ts';
import { createApiKeyStore } from '../features/api-keys/store.ts';
import { createChannelStore } from '../features/channels/store.ts';
import { openFiles } from '../media/disk.ts';
import { startMedia } from '../media/media.ts';
import { HttpError, type HttpRequest, type HttpResponse } from '../plugins/http.ts';
import { createLog } from '../plugins/log.ts';
import type { Scope } from '../plugins/permissions.ts';
import { readSettings } from '../plugins/settings.ts';
import { createAccountStore } from '../storage/accounts.ts';
import { openStorage } from '../storage/connection.ts';
import { createKeyring } from '../storage/credentials.ts';
import { newId } from '../storage/ids.ts';
import { ensureIndexes } from '../storage/indexes.ts';
import { startEngine, type WorkerDeps } from '../worker.ts';
import { fakeProvider } from './provider.ts';

export const PUBLIC_URL = 'https://bots.example.com';
export const SETUP_TOKEN = 'printed-at-the-start';

type Body = InjectOptions['payload'];

/** A program of one organization, with a key that may do what its scopes say. */
export type Program = Awaited<ReturnType<TestApp['program']>>;
export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** The whole app on an embedded store in a directory of its own. One a test file: organizations keep the tests apart. */
export async function startTestApp(environment: Record<string, string> = {}, own: Pick<WorkerDeps, 'counts'> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'parley-test-'));
  const given = {
    PUBLIC_URL,
    DATA_DIR: directory,
    META_GRAPH_URL: 'https://graph.test',
    TWILIO_API_URL: 'https://twilio.test',
  };
  const settings = readSettings({ ...given, ...environment });
  const log = createLog('silent');
  const storage = await openStorage(settings, log);
  const { connection } = storage;
  await ensureIndexes(connection, indexes);

  const clock = { time: new Date('2026-03-02T09:00:00.000Z') };
  const now = () => clock.time;
  const keyring = createKeyring(['a secret key of the tests, long enough']);
  const meta = fakeMeta();
  const readiness = { ready: true };
  const provider = fakeProvider();
  const { metaGraphUrl, twilioApiUrl, publicUrl } = settings;
  const media = startMedia({
    connection,
    keyring,
    files: await openFiles(settings, now()),
    channels: createChannelStore(connection, keyring, now),
    metaGraphUrl,
    twilioApiUrl,
    publicUrl,
    works: true,
    now,
    newId,
    log,
    fetch: provider.fetch,
    web: (url, signal) => provider.files(url, signal),
  });
  const engine = startEngine({
    connection,
    keyring,
    metaGraphUrl,
    twilioApiUrl,
    publicUrl,
    media,
    role: 'all',
    now,
    newId,
    log,
    crashpoint: noCrash,
    fetch: provider.fetch,
    http: provider.http,
    askProvider: meta.http,
    ...own,
  });
  const app: FastifyInstance = await buildApp({
    settings,
    connection,
    keyring,
    now,
    newId,
    http: meta.http,
    log,
    engine,
    media,
    readiness,
    setupToken: SETUP_TOKEN,
    editorDirectory: join(directory, 'no-editor'),
  });
  await app.ready();

  const accounts = createAccountStore(connection, newId, now);
  const keys = createApiKeyStore(connection, newId, now);

  /** A new organization, and a key of it to call the API with. */
  async function program({ scopes = ['*'], organization }: { scopes?: Scope[]; organization?: string } = {}) {
    const home = organization ?? (await accounts.addOrganization('Acme')).id;
    const { key, stored } = await keys.create(home, { name: 'test', scopes, expiresAt: null, createdBy: 'usr_test' });
    const call = (method: InjectOptions['method'], url: string, payload?: Body, headers: Record<string, string> = {}) =>
      app.inject({ method, url, payload, headers: { authorization: `Bearer ${key}`, ...headers } });
    return { organization: home, key, keyId: stored.id, call };
  }

  async function close() {
    await app.close();
    await engine.stop();
    await media.stop();
    await storage.close();
    await rm(directory, { recursive: true, force: true });
  }

  return { app, connection, keyring, clock, accounts, keys, meta, readiness, engine, media, provider, program, close };
}

/** Meta's Graph API as far as the server calls it. `answer` is what it says next; null is no connection. */
function fakeMeta() {
  const number = {
    status: 200,
    text: JSON.stringify({ display_phone_number: '+1 415-523-8886', verified_name: 'Acme' }),
  };
  const meta = {
    answer: number as HttpResponse | null,
    /** Answers by what is asked; null leaves it to `answer`. */
    reply: null as ((request: HttpRequest) => HttpResponse | Promise<HttpResponse> | null) | null,
    asked: [] as HttpRequest[],
    http: async (request: HttpRequest): Promise<HttpResponse> => {
      meta.asked.push(request);
      const answer = meta.reply?.(request) ?? meta.answer;
      if (!answer) throw new HttpError('no answer');
      return answer;
    },
    knowsTheNumber: () => {
      meta.reply = null;
      meta.answer = number;
    },
    refuses: (code: number, message: string) => {
      meta.answer = { status: 400, text: JSON.stringify({ error: { code, message } }) };
    },
    isAway: () => {
      meta.answer = null;
    },
  };
  return meta;
}
