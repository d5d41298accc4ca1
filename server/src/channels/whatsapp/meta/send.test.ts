import type { OutboundContent } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import type { ChannelWithSecrets } from '../../../storage/channel.ts';
import { metaGateway } from './send.ts';

const channel = {
  provider: 'meta',
  phoneNumberId: '1001',
  secrets: { accessToken: 'token-1', appSecret: 'secret', verifyToken: 'verify' },
} as ChannelWithSecrets;

interface Asked {
  url: string;
  init: RequestInit;
}

/** One send, answered as the test says; what was asked goes into `log`. */
function send(
  answer: () => Response | Promise<Response>,
  given: {
    channel?: ChannelWithSecrets;
    content?: OutboundContent;
    lastInbound?: string | null;
    replyTo?: string;
    log?: Asked[];
  } = {},
) {
  const ask = (async (url: string, init: RequestInit) => {
    given.log?.push({ url, init });
    return answer();
  }) as unknown as typeof fetch;
  return metaGateway({ graphUrl: 'https://graph.test', fetch: ask })({
    channel: given.channel ?? channel,
    to: { kind: 'phone', value: '447700900001' },
    content: given.content ?? { kind: 'text', text: 'Hi' },
    reference: 'msg_1',
    lastInbound: given.lastInbound ?? null,
    replyTo: given.replyTo ?? null,
    signal: new AbortController().signal,
  });
}

const refused =
  (code: unknown, status = 400, more: object = {}) =>
  () =>
    Response.json({ error: { code, message: 'Words of Meta', ...more } }, { status });
const accepted = () => Response.json({ messages: [{ id: 'wamid.out.1' }] });

