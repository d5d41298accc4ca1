import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, PUBLIC_URL, startTestApp, type TestApp } from '../../testing/app.ts';
import { AUTH_TOKEN, ECHO, twilioNumber, twilioSignature, twilioText } from '../../testing/twilio.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const INBOUND = '/webhook/twilio/whatsapp';
const STATUS = '/webhook/twilio/status';

type Params = Record<string, string>;

/** An organization with these numbers of Twilio and a bot that says every text again. */
async function home(changes: Record<string, unknown>[] = [{}]) {
  const program = await test.program();
  const numbers = [];
  for (const change of changes) {
    const number = twilioNumber(change);
    const made = await program.call('POST', '/api/channels', number);
    expect(made.statusCode).toBe(201);
    numbers.push({ ...number, id: made.json<{ id: string }>().id });
  }
  const [number] = numbers;
  if (!number) throw new Error('no number');
  return { program, numbers, number, rows: (name: string) => rowsOf(program, name) };
}

async function echo({ call }: Program): Promise<void> {
  const { id } = (await call('POST', '/api/flows', { name: 'Echo', document: ECHO })).json();
  expect((await call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(200);
}

const rowsOf = ({ organization }: Program, name: string) =>
  test.connection.collection(name).find({ organization }).toArray();

const keptOf = async (program: Program) =>
  (await rowsOf(program, 'events')).flatMap((row) => (row.kind === 'other' ? [JSON.parse(String(row.payload))] : []));

async function post(path: string, params: Params, headers: Params = {}) {
  const answer = await test.app.inject({
    method: 'POST',
    url: path,
    payload: new URLSearchParams(params).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilioSignature(PUBLIC_URL + path, params),
      ...headers,
    },
  });
  await test.engine.settle();
  return answer;
}

async function postBody(path: string, payload: string, headers: Params = {}, token = AUTH_TOKEN) {
  const signed = `${path}?bodySHA256=${createHash('sha256').update(payload).digest('hex')}`;
  const signature = twilioSignature(PUBLIC_URL + signed, {}, token);
  return test.app.inject({
    method: 'POST',
    url: signed,
    payload,
    headers: { 'content-type': 'application/json', 'x-twilio-signature': signature, ...headers },
  });
}

describe('a message', () => {
  it('is stored, answered with nothing to say, and heard by the flow', async () => {
    const { program, number, rows } = await home();
    await echo(program);
    const params = twilioText(number, { Body: 'Hola ñ 👍' });
    const answer = await post(INBOUND, params);
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      200,
      expect.stringMatching(/^text\/xml/),
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    ]);
    const stored = (await rows('messages')).find(({ direction }) => direction === 'INBOUND');
    expect(stored).toMatchObject({ providerIds: [params.MessageSid], text: 'Hola ñ 👍' });
    expect(test.provider.textsTo(params.From)).toContain('Echo: Hola ñ 👍');
    const channel = (await program.call('GET', `/api/channels/${number.id}`)).json();
    expect(channel.heardFromAt).toBe(test.clock.time.toISOString());
  });

  it('changes nothing when it comes again', async () => {
    const { program, number, rows } = await home();
    await echo(program);
    const params = twilioText(number, { From: 'whatsapp:+447911000777', WaId: '447911000777' });
    for (const token of ['one', 'one', 'two']) {
      expect((await post(INBOUND, params, { 'i-twilio-idempotency-token': token })).statusCode).toBe(200);
    }
    expect(await rows('messages')).toHaveLength(2);
    expect(test.provider.textsTo(params.From)).toEqual(['Echo: hi']);
  });

  it('finds the person again by the id, from another phone', async () => {
    const { number, rows } = await home();
    const ExternalUserId = 'whatsapp:GB.4480000000000001';
    await post(INBOUND, twilioText(number, { ExternalUserId }));
    const moved = { From: 'whatsapp:+447911999999', WaId: '447911999999' };
    expect((await post(INBOUND, twilioText(number, { ExternalUserId, ...moved }))).statusCode).toBe(200);
    const nameless = twilioText(number, { From: ExternalUserId, WaId: '' });
    expect((await post(INBOUND, nameless)).statusCode).toBe(200);
    expect(await rows('contacts')).toHaveLength(1);
    expect(await rows('messages')).toHaveLength(3);
  });

  it.each([
    ['no id', { MessageSid: '' }, 'This webhook names no MessageSid.'],
    ['no sender', { From: '', WaId: '' }, 'This message names nobody.'],
    ['an SMS', { From: '+447911123456', To: '', WaId: '' }, 'This came as an SMS, not by WhatsApp.'],
  ])('with %s is kept and shown', async (_, change, problem) => {
    const { program, number } = await home();
    const To = 'To' in change ? number.from : `whatsapp:${number.from}`;
    expect((await post(INBOUND, twilioText(number, { ...change, To }))).statusCode).toBe(200);
    const shown = (await program.call('GET', '/api/webhook-log')).json();
    expect(shown.items).toMatchObject([{ payload: { problem } }]);
  });

  it('takes the consent away where Twilio has handled a STOP, and nothing answers it', async () => {
    const { program, number, rows } = await home();
    await echo(program);
    const From = 'whatsapp:+447911000778';
    const stop = twilioText(number, { From, WaId: '447911000778', Body: 'Arrêt', OptOutType: 'STOP' });
    expect((await post(INBOUND, stop)).statusCode).toBe(200);
    expect(await rows('contacts')).toMatchObject([{ consent: { service: false } }]);
    expect(test.provider.textsTo(From)).toEqual([]);
  });

  it('may come as JSON, signed by its hash', async () => {
    const { number, rows } = await home();
    const answer = await postBody(INBOUND, JSON.stringify(twilioText(number)));
    await test.engine.settle();
    expect(answer.statusCode).toBe(200);
    expect(await rows('messages')).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  it.each(['{', '[]', '"text"', 'no JSON'])('is kept under the account that signed it: %s', async (payload) => {
    const authToken = `token of ${payload}`;
    const { program } = await home([{ authToken }]);
    const answer = await postBody(INBOUND, payload, {}, authToken);
    expect(answer.statusCode).toBe(200);
    const [kept] = await keptOf(program);
    expect(kept).toMatchObject({ field: 'unreadable', problem: 'The body is neither a form nor a JSON object.' });
    expect(JSON.parse(kept.raw)).toBe(payload);
  });

  it('is kept when it is far too long, and starts nothing', async () => {
    const { program, number, rows } = await home();
    expect((await post(INBOUND, twilioText(number, { Body: '\0'.repeat(400_000) }))).statusCode).toBe(200);
    expect(await keptOf(program)).toMatchObject([{ problem: 'The body is longer than 256000 characters.' }]);
    expect(await rows('messages')).toHaveLength(0);
  });

  it('is refused when nobody has signed it', async () => {
    await home();
    const headers = { 'x-twilio-signature': twilioSignature(PUBLIC_URL + INBOUND, {}, 'of a stranger') };
    expect((await postBody(INBOUND, '{', headers)).statusCode).toBe(403);
    expect((await post(INBOUND, {}, headers)).statusCode).toBe(403);
    expect((await test.app.inject({ method: 'POST', url: INBOUND })).statusCode).toBe(403);
  });

  it.each(['To', 'AccountSid'])(
    'is kept where it names no %s: one number does not answer for another',
    async (name) => {
      const accountSid = `AC${name.length.toString().padStart(32, 'e')}`;
      const { program, numbers, rows } = await home([
        { accountSid, authToken: name },
        { accountSid, authToken: name },
      ]);
      await echo(program);
      const { [name]: _, ...params } = twilioText({ accountSid, from: numbers.at(-1)?.from ?? '' }) as Params;
      const signed = { 'x-twilio-signature': twilioSignature(PUBLIC_URL + INBOUND, params, name) };
      expect((await post(INBOUND, params, signed)).statusCode).toBe(200);
      expect(await keptOf(program)).toMatchObject([{ field: 'unreadable', problem: `This message names no ${name}.` }]);
      expect(await rows('conversations')).toEqual([]);
    },
  );

  it('is not even sorted for a signature where it has thousands of parameters', async () => {
    const { number, rows } = await home();
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`p${index}`, '']));
    expect((await post(INBOUND, { ...twilioText(number), ...many })).statusCode).toBe(413);
    expect(await rows('events')).toEqual([]);
  });

  it('is refused over 3.1 MB', async () => {
    const { number } = await home();
    expect((await post(INBOUND, twilioText(number, { Body: 'x'.repeat(3_200_000) }))).statusCode).toBe(413);
  });
});

