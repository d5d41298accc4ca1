import type { OutboundContent } from '@parley/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelWithSecrets } from '../../../storage/channel.ts';
import { newId } from '../../../storage/ids.ts';
import { startTestApp, type TestApp } from '../../../testing/app.ts';
import type { Gateway, Recipient, SendResult } from '../gateway.ts';
import { createTwilioContentStore } from './content-store.ts';
import { INVALID_CONFIGURATION } from './fault.ts';
import { twilioGateway } from './send.ts';
import { ACCOUNT, type Answer, channelOf, fakeTwilio, notFound, refusal, sidOf, TOKEN } from './testing/fake-twilio.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const BUTTONS: OutboundContent = { kind: 'buttons', text: 'Sure?', buttons: [{ id: 'y', title: 'Yes' }] };

/** A gateway to a Twilio of its own, for an organization of its own: nothing is made yet. */
function world(answers: Parameters<typeof fakeTwilio>[0] = {}) {
  const twilio = fakeTwilio(answers);
  const clock = { time: new Date('2026-03-02T09:00:00Z') };
  const now = () => clock.time;
  const organization = newId('org');
  const worker = (): Gateway =>
    twilioGateway({
      apiUrl: 'https://twilio.test',
      publicUrl: 'https://bots.test',
      fetch: twilio.fetch,
      contents: createTwilioContentStore(test.connection, now),
      now,
    });
  const send = (
    gateway: Gateway,
    content: OutboundContent,
    given: { to?: Recipient; channel?: ChannelWithSecrets; signal?: AbortSignal } = {},
  ): Promise<SendResult> =>
    gateway({
      channel: given.channel ?? channelOf({ organization }),
      to: given.to ?? { kind: 'phone', value: '447700900001' },
      content,
      reference: 'msg_1',
      lastInbound: null,
      signal: given.signal ?? new AbortController().signal,
    });
  return { twilio, clock, worker, send, organization };
}

const once = (
  content: OutboundContent,
  message?: Answer,
  given: Parameters<ReturnType<typeof world>['send']>[2] = {},
) => {
  const { twilio, worker, send } = world(message ? { message } : {});
  return send(worker(), content, given).then((result) => ({ result, twilio }));
};
const text: OutboundContent = { kind: 'text', text: 'Hi' };

