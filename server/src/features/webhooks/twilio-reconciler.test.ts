import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PUBLIC_URL, startTestApp, type TestApp } from '../../testing/app.ts';
import { AUTH_TOKEN, ECHO, twilioNumber, twilioSignature, twilioText } from '../../testing/twilio.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One message of Twilio's list. */
type Listed = Record<string, unknown> & { sid: string; from: string; body: string; date_sent: string };
let listed: Listed[] = [];
/** Every list that Twilio was asked for. */
let asked: URL[] = [];
let phones = 0;

beforeEach(() => {
  listed = [];
  asked = [];
  test.clock.time = new Date(test.clock.time.getTime() + 24 * HOUR);
  test.provider.twilio = async (url) => answer(url);
});

/** As Twilio does: what was sent to the number since then, newest first, two on a page. */
function answer(url: URL): Response {
  asked.push(url);
  const media = /Messages\/(\w+)\/Media/.exec(url.pathname)?.[1];
  if (media) {
    const uri = `/2010-04-01/Accounts/AC1/Messages/${media}/Media/ME1.json`;
    return Response.json({ media_list: [{ sid: 'ME1', content_type: 'image/jpeg', uri }], next_page_uri: null });
  }
  const since = new Date(url.searchParams.get('DateSent>') ?? 0);
  const hits = listed
    .filter(({ to, date_sent }) => to === url.searchParams.get('To') && new Date(date_sent) >= since)
    .sort((one, other) => new Date(other.date_sent).getTime() - new Date(one.date_sent).getTime());
  const page = Number(url.searchParams.get('Page') ?? 0);
  const messages = hits.slice(page * 2, page * 2 + 2);
  const next = new URL(url);
  next.searchParams.set('Page', String(page + 1));
  return Response.json({ messages, next_page_uri: hits.length > page * 2 + 2 ? next.pathname + next.search : null });
}

/** A number with a bot that says everything again, and what somebody wrote to it. */
async function home(change: Record<string, unknown> = {}) {
  const program = await test.program();
  const number = twilioNumber(change);
  const channel = await program.call('POST', '/api/channels', number);
  expect(channel.statusCode).toBe(201);
  const flow = await program.call('POST', '/api/flows', { name: 'Echo', document: ECHO });
  await program.call('POST', `/api/flows/${flow.json().id}/publish`, {});
  await look(); // what the check of a new channel asks for, and the first look, are over
  asked = [];
  const phone = `whatsapp:+4475${String(++phones).padStart(8, '0')}`;
  const write = (body: string, ago: number, more: Record<string, unknown> = {}): Listed => {
    const one = {
      sid: `SM${String(++phones).padStart(32, '0')}`,
      from: phone,
      to: `whatsapp:${number.from}`,
      body,
      direction: 'inbound',
      num_media: '0',
      account_sid: number.accountSid,
      date_sent: new Date(test.clock.time.getTime() - ago).toUTCString(),
      ...more,
    };
    listed.push(one);
    return one;
  };
  const rows = () => test.connection.collection('messages').find({ organization: program.organization }).toArray();
  return {
    program,
    number,
    write,
    phone,
    replies: () => test.provider.textsTo(phone),
    inbound: async () => (await rows()).filter(({ direction }) => direction === 'INBOUND'),
    check: async () => (await program.call('GET', `/api/channels/${channel.json().id}`)).json().check,
  };
}

async function look(): Promise<void> {
  await test.engine.reconciler.once();
  await test.engine.settle();
}

const later = (ms: number): void => {
  test.clock.time = new Date(test.clock.time.getTime() + ms);
};

async function webhook(number: { accountSid: string; from: string }, { sid, from, body }: Listed) {
  const params = twilioText(number, { MessageSid: sid, From: from, WaId: from.slice(10), Body: body });
  const url = '/webhook/twilio/whatsapp';
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilioSignature(PUBLIC_URL + url, params, AUTH_TOKEN),
  };
  const payload = new URLSearchParams(params).toString();
  const reply = await test.app.inject({ method: 'POST', url, payload, headers });
  return reply.statusCode;
}