describe('a request is refused', () => {
  const refusals: [string, (params: Params) => [Params, Params?]][] = [
    [
      'with a changed word',
      (params) => [{ ...params, Body: 'hI' }, { 'x-twilio-signature': twilioSignature(PUBLIC_URL + INBOUND, params) }],
    ],
    [
      'with a parameter more',
      (params) => [{ ...params, X: '1' }, { 'x-twilio-signature': twilioSignature(PUBLIC_URL + INBOUND, params) }],
    ],
    ['without a signature', (params) => [params, { 'x-twilio-signature': '' }]],
    [
      'signed for another address',
      (params) => [
        params,
        {
          'x-twilio-signature': twilioSignature(`https://evil.example${INBOUND}`, params),
          host: 'evil.example',
          'x-forwarded-host': 'evil.example',
        },
      ],
    ],
    [
      'signed with another token',
      (params) => [params, { 'x-twilio-signature': twilioSignature(PUBLIC_URL + INBOUND, params, 'other') }],
    ],
    ['for a number that nobody has', (params) => [{ ...params, To: 'whatsapp:+19995550000' }]],
    ['for the number of another account', (params) => [{ ...params, AccountSid: `AC${'f'.repeat(32)}` }]],
    ['for no number at all', (params) => [{ ...params, To: 'whatsapp:../x' }]],
  ];
  it.each(refusals)('%s', async (_, change) => {
    const { number, rows } = await home();
    const [params, headers] = change(twilioText(number));
    const answer = await post(INBOUND, params, headers);
    expect([answer.statusCode, answer.body]).toEqual([403, '']);
    expect(await rows('events')).toHaveLength(0);
    expect((await rows('channels'))[0]?.heardFromAt).toBeNull();
  });

  it('and counted on the number that it names, for the channel’s check', async () => {
    const { number, rows } = await home();
    await post(INBOUND, twilioText(number), { 'x-twilio-signature': 'x' });
    expect((await rows('channels'))[0]?.refused).toMatchObject({ count: 1 });
    await post(INBOUND, twilioText(number));
    expect((await rows('channels'))[0]?.refused).toBeUndefined();
  });

  it('once the channel is switched off', async () => {
    const { program, number } = await home();
    await program.call('PATCH', `/api/channels/${number.id}`, { enabled: false });
    expect((await post(INBOUND, twilioText(number))).statusCode).toBe(403);
  });
});

