import multipart from '@fastify/multipart';
import { type FastifyInstance, fastify } from 'fastify';
import { bodies } from './bodies.ts';
import { page } from './control/page.ts';
import { control } from './control/routes.ts';
import { createHandshake } from './handshake.ts';
import { onlyFromHere } from './host.ts';
import { metaPosts } from './meta/events.ts';
import { mediaHost } from './meta/media.ts';
import { metaFace } from './meta/routes.ts';
import { createClock, realTimers, type Timers } from './network/clock.ts';
import { createCallLog } from './network/log.ts';
import { createPhoneNetwork, type PhoneNetwork } from './network/network.ts';
import { createIds, createRandom } from './network/random.ts';
import { createPlay } from './network/script.ts';
import { createWebhooks } from './network/webhooks.ts';
import { playOn } from './play-hook.ts';
import { twilioPosts } from './twilio/events.ts';
import { twilioFace } from './twilio/routes.ts';

export interface SimulatorOptions {
  now: () => Date;
  timers?: Timers;
  /** The same seed gives the same ids, tokens and order of statuses. */
  seed: number;
  /** How webhooks are called and links fetched. */
  fetch: typeof fetch;
  /** False takes the links of sent files on trust, as where there is no network. */
  fetchLinks?: boolean;
  /** Names beside localhost under which the control is reached. */
  allowedHosts?: string[];
  /** How others reach this port, for the addresses of files; without it the loopback address. */
  publicUrl?: string;
  /** Where the built phone page lies. */
  pageDirectory: string;
}

export interface Simulator {
  app: FastifyInstance;
  network: PhoneNetwork;
  /** Resolves when all that was told to webhooks so far has been answered once. */
  settled(): Promise<void>;
}

const MAX_BODY = 101 * 1024 * 1024; // bytes: Meta's largest file and its form
const VERSION = /^\/v\d+\.\d+(\/|$)/;
const OF_GRAPH = /^\/(\d+|oauth|debug_token)([/?]|$)/;

/** Both providers over HTTP, customers' phones, and the control. One port: the paths tell them apart. */
export async function buildSimulator(options: SimulatorOptions): Promise<Simulator> {
  const {
    now,
    timers = realTimers,
    seed,
    fetch,
    fetchLinks = true,
    allowedHosts = [],
    publicUrl,
    pageDirectory,
  } = options;
  const clock = createClock(now, timers);
  const random = createRandom(seed);
  const ids = createIds(random);
  const play = createPlay();
  const log = createCallLog(clock.now);
  const listeners = new Set<(phone: string, number: string) => void>();
  const handshake = createHandshake({ fetch, ids, log });

  const app = fastify({
    bodyLimit: MAX_BODY,
    forceCloseConnections: true,
    // Graph answers also without a version
    rewriteUrl: ({ url = '/' }) => {
      if (VERSION.test(url)) return url.replace(/^\/v[\d.]+/, '/graph');
      return OF_GRAPH.test(url) ? `/graph${url}` : url;
    },
  });
  const base = () => {
    if (publicUrl !== undefined) return publicUrl;
    const at = app.server.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    return `http://127.0.0.1:${port}`;
  };

  const webhooks = createWebhooks({
    clock,
    play,
    log,
    fetch,
    ready: handshake,
    posts: (number, tellings) => {
      const facts = { phone: (phone: string) => network.phones.get(phone), base: base(), now: clock.now() };
      return number.provider === 'meta'
        ? metaPosts(number, tellings, facts)
        : tellings.flatMap((telling) => twilioPosts(number, telling, facts, ids));
    },
  });
  const network = createPhoneNetwork({
    clock,
    ids,
    random,
    play,
    fetch: fetchLinks ? fetch : null,
    tell: webhooks.tell,
    changed: (phone, number) => {
      for (const listener of listeners) listener(phone, number);
    },
  });

  await app.register(bodies);
  await app.register(multipart, { limits: { fileSize: MAX_BODY } });
  app.decorateRequest('rule', null);

  const logged = (face: FastifyInstance, provider: 'meta' | 'twilio') =>
    face.addHook('onSend', async (request, reply, payload) => {
      const body = request.body === undefined || request.body === null ? null : JSON.stringify(request.body);
      log.add({
        way: 'in',
        provider,
        method: request.method,
        path: request.originalUrl,
        status: reply.statusCode,
        request: body,
        response: typeof payload === 'string' ? payload : null,
        note: request.rule && `the script: ${request.rule.then}`,
      });
      return payload;
    });

  await app.register(
    async (face) => {
      logged(face, 'meta');
      playOn(face, 'meta', play, clock);
      await face.register(metaFace, { network, base });
    },
    { prefix: '/graph' },
  );
  await app.register(mediaHost, { network, base });
  await app.register(async (face) => {
    logged(face, 'twilio');
    playOn(face, 'twilio', play, clock);
    await face.register(twilioFace, { network, base });
  });
  await app.register(async (here) => {
    here.addHook('onRequest', onlyFromHere(allowedHosts));
    await here.register(control, {
      prefix: '/_',
      network,
      log,
      fetch,
      handshake,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      reset: () => {
        webhooks.clear();
        network.clear();
        log.clear();
        play.set({ ...play.script, rules: [] });
      },
    });
    await here.register(page, { directory: pageDirectory });
  });
  app.addHook('onClose', async () => {
    webhooks.clear();
    clock.clear();
  });

  return { app, network, settled: webhooks.settled };
}
