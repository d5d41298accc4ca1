import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphError } from './meta/errors.ts';
import type { Clock } from './network/clock.ts';
import type { Call, Play, Rule } from './network/script.ts';
import { TwilioError } from './twilio/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The rule of the script that acts on this call. */
    rule: Rule | null;
  }
}

const DEFAULT_CODES = {
  meta: { reject: 131000, limit: 130429 },
  twilio: { reject: 20500, limit: 20429 },
} as const;

/** Lets the script's rules act on the calls of a provider's face. */
export function playOn(app: FastifyInstance, provider: 'meta' | 'twilio', play: Play, clock: Clock): void {
  const wait = (milliseconds: number) => new Promise<void>((resolve) => clock.later(milliseconds, resolve));

  app.addHook('preHandler', async (request, reply) => {
    const rule = play.take(callOf(provider, request));
    request.rule = rule;
    if (!rule) return;
    if (rule.then === 'slow') return void (await wait(rule.delayMs ?? 0));
    if (rule.then === 'drop') return cut(request, reply);
    if (rule.then !== 'reject' && rule.then !== 'rate-limit') return;
    if (rule.delayMs) await wait(rule.delayMs);
    if (rule.body !== undefined) return reply.code(rule.status ?? 400).send(rule.body);
    const code = rule.code ?? DEFAULT_CODES[provider][rule.then === 'reject' ? 'reject' : 'limit'];
    const more = rule.status === undefined ? {} : { status: rule.status };
    throw provider === 'meta' ? new GraphError(code, undefined, more) : new TwilioError(code, null, more);
  });

  // What was accepted stays accepted; only the answer never arrives
  app.addHook('onSend', async (request, _reply, payload) => {
    if (request.rule?.then !== 'timeout-after-accept') return payload;
    await wait(request.rule.delayMs ?? 0);
    request.raw.socket.destroy();
    return payload;
  });
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function callOf(provider: Call['provider'], request: FastifyRequest): Call {
  const path = request.url.split('?', 1)[0] ?? '';
  const body = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Record<
    string,
    unknown
  >;
  const words = (value: unknown) => (typeof value === 'string' ? value : null);
  const call = { provider, method: request.method, path };
  if (provider === 'twilio') {
    const kind = body.ContentSid !== undefined ? 'content' : body.MediaUrl !== undefined ? 'media' : 'text';
    return { ...call, to: words(body.To), text: words(body.Body), kind: body.To === undefined ? null : kind };
  }
  const type = words(body.type);
  const text = type === null ? null : textOf(body[type]);
  return { ...call, to: words(body.to ?? body.recipient), text, kind: body.status === 'read' ? 'read' : type };
}

/** The words of a content: of a text its body, of an interactive message the body's text, of a file its caption. */
function textOf(content: unknown): string | null {
  if (typeof content !== 'object' || content === null) return typeof content === 'string' ? content : null;
  const { body, text, caption } = content as Record<string, unknown>;
  const words = body ?? text ?? caption;
  return textOf(words);
}