it('tells two numbers of one account apart', async () => {
  const accountSid = `AC${'a'.repeat(32)}`;
  const { numbers, rows } = await home([{ accountSid }, { accountSid }]);
  for (const number of numbers) await post(INBOUND, twilioText({ accountSid, from: number.from }));
  expect(new Set((await rows('conversations')).map(({ channel }) => channel))).toEqual(
    new Set(numbers.map(({ id }) => id)),
  );
});

describe('a status', () => {
  /** A message of ours that went out to somebody, and the callback that tells of it. */
  async function sent(changes: Record<string, unknown>[] = [{}]) {
    const house = await home(changes);
    await echo(house.program);
    const last = house.numbers.at(-1) ?? house.number;
    const From = `whatsapp:+4479${String(Math.abs(hash(last.from)))
      .padStart(8, '0')
      .slice(-8)}`;
    await post(INBOUND, twilioText({ accountSid: last.accountSid, from: last.from }, { From, WaId: From.slice(10) }));
    const ours = async () => (await house.rows('messages')).find(({ direction }) => direction === 'OUTBOUND');
    const message = await ours();
    if (!message) throw new Error('nothing went out');
    const params: Params = {
      MessageSid: String(message.providerIds[0]),
      MessageStatus: 'delivered',
      To: From,
      From: `whatsapp:${last.from}`,
      AccountSid: last.accountSid,
    };
    return { ...house, last, params, path: `${STATUS}?m=${message._id}`, ours };
  }
  const hash = (text: string) => [...text].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 7);

  it('moves the message that its address names, and never back', async () => {
    const { path, params, ours } = await sent();
    expect(await ours()).toMatchObject({ rank: 1 });
    for (const [MessageStatus, rank] of [
      ['queued', 1],
      ['read', 4],
      ['delivered', 4],
      ['sent', 4],
      ['failed', 4],
    ] as const) {
      expect((await post(path, { ...params, MessageStatus })).statusCode).toBe(200);
      expect(await ours()).toMatchObject({ rank });
    }
  });

  it('finds its message by Twilio’s id, where the address names none', async () => {
    const { params, ours } = await sent();
    await post(STATUS, params);
    expect(await ours()).toMatchObject({ rank: 3 });
  });

  it('tells why a message was not delivered', async () => {
    const { path, params, ours } = await sent();
    await post(path, { ...params, MessageStatus: 'undelivered', ErrorCode: '63016' });
    expect(await ours()).toMatchObject({ rank: 2, error: { code: '63016', reason: expect.stringContaining('24') } });
  });

  it('is heard by the Messaging Service, where the number is missing or another one of it', async () => {
    const messagingServiceSid = `MG${'1'.repeat(32)}`;
    const accountSid = `AC${'b'.repeat(32)}`;
    const service = { messagingServiceSid, accountSid };
    const { path, params, ours } = await sent([service, service]);
    const { From: _from, ...rest } = params;
    const byService = { ...rest, MessagingServiceSid: messagingServiceSid };
    expect((await post(path, byService)).statusCode).toBe(200);
    expect(await ours()).toMatchObject({ rank: 3 });
    const pooled = { ...byService, From: 'whatsapp:+19998887777', MessageStatus: 'read' };
    expect((await post(path, pooled)).statusCode).toBe(200);
    expect(await ours()).toMatchObject({ rank: 4 });
    expect((await post(path, { ...byService, MessagingServiceSid: `MG${'2'.repeat(32)}` })).statusCode).toBe(403);
  });

  it('finds its message also where the service chose a number that is another channel of ours', async () => {
    const pool = { messagingServiceSid: `MG${'3'.repeat(32)}`, accountSid: `AC${'c'.repeat(32)}` };
    const { number, params, path, ours } = await sent([pool, pool]);
    const pooled = { ...params, From: `whatsapp:${number.from}`, MessageStatus: 'read' };
    expect((await post(path, { ...pooled, MessagingServiceSid: pool.messagingServiceSid })).statusCode).toBe(200);
    expect(await ours()).toMatchObject({ rank: 4 });
  });

  it('is refused with another message in its address than was signed', async () => {
    const { path, params, ours } = await sent();
    const headers = { 'x-twilio-signature': twilioSignature(PUBLIC_URL + STATUS, params) };
    expect((await post(path, params, headers)).statusCode).toBe(403);
    expect(await ours()).toMatchObject({ rank: 1 });
  });

  it('moves nothing of another channel, whoever signs', async () => {
    const mine = await sent();
    const theirs = await sent();
    const path = mine.path;
    await post(path, { ...theirs.params, MessageStatus: 'read', MessageSid: mine.params.MessageSid ?? '' });
    expect(await mine.ours()).toMatchObject({ rank: 1 });
    expect(await theirs.ours()).toMatchObject({ rank: 1 });
  });

  it.each(['m=msg_..%2F', 'm=', 'm=msg_1&m=msg_2', 'm[$ne]=1', 'x=%zz'])('takes any query: %s', async (query) => {
    const { params } = await sent();
    expect((await post(`${STATUS}?${query}`, params)).statusCode).toBe(200);
  });
});
