import type { OutboundContent } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../gateway.ts';
import { twilioReader } from './read-message.ts';
import { twilioGateway } from './send.ts';
import { type Answer, channelOf, fakeTwilio, notFound, refusal, sidOf } from './testing/fake-twilio.ts';

type Template = Extract<OutboundContent, { kind: 'template' }>;

const contentOf = (count: number, name: string, language: string, status = 'approved', body = 'Hi {{1}}') => ({
  sid: sidOf('HX', count),
  account_sid: 'AC1',
  friendly_name: `Friendly ${name}`,
  language,
  variables: { 1: 'Customer' },
  types: { 'twilio/text': { body } },
  approval_requests: {
    name,
    category: 'UTILITY',
    content_type: 'twilio/text',
    status,
    rejection_reason: '',
    allow_category_change: true,
  },
});

const listing =
  (...contents: object[]): Answer =>
  () =>
    Response.json({ contents, meta: { key: 'contents', next_page_url: null } });

function world(other: Answer, message?: Answer) {
  const twilio = fakeTwilio({ other, ...(message ? { message } : {}) });
  const clock = { time: new Date('2026-03-02T09:00:00Z') };
  const noContents = () => Promise.reject(new Error('templates are not made'));
  const gateway: Gateway = twilioGateway({
    apiUrl: 'https://twilio.test',
    publicUrl: 'https://bots.test',
    fetch: twilio.fetch,
    contents: { claim: noContents, keep: noContents, release: noContents, forget: noContents, dropUnused: noContents },
    now: () => clock.time,
  });
  const send = (given: Partial<Template> = {}) =>
    gateway({
      channel: channelOf(),
      to: { kind: 'phone', value: '447700900001' },
      content: { kind: 'template', name: 'offer', language: 'en', parameters: { 1: 'Ada' }, ...given },
      reference: 'msg_1',
      lastInbound: null,
      signal: new AbortController().signal,
    });
  const lists = () => twilio.asked.filter(({ url }) => url.includes('ContentAndApprovals')).length;
  return { twilio, clock, send, lists };
}