describe('a send through the Cloud API', () => {
  it('posts to the number with its token, and follows no redirect with it', async () => {
    const log: Asked[] = [];
    expect(await send(accepted, { log })).toEqual({ kind: 'accepted', providerId: 'wamid.out.1' });
    expect(log).toHaveLength(1);
    expect(log[0]?.url).toBe('https://graph.test/v24.0/1001/messages');
    expect(log[0]?.init).toMatchObject({
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
    });
    expect(JSON.parse(String(log[0]?.init.body))).toMatchObject({
      to: '447700900001',
      biz_opaque_callback_data: 'msg_1',
    });
  });

  it.each([
    [4, 60],
    [80007, 3_600],
    [130429, 5],
    [131048, 300],
    [131056, 8],
    [131057, 60],
    ['130429', 5],
  ])('waits after code %s for %d seconds', async (code, afterSeconds) => {
    expect(await send(refused(code))).toEqual({
      kind: 'later',
      code: String(code),
      reason: 'Words of Meta',
      afterSeconds,
    });
  });

  it.each([100, 190, 130472, 131026, 131042, 131047, 131049, 131051, 132000, 132001, 132015, 133010, 368])(
    'takes code %d for a refusal',
    async (code) => {
      expect(await send(refused(code))).toEqual({ kind: 'refused', code: String(code), reason: 'Words of Meta' });
    },
  );

  it('tells the details where Meta gives some', async () => {
    const details = 'The parameters do not fit.';
    expect(await send(refused(132000, 400, { error_data: { details } }))).toMatchObject({ reason: details });
  });

  it.each<[string, () => Response]>([
    ['a 500 with a code', refused(131000, 500)],
    ['a 503 with a code', refused(131016, 503)],
    ['a 404 of a proxy', () => new Response('<html>Not Found</html>', { status: 404 })],
    ['a 502 of a proxy', () => new Response('<html>Bad Gateway</html>', { status: 502 })],
    ['a 400 without a code', () => Response.json({}, { status: 400 })],
    ['a 400 whose code is junk', refused({ a: 1 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.test/' } })],
    ['a 200 without an id', () => Response.json({ messages: [] })],
    ['a 200 that is no JSON', () => new Response('ok')],
    ['a 200 that is a list', () => Response.json([1])],
  ])('knows nothing after %s: it may have gone out', async (_, answer) => {
    expect(await send(answer)).toMatchObject({ kind: 'unknown' });
  });

  it('slows down after a 429 without a code', async () => {
    expect(await send(() => new Response('', { status: 429 }))).toMatchObject({ kind: 'later', afterSeconds: 5 });
  });

  it('waits as long as it is asked to, but not for hours', async () => {
    const asked = (seconds: string) => () => new Response('', { status: 429, headers: { 'retry-after': seconds } });
    expect(await send(asked('90'))).toMatchObject({ kind: 'later', code: '429', afterSeconds: 90 });
    expect(await send(asked('1e9'))).toMatchObject({ kind: 'later', afterSeconds: 3_600 });
    for (const junk of ['-5', 'soon', 'Wed, 21 Oct 2026 07:28:00 GMT'])
      expect(await send(asked(junk))).toMatchObject({ kind: 'later', afterSeconds: 5 });
  });

  it.each([401, 403])('takes a %d without a code for a refusal: nothing went out', async (status) => {
    expect(await send(() => new Response('<html>No</html>', { status }))).toMatchObject({
      kind: 'refused',
      code: String(status),
      reason: `Meta answered with status ${status}.`,
    });
  });

  it.each<[number, string]>([
    [131057, 'later'],
    [131045, 'refused'],
  ])('trusts a 500 that says with code %d what is the matter', async (code, kind) => {
    expect(await send(refused(code, 500))).toMatchObject({ kind, code: String(code) });
  });

  it.each([
    ['accepted', undefined],
    ['held_for_quality_assessment', true],
    ['paused', true],
    ['junk', undefined],
  ])('knows whether a template is kept back: %s', async (message_status, held) => {
    const answer = () => Response.json({ messages: [{ id: 'wamid.1', message_status }] });
    expect(await send(answer)).toEqual({ kind: 'accepted', providerId: 'wamid.1', ...(held ? { held } : {}) });
  });

  it('quotes the message that it answers', async () => {
    const log: Asked[] = [];
    await send(accepted, { log, replyTo: 'wamid.in.1' });
    await send(accepted, { log });
    const [quoting, plain] = log.map(({ init }) => JSON.parse(String(init.body)));
    expect(quoting.context).toEqual({ message_id: 'wamid.in.1' });
    expect(plain).not.toHaveProperty('context');
  });

  it('takes the code `constructor` for one that it does not know', async () => {
    expect(await send(refused('constructor'))).toMatchObject({ kind: 'refused', code: 'constructor' });
  });

  const failing = (cause: unknown) => () => Promise.reject(new TypeError('fetch failed', { cause }));
  const coded = (code: string) => Object.assign(new Error(code), { code });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
    'tries again after %s, for no byte has left',
    async (code) => {
      expect(await send(failing(coded(code)))).toMatchObject({ kind: 'later', code: 'unreachable' });
    },
  );

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])(
    'knows nothing after %s',
    async (code) => {
      expect(await send(failing(coded(code)))).toEqual({ kind: 'unknown', reason: 'No answer came.' });
    },
  );

  it('knows nothing after its time is over, or an answer that breaks off', async () => {
    expect(await send(() => Promise.reject(new DOMException('', 'TimeoutError')))).toMatchObject({ kind: 'unknown' });
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) });
    expect(await send(() => new Response(broken))).toMatchObject({ kind: 'unknown' });
  });

  it('asks nobody without a token, a number, or a message to react to', async () => {
    const log: Asked[] = [];
    const reaction = { kind: 'reaction', emoji: '👍', to: 'last' } as const;
    expect(await send(accepted, { log, channel: { ...channel, secrets: null } })).toMatchObject({
      kind: 'refused',
      code: 'whatsapp_not_configured',
    });
    expect(await send(accepted, { log, channel: { ...channel, phoneNumberId: null } })).toMatchObject({
      kind: 'refused',
    });
    expect(await send(accepted, { log, content: reaction })).toMatchObject({ code: 'nothing_to_react_to' });
    expect(log).toEqual([]);
    expect(await send(accepted, { log, content: reaction, lastInbound: 'wamid.1' })).toMatchObject({
      kind: 'accepted',
    });
  });
});