describe('a send through Twilio', () => {
  it('is accepted with the sid, and says where statuses go', async () => {
    const { result, twilio } = await once(text);
    expect(result).toEqual({ kind: 'accepted', providerId: sidOf('SM', 1) });
    expect(twilio.messages()).toEqual([
      {
        To: 'whatsapp:+447700900001',
        From: 'whatsapp:+14155238886',
        Body: 'Hi',
        StatusCallback: 'https://bots.test/webhook/twilio/status?m=msg_1',
      },
    ]);
  });

  it('answers a person of whom only the business-scoped id is known', async () => {
    const { twilio } = await once(text, undefined, { to: { kind: 'bsuid', value: 'US.13491208655302741918' } });
    expect(twilio.messages()[0]?.To).toBe('whatsapp:US.13491208655302741918');
  });

  it('bears a token that no token is like', async () => {
    const { result, twilio } = await once(text, undefined, {
      channel: channelOf({ secrets: { authToken: 'tökén €' } }),
    });
    expect(result).toMatchObject({ kind: 'accepted' });
    const [, sent = ''] = twilio.asked[0]?.headers.get('authorization')?.split(' ') ?? [];
    expect(Buffer.from(sent, 'base64').toString()).toBe(`${ACCOUNT}:tökén €`);
  });

  it.each<[string, Partial<Parameters<typeof channelOf>[0]>]>([
    ['no secrets', { secrets: null }],
    ['an empty token', { secrets: { authToken: '' } }],
    ['no account', { accountSid: null }],
    ['an account that is none', { accountSid: 'SK123' }],
    ['an account that would change the address', { accountSid: 'AC1/../x' }],
    ['no number', { address: null }],
  ])('is refused without asking Twilio where the channel has %s', async (_name, more) => {
    const { result, twilio } = await once(text, undefined, { channel: channelOf(more) });
    expect(result).toEqual({ kind: 'refused', code: 'whatsapp_not_configured', reason: INVALID_CONFIGURATION });
    expect(twilio.asked).toEqual([]);
  });

  it.each<[OutboundContent, string]>([
    [{ kind: 'reaction', emoji: '👍', to: 'last' }, 'reactions'],
    [{ kind: 'text', text: 'x'.repeat(1601) }, '1600'],
    [{ kind: 'image', mediaId: 'med_1' }, 'address of the file'],
  ])('refuses in words what Twilio cannot say: %j', async (content, words) => {
    const { result, twilio } = await once(content);
    expect(result).toMatchObject({
      kind: 'refused',
      code: 'unsupported_content',
      reason: expect.stringContaining(words),
    });
    expect(twilio.asked).toEqual([]);
  });

  it.each<[string, Answer, SendResult]>([
    [
      'a wrong token',
      refusal(20003, 401, 'Authenticate'),
      { kind: 'refused', code: '20003', reason: INVALID_CONFIGURATION },
    ],
    [
      '401 without words',
      () => new Response('', { status: 401 }),
      { kind: 'refused', code: '20003', reason: INVALID_CONFIGURATION },
    ],
    ['a wrong account', notFound, { kind: 'refused', code: '20404', reason: INVALID_CONFIGURATION }],
    ['a wrong number', refusal(21606), { kind: 'refused', code: '21606', reason: INVALID_CONFIGURATION }],
    ['no channel', refusal(63007), { kind: 'refused', code: '63007', reason: INVALID_CONFIGURATION }],
    ['a wrong recipient', refusal(21211), { kind: 'refused', code: '21211', reason: 'Words of Twilio' }],
    ['STOP', refusal(21610), { kind: 'refused', code: '21610', reason: 'Words of Twilio' }],
    ['a closed window', refusal(63016), { kind: 'refused', code: '63016', reason: 'Words of Twilio' }],
    ['a code nobody knows', refusal(99999), { kind: 'refused', code: '99999', reason: 'Words of Twilio' }],
    [
      'too many requests',
      refusal(20429, 429),
      { kind: 'later', code: '20429', reason: 'Words of Twilio', afterSeconds: 5 },
    ],
    ['a full queue', refusal(21611), { kind: 'later', code: '21611', reason: 'Words of Twilio', afterSeconds: 60 }],
    [
      '429 of a proxy',
      () => new Response('slow', { status: 429 }),
      expect.objectContaining({ kind: 'later', code: '429' }),
    ],
    ['a fault of theirs', refusal(20500, 500), { kind: 'unknown', reason: 'Twilio answered with status 500.' }],
    [
      '503 of a proxy',
      () => new Response('x', { status: 503 }),
      { kind: 'unknown', reason: 'Twilio answered with status 503.' },
    ],
    [
      'an odd 400',
      () => new Response('x', { status: 400 }),
      { kind: 'unknown', reason: 'Twilio answered with status 400.' },
    ],
    ['a page', () => new Response('<html>', { status: 201 }), { kind: 'unknown', reason: 'No answer came.' }],
    [
      'no sid',
      () => Response.json({}, { status: 201 }),
      { kind: 'unknown', reason: 'The answer holds no message id.' },
    ],
    [
      'a message that failed at once',
      () => Response.json({ sid: 'SM1', status: 'failed', error_code: 63003 }, { status: 201 }),
      expect.objectContaining({ kind: 'refused', code: '63003' }),
    ],
    [
      'no connection',
      () => Promise.reject(new TypeError('x', { cause: { code: 'ENOTFOUND' } })),
      expect.objectContaining({ kind: 'later', code: 'unreachable' }),
    ],
    [
      'silence',
      () => Promise.reject(new DOMException('x', 'TimeoutError')),
      { kind: 'unknown', reason: 'No answer came.' },
    ],
  ])('after %s', async (_name, answer, expected) => {
    const { result, twilio } = await once(text, answer);
    expect(result).toEqual(expected);
    expect(twilio.asked).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });
});