describe('a template over Twilio', () => {
  it('goes by its sid, with what fills it', async () => {
    const sid = sidOf('HX', 7);
    const { twilio, send } = world(() => Response.json(contentOf(7, 'offer', 'en')));
    expect(await send({ name: sid })).toMatchObject({ kind: 'accepted' });
    expect(twilio.asked[0]?.url).toBe(`https://twilio.test/v1/Content/${sid}`);
    expect(twilio.messages()[0]).toMatchObject({ ContentSid: sid, ContentVariables: '{"1":"Ada"}' });
    await send({ name: sid });
    expect(twilio.asked).toHaveLength(3);
  });

  const LANGUAGES = [
    contentOf(1, 'offer', 'pt_BR'),
    contentOf(2, 'offer', 'en', 'rejected'),
    contentOf(3, 'offer', 'en'),
    contentOf(4, 'offer', 'es_MX'),
    contentOf(5, 'other', 'en'),
  ];
  it.each([
    ['offer', 'en', 3],
    ['offer', 'en_US', 3],
    ['offer', 'pt-br', 1],
    ['offer', 'pt_PT', 1],
    ['offer', 'es', 4],
    ['Friendly other', 'en', 5],
  ])('goes by the name %s in %s', async (name, language, count) => {
    const { twilio, send } = world(listing(...LANGUAGES));
    expect(await send({ name, language })).toMatchObject({ kind: 'accepted' });
    expect(twilio.messages()[0]?.ContentSid).toBe(sidOf('HX', count));
  });

  it('is looked for on every page', async () => {
    const { twilio, send } = world(({ url }) =>
      url.includes('Page=1')
        ? Response.json({ contents: [contentOf(2, 'offer', 'en')], meta: { key: 'contents', next_page_url: null } })
        : Response.json({
            contents: [contentOf(1, 'other', 'en')],
            meta: { key: 'contents', next_page_url: 'https://content.twilio.com/v1/ContentAndApprovals?Page=1' },
          }),
    );
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(twilio.messages()[0]?.ContentSid).toBe(sidOf('HX', 2));
  });

  it('is asked for once by many, and again after some minutes', async () => {
    const { clock, send, lists } = world(listing(contentOf(1, 'offer', 'en')));
    await Promise.all(Array.from({ length: 20 }, () => send()));
    await send();
    expect(lists()).toBe(1);
    clock.time = new Date(clock.time.getTime() + 5 * 60_000);
    await send();
    expect(lists()).toBe(2);
  });

  it('is refused where there is none of the name, or none in the language', async () => {
    const { twilio, send } = world(listing(contentOf(1, 'offer', 'en')));
    expect(await send({ name: 'nothing' })).toMatchObject({
      kind: 'refused',
      code: '21655',
      reason: expect.stringContaining('nothing'),
    });
    expect(await send({ language: 'fr' })).toMatchObject({
      kind: 'refused',
      code: '63027',
      reason: expect.stringContaining('fr'),
    });
    expect(twilio.messages()).toEqual([]);
  });

  it('is refused where the sid is nobody’s', async () => {
    const { send } = world(notFound);
    expect(await send({ name: sidOf('HX', 9) })).toMatchObject({ kind: 'refused', code: '21655' });
  });

  it('is found soon after it was made: a name that was not there is asked for anew', async () => {
    const { twilio, clock, send, lists } = world(listing());
    await send();
    await send();
    expect(lists()).toBe(1);
    twilio.answers.other = listing(contentOf(1, 'offer', 'en'));
    clock.time = new Date(clock.time.getTime() + 31_000);
    expect(await send()).toMatchObject({ kind: 'accepted' });
  });

  it('is asked for anew after Twilio did not know it', async () => {
    const { twilio, send, lists } = world(listing(contentOf(1, 'offer', 'en')), refusal(21655));
    expect(await send()).toMatchObject({ kind: 'refused', code: '21655' });
    delete twilio.answers.message;
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(lists()).toBe(2);
  });

  it.each<[string, Answer, object]>([
    ['too many requests', refusal(20429, 429), { kind: 'later', code: '20429' }],
    ['a fault of theirs', refusal(20500, 500), { kind: 'later', code: '20500' }],
    ['a wrong token', refusal(20003, 401), { kind: 'refused', code: '20003' }],
    ['silence', () => Promise.reject(new DOMException('x', 'TimeoutError')), { kind: 'later', code: 'unreachable' }],
    ['an odd list', () => Response.json({ contents: 'x' }), { kind: 'later' }],
    ['odd templates', listing({}, { sid: 5, types: 'x', approval_requests: 'y' }), { kind: 'refused', code: '21655' }],
  ])('sends nothing when asking for it ends in %s', async (_name, other, expected) => {
    const { twilio, send } = world(other);
    expect(await send()).toMatchObject(expected);
    expect(twilio.messages()).toEqual([]);
  });

  it('sends nothing while a place is open: the sample would be read', async () => {
    const { twilio, send } = world(listing(contentOf(1, 'offer', 'en', 'approved', 'Hi {{1}}, {{2}} is ready')));
    expect(await send()).toMatchObject({ kind: 'refused', code: '63028', reason: expect.stringContaining('{{2}}') });
    expect(twilio.messages()).toEqual([]);
  });
});

describe('typing', () => {
  const read = (other: Answer, given: { typing?: boolean; more?: Parameters<typeof channelOf>[0] } = {}) => {
    const twilio = fakeTwilio({ other });
    return twilioReader({ apiUrl: 'https://twilio.test', fetch: twilio.fetch })({
      channel: channelOf(given.more),
      messageId: sidOf('SM', 1),
      typing: given.typing ?? true,
      signal: new AbortController().signal,
    }).then((words) => ({ words, twilio }));
  };
  const shown = () => Response.json({ success: true });

  it('is shown under the message of the person', async () => {
    const { words, twilio } = await read(shown);
    expect(words).toBeNull();
    expect(twilio.asked[0]).toMatchObject({
      method: 'POST',
      url: 'https://twilio.test/v2/Indicators/Typing.json',
      form: { channel: 'whatsapp', messageId: sidOf('SM', 1) },
    });
  });

  it('is never shown by itself: Twilio cannot mark as read alone', async () => {
    const { words, twilio } = await read(shown, { typing: false });
    expect(words).toContain('only together with');
    expect(twilio.asked).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    ['a wrong token', refusal(20003, 401), 'account and token'],
    ['no such message', notFound, 'does not know'],
    ['false', () => Response.json({ success: false }), 'did not show'],
    ['a page', () => new Response('<html>'), 'no answer'],
    ['silence', () => Promise.reject(new DOMException('x', 'TimeoutError')), 'no answer'],
  ])('tells in words of %s', async (_name, answer, words) => {
    expect((await read(answer)).words).toContain(words);
  });

  it('needs an account', async () => {
    const { words, twilio } = await read(shown, { more: { secrets: null } });
    expect(words).toContain('no account and token');
    expect(twilio.asked).toEqual([]);
  });
});