describe('what no webhook told of', () => {
  it('is found within ten minutes, in its order, with its time, and answered once', async () => {
    const { write, replies, inbound } = await home();
    later(HOUR);
    for (const [index, body] of ['one', 'two', 'three', 'four', 'five'].entries()) write(body, (5 - index) * MINUTE);
    await look();
    expect(replies()).toEqual(['one', 'two', 'three', 'four', 'five'].map((body) => `Echo: ${body}`));
    later(10 * MINUTE);
    await look();
    expect(replies()).toHaveLength(5);
    expect(await inbound()).toHaveLength(5);
  });

  it('is found though the first webhook after the outage came before the look', async () => {
    const { number, write, replies } = await home();
    later(5 * HOUR);
    write('lost', 4 * HOUR);
    expect(await webhook(number, write('heard', 0))).toBe(200);
    await look();
    expect(replies().sort()).toEqual(['Echo: heard', 'Echo: lost']);
  });

  it('is one message when the webhook comes at the same moment, and when it comes later', async () => {
    const { number, write, replies, inbound } = await home();
    later(HOUR);
    const message = write('now', MINUTE);
    await Promise.all([webhook(number, message), look(), webhook(number, message)]);
    expect(await webhook(number, message)).toBe(200);
    await test.engine.settle();
    expect(replies()).toEqual(['Echo: now']);
    expect(await inbound()).toHaveLength(1);
  });

  it('is left to its webhook for a minute, which knows more of it', async () => {
    const { number, write, replies } = await home();
    later(HOUR);
    write('just now', MINUTE - 1_000);
    await look();
    expect(replies()).toEqual([]);
    later(MINUTE);
    await look();
    expect(replies()).toEqual(['Echo: just now']);
    later(MINUTE);
    await look();
    const ours = asked.filter((url) => url.searchParams.get('To') === `whatsapp:${number.from}`);
    expect(ours).toHaveLength(2); // not a third time before ten minutes have passed
  });

  it('is stored and not answered when it is older than a day', async () => {
    const { write, replies, inbound } = await home();
    later(50 * HOUR);
    write('yesterday', 25 * HOUR);
    write('today', 23 * HOUR);
    await look();
    expect(replies()).toEqual(['Echo: today']);
    expect((await inbound()).map(({ text }) => text).sort()).toEqual(['today', 'yesterday']);
  });

  it('is no message of ours, of another number, or from before the channel', async () => {
    const { write, inbound } = await home();
    later(HOUR);
    write('ours', MINUTE, { direction: 'outbound-api' });
    write('theirs', MINUTE, { to: 'whatsapp:+19990001111' });
    write('before', 3 * HOUR);
    await look();
    expect(await inbound()).toHaveLength(0);
  });

  it('brings its files', async () => {
    const { write, inbound } = await home();
    later(HOUR);
    const { sid } = write('look', MINUTE, { num_media: '1' });
    write('', MINUTE);
    await look();
    expect(asked.filter(({ pathname }) => pathname.endsWith(`/Messages/${sid}/Media.json`))).toHaveLength(1);
    const picture = (await inbound()).find(({ providerIds }) => providerIds.includes(sid));
    expect(picture).toMatchObject({ type: 'IMAGE', text: 'look', files: [{ contentType: 'image/jpeg' }] });
    expect(await inbound()).toHaveLength(2);
  });
});

describe('Twilio is asked', () => {
  it('for each number at most every ten minutes, by one process', async () => {
    await home();
    later(MINUTE);
    await look();
    expect(asked).toHaveLength(0);
    later(10 * MINUTE);
    await Promise.all([look(), look()]);
    const lists = asked.filter(({ pathname }) => pathname.endsWith('/Messages.json'));
    expect(lists.length).toBeGreaterThan(0);
    expect(new Set(lists.map(({ href }) => href)).size).toBe(lists.length);
  });

  it('for three days at most', async () => {
    const { number } = await home();
    later(30 * 24 * HOUR);
    await look();
    const mine = asked.find(({ searchParams }) => searchParams.get('To') === `whatsapp:${number.from}`);
    const since = new Date(mine?.searchParams.get('DateSent>') ?? 0);
    expect(test.clock.time.getTime() - since.getTime()).toBe(72 * HOUR);
  });

  it('again from where it was, after it was away', async () => {
    const { write, replies } = await home();
    later(HOUR);
    write('lost', 30 * MINUTE);
    test.provider.twilio = async () => {
      throw new TypeError('fetch failed');
    };
    await look();
    test.provider.twilio = async (url) => answer(url);
    later(11 * MINUTE);
    await look();
    expect(replies()).toEqual(['Echo: lost']);
  });

  it('no more in this look, once it says that an account asks too much', async () => {
    const accountSid = `AC${'c'.repeat(32)}`;
    await home({ accountSid });
    await home({ accountSid });
    later(11 * MINUTE);
    let calls = 0;
    test.provider.twilio = async (url) => {
      if (!url.pathname.includes(accountSid)) return answer(url);
      calls += 1;
      return Response.json({ code: 20429, message: 'Too many requests', status: 429 }, { status: 429 });
    };
    await look();
    expect(calls).toBe(1);
  });
});

it('makes the channel’s check fail while Twilio refuses the key, and takes that back', async () => {
  const { number, check } = await home();
  later(11 * MINUTE);
  test.provider.twilio = async (url) => {
    if (!url.pathname.includes(number.accountSid)) return answer(url);
    return Response.json({ code: 20003, message: 'Authenticate', status: 401 }, { status: 401 });
  };
  await look();
  expect(await check()).toMatchObject({ state: 'failing' });
  expect((await check()).problems[0]).toMatchObject({
    message: 'Invalid WhatsApp configuration for your organization. Please contact admin.',
    remedy: expect.stringMatching(/\w/),
  });
  expect(JSON.stringify(await check())).not.toContain(AUTH_TOKEN);
  test.provider.twilio = async (url) => answer(url);
  later(11 * MINUTE);
  await look();
  expect((await check()).problems.filter(({ code }: { code: string }) => code === 'token_invalid')).toEqual([]);
});
