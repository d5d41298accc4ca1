import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { AnswerStore, Claim } from '../storage/answers.ts';
import { callerOf } from './auth.ts';
import { idempotencyInProgress, idempotencyKeyReused, invalidField } from './errors.ts';

const MAX_KEY = 100;
const WAIT_FOR_FIRST = 5_000; // ms; then 409 with Retry-After
const LOOK_EVERY = 50; // ms
const KEPT_HEADERS = ['location', 'content-type', 'retry-after'];

/**
 * `Idempotency-Key` on every POST of a known caller: the same request again gets the first answer again. What failed by
 * our fault (5xx), or was refused for now (429), is not kept. Sign-in and set-up are left out: a kept session cookie
 * would be worth stealing, and neither does harm twice.
 */
export const idempotency = fp<{ answers: AnswerStore }>(
  async (app, { answers }) => {
    const claimed = new WeakMap<FastifyRequest, { organization: string; id: string }>();

    // After validation: a request that was refused for its form may come again, mended, under the same key
    app.addHook('preHandler', async (request, reply) => {
      const key = request.headers['idempotency-key'];
      const caller = callerOf(request);
      if (request.method !== 'POST' || key === undefined || !caller) return;
      if (typeof key !== 'string' || key === '' || key.length > MAX_KEY) {
        throw invalidField('/Idempotency-Key', 'invalid_key', `An Idempotency-Key has 1 to ${MAX_KEY} characters.`);
      }
      const { organization } = caller;
      const id = hash([organization, caller.user?.id ?? caller.key?.id, key]);
      const fingerprint = hash([request.url, request.body ?? null]);
      const claim = await waitForFirst(() => answers.claim(organization, id, fingerprint));
      if (claim.is === 'ours') {
        claimed.set(request, { organization, id });
        return;
      }
      if (claim.fingerprint !== fingerprint) throw idempotencyKeyReused();
      if (claim.is === 'running') throw idempotencyInProgress();
      // As bytes, so that the headers stay as they were
      return reply
        .code(claim.answer.status)
        .headers(claim.answer.headers)
        .send(claim.answer.body === '' ? undefined : Buffer.from(claim.answer.body));
    });

    app.addHook('onSend', async (request, reply, payload) => {
      const claim = claimed.get(request);
      if (!claim) return payload;
      claimed.delete(request);
      const isText =
        typeof payload === 'string' || Buffer.isBuffer(payload) || payload === undefined || payload === null;
      if (reply.statusCode >= 500 || reply.statusCode === 429 || !isText) {
        await answers.forget(claim.organization, claim.id);
        return payload;
      }
      const headers = KEPT_HEADERS.flatMap((name) =>
        reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [],
      );
      const answer = {
        status: reply.statusCode,
        headers: Object.fromEntries(headers),
        body: payload?.toString() ?? '',
      };
      await answers.keep(claim.organization, claim.id, answer);
      return payload;
    });
  },
  { name: 'idempotency', dependencies: ['auth'] },
);

/** The store is asked again rather than a promise awaited: the first request may run in another process. */
async function waitForFirst(look: () => Promise<Claim>): Promise<Claim> {
  for (let waited = 0; waited < WAIT_FOR_FIRST; waited += LOOK_EVERY) {
    const claim = await look();
    if (claim.is !== 'running') return claim;
    await delay(LOOK_EVERY);
  }
  return look();
}

const hash = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
