import { describe, expect, it } from 'vitest';
import { createTwilioClient } from './client.ts';
import { faultOf } from './fault.ts';
import { ACCOUNT, type Answer, fakeTwilio, refusal, TOKEN } from './testing/fake-twilio.ts';

const page =
  (next: string | null): Answer =>
  () =>
    Response.json({ contents: [{ sid: 'HX1', types: {} }], meta: { key: 'contents', next_page_url: next } });

async function clientAt(apiUrl: string, answers: Parameters<typeof fakeTwilio>[0] = {}, signal?: AbortSignal) {
  const twilio = fakeTwilio(answers);
  const client = await createTwilioClient({
    apiUrl,
    fetch: twilio.fetch,
    accountSid: ACCOUNT,
    authToken: TOKEN,
    ...(signal ? { signal } : {}),
  });
  return { twilio, client };
}

const send = { to: 'whatsapp:+1', from: 'whatsapp:+2', body: 'Hi' };
const list = { pageSize: 1, limit: 10 };
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("Twilio's own client", () => {
  it('signs in with account and token, follows no redirect, and passes the signal on', async () => {
    const { signal } = new AbortController();
    const { twilio, client } = await clientAt('https://twilio.test', {}, signal);
    await client.messages.create(send);
    const [asked] = twilio.asked;
    expect(asked?.url).toBe(`https://twilio.test/2010-04-01/Accounts/${ACCOUNT}/Messages.json`);
    expect(asked?.headers.get('authorization')).toBe(`Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}`);
    expect(asked?.init).toMatchObject({ method: 'POST', redirect: 'manual', signal });
    expect(asked?.form).toEqual({ To: 'whatsapp:+1', From: 'whatsapp:+2', Body: 'Hi' });
  });

  it('gives up by itself where nobody brings a signal', async () => {
    const { twilio, client } = await clientAt('https://twilio.test');
    await client.messages.create(send);
    expect(twilio.asked[0]?.init.signal).toBeInstanceOf(AbortSignal);
  });

  it.each([
    ['https://api.twilio.com', 'https://content.twilio.com/v1/ContentAndApprovals?PageSize=1'],
    ['https://twilio.test', 'https://twilio.test/v1/ContentAndApprovals?PageSize=1'],
    ['http://127.0.0.1:4010/twilio/', 'http://127.0.0.1:4010/twilio/v1/ContentAndApprovals?PageSize=1'],
  ])('finds every host at %s', async (apiUrl, url) => {
    const { twilio, client } = await clientAt(apiUrl, { other: page(null) });
    await client.content.v1.contentAndApprovals.list(list);
    expect(twilio.asked.map((one) => one.url)).toEqual([url]);
  });

  it('follows pages of a simulator and of Twilio', async () => {
    for (const next of ['https://twilio.test/v1/X?Page=1', 'https://content.twilio.com/v1/X?Page=1']) {
      const { twilio, client } = await clientAt('https://twilio.test', {
        other: (asked, count) => page(count === 1 ? next : null)(asked, count),
      });
      expect(await client.content.v1.contentAndApprovals.list(list)).toHaveLength(2);
      expect(twilio.asked[1]?.url).toBe('https://twilio.test/v1/X?Page=1');
    }
  });

  it.each([
    ['https://twilio.test', 'https://evil.example/v1/X'],
    ['https://twilio.test', 'https://twilio.com.evil.example/v1/X'],
    ['https://twilio.test', 'https://twilio.test:8443/v1/X'],
    ['https://api.twilio.com', 'https://eviltwilio.com/v1/X'],
    ['https://api.twilio.com', 'http://content.twilio.com/v1/X'],
  ])('takes the token nowhere else: %s to %s', async (apiUrl, next) => {
    const { twilio, client } = await clientAt(apiUrl, { other: page(next) });
    const error = await failure(client.content.v1.contentAndApprovals.list(list));
    expect(error).toMatchObject({ message: 'an answer of Twilio points to another host' });
    expect(twilio.asked).toHaveLength(1);
  });

  it('tries nothing twice, not even when asked to slow down', async () => {
    const { twilio, client } = await clientAt('https://twilio.test', { message: refusal(20429, 429) });
    expect(faultOf(await failure(client.messages.create(send)))).toMatchObject({ status: 429, code: '20429' });
    expect(twilio.asked).toHaveLength(1);
  });

  it('gives a list as one field each', async () => {
    const { twilio, client } = await clientAt('https://twilio.test');
    await client.messages.create({ ...send, mediaUrl: ['https://a.example/1', 'https://a.example/2'] });
    expect(twilio.messages()[0]?.MediaUrl).toEqual(['https://a.example/1', 'https://a.example/2']);
  });

  it('reads no answer without end', async () => {
    const endless = () => {
      const chunk = new Uint8Array(1_000_000);
      return new Response(new ReadableStream({ pull: (stream) => stream.enqueue(chunk) }));
    };
    const { client } = await clientAt('https://twilio.test', { message: endless });
    expect(faultOf(await failure(client.messages.create(send)))).toEqual({ kind: 'silent' });
  });
});

describe('a fault', () => {
  const broken = async (answer: Answer) => {
    const { client } = await clientAt('https://twilio.test', { message: answer });
    return faultOf(await failure(client.messages.create(send)));
  };
  const throwing = (error: Error) => () => Promise.reject(error);

  it.each<[string, Answer, object]>([
    ['a refusal', refusal(21211), { kind: 'answer', status: 400, code: '21211', message: 'Words of Twilio' }],
    [
      'the newer form of a refusal',
      () => Response.json({ type: 't', title: 'Bad', status: 400, code: 20001, detail: 'More' }, { status: 400 }),
      { kind: 'answer', status: 400, code: '20001', message: 'More' },
    ],
    ['a page of a proxy', () => new Response('<html>', { status: 502 }), { kind: 'answer', status: 502, code: null }],
    ['an empty refusal', () => new Response('null', { status: 400 }), { kind: 'answer', status: 400, code: null }],
    ['a text as refusal', () => new Response('"no"', { status: 400 }), { kind: 'answer', status: 400, code: null }],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://x.example' } }),
      { kind: 'answer', status: 302 },
    ],
    ['a page instead of an answer', () => new Response('<html>', { status: 200 }), { kind: 'silent' }],
    ['no connection', throwing(new TypeError('x', { cause: { code: 'ECONNREFUSED' } })), { kind: 'unreachable' }],
    ['a broken connection', throwing(new TypeError('x', { cause: { code: 'ECONNRESET' } })), { kind: 'silent' }],
    ['a time-out', throwing(new DOMException('x', 'TimeoutError')), { kind: 'silent' }],
  ])('is told by %s', async (_name, answer, fault) => {
    expect(await broken(answer)).toMatchObject(fault);
  });

  it.each([null, undefined, 'x', 5, {}, { status: 400 }])(
    'is silence where something else was thrown: %j',
    (thrown) => {
      expect(faultOf(thrown)).toEqual({ kind: 'silent' });
    },
  );
});