describe('a send that needs a Content resource', () => {
  it('makes it first, and fills it in', async () => {
    const { twilio, worker, send } = world();
    expect(await send(worker(), BUTTONS)).toMatchObject({ kind: 'accepted' });
    expect(twilio.asked.map(({ url }) => new URL(url).pathname)).toEqual([
      '/v1/Content',
      `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
    ]);
    expect(twilio.messages()[0]).toMatchObject({
      ContentSid: sidOf('HX', 1),
      ContentVariables: '{"1":"Sure?","2":"Yes","3":"y"}',
    });
    expect(twilio.messages()[0]).not.toHaveProperty('Body');
  });

  it('makes one for many: other words, at once, by another worker, after a restart', async () => {
    const { twilio, worker, send } = world();
    const gateway = worker();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, count) => send(gateway, { ...BUTTONS, text: `Sure ${count}?` })),
    );
    expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
    await send(worker(), BUTTONS);
    expect(twilio.contents()).toHaveLength(1);
    expect(new Set(twilio.messages().map(({ ContentSid }) => ContentSid)).size).toBe(1);
  });

  it('lets two workers that come at the same time make one: the other tries later', async () => {
    const { twilio, worker, send } = world();
    const results = await Promise.all(Array.from({ length: 8 }, () => send(worker(), BUTTONS)));
    expect(twilio.contents()).toHaveLength(1);
    const others = results.filter(({ kind }) => kind !== 'accepted');
    for (const other of others) expect(other).toMatchObject({ kind: 'later', code: 'content_being_made' });
    expect(results.length - others.length).toBeGreaterThanOrEqual(1);
  });

  it('is its own for each organization, though the account be the same', async () => {
    const { twilio, worker, send } = world();
    const gateway = worker();
    await send(gateway, BUTTONS);
    await send(gateway, BUTTONS, { channel: channelOf({ organization: newId('org') }) });
    expect(twilio.contents()).toHaveLength(2);
  });

  it.each<[string, Answer, SendResult]>([
    ['refused', refusal(20001), { kind: 'refused', code: '20001', reason: 'Words of Twilio' }],
    ['slowed down', refusal(20429, 429), expect.objectContaining({ kind: 'later', code: '20429' })],
    ['a fault of theirs', refusal(20500, 503), expect.objectContaining({ kind: 'later', code: '20500' })],
    ['a wrong token', refusal(20003, 401), { kind: 'refused', code: '20003', reason: INVALID_CONFIGURATION }],
    ['an answer without a sid', () => Response.json({}, { status: 201 }), expect.objectContaining({ kind: 'later' })],
    [
      'silence',
      () => Promise.reject(new DOMException('x', 'TimeoutError')),
      expect.objectContaining({ kind: 'later' }),
    ],
  ])('sends nothing when making it ends as %s, and the next may try', async (_name, content, expected) => {
    const { twilio, worker, send } = world({ content });
    const gateway = worker();
    expect(await send(gateway, BUTTONS)).toEqual(expected);
    expect(twilio.messages()).toEqual([]);
    delete twilio.answers.content;
    expect(await send(gateway, BUTTONS)).toMatchObject({ kind: 'accepted' });
  });

  it('takes over from a worker that died while it made one', async () => {
    const { twilio, clock, worker, send } = world({ content: () => new Promise(() => {}) });
    void send(worker(), BUTTONS);
    await expect.poll(() => twilio.contents().length).toBe(1);
    delete twilio.answers.content;
    expect(await send(worker(), BUTTONS)).toMatchObject({ kind: 'later', code: 'content_being_made' });
    clock.time = new Date(clock.time.getTime() + 61_000);
    expect(await send(worker(), BUTTONS)).toMatchObject({ kind: 'accepted' });
  });

  it.each([20404, 21655, 63005])('makes it anew, once, when it was deleted at Twilio (%i)', async (code) => {
    const { twilio, worker, send } = world();
    const gateway = worker();
    await send(gateway, BUTTONS);
    twilio.answers.message = (asked, count) =>
      asked.form.ContentSid === sidOf('HX', 1)
        ? refusal(code)(asked, count)
        : Response.json({ sid: 'SM9' }, { status: 201 });
    expect(await send(gateway, BUTTONS)).toEqual({ kind: 'accepted', providerId: 'SM9' });
    expect(twilio.contents()).toHaveLength(2);
    expect(await send(worker(), BUTTONS)).toMatchObject({ kind: 'accepted' });
    expect(twilio.contents()).toHaveLength(2);
  });

  it('makes none anew when it is still there, or when the new one is refused too', async () => {
    const { twilio, worker, send } = world({
      message: refusal(63005),
      other: () => Response.json({ sid: sidOf('HX', 1) }),
    });
    const gateway = worker();
    expect(await send(gateway, BUTTONS)).toMatchObject({ kind: 'refused', code: '63005' });
    expect(twilio.contents()).toHaveLength(1);
    twilio.answers.other = notFound;
    expect(await send(gateway, BUTTONS)).toMatchObject({ kind: 'refused', code: '63005' });
    expect(twilio.contents()).toHaveLength(2);
    expect(twilio.messages()).toHaveLength(3);
  });

  it('sends nothing after its time is over', async () => {
    const over = new AbortController();
    const { twilio, worker, send } = world({
      content: () => {
        over.abort();
        return Response.json({ sid: sidOf('HX', 1) }, { status: 201 });
      },
    });
    expect(await send(worker(), BUTTONS, { signal: over.signal })).toMatchObject({ kind: 'later' });
    expect(twilio.messages()).toEqual([]);
  });
});
