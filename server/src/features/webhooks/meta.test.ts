import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../storage/ids.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { signatureOf } from '../../testing/meta.ts';
import { createChannelStore } from '../channels/store.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const SECRET = 'secret of one app';
let count = 0;

/** An organization with these numbers at one business account; each test has its own. */
async function home(numbers: { appSecret?: string; account?: string }[] = [{}]) {
  const program = await test.program();
  const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
  const account = `account-${++count}`;
  const made: { phone: string; account: string }[] = [];
  for (const { appSecret = SECRET, account: own = account } of numbers) {
    const phone = `number-${++count}`;
    const secrets = { accessToken: 'token', appSecret, verifyToken: 'verify' };
    const fresh = { id: newId('chn'), organization: program.organization, provider: 'meta' as const, name: phone };
    const twilio = { address: null, accountSid: null, messagingServiceSid: null };
    await store.create({ ...fresh, ...twilio, phoneNumberId: phone, businessAccountId: own, secrets });
    made.push({ phone, account: own });
  }
  return { program, numbers: made, log: () => logOf(program) };
}

async function logOf({ organization }: Program) {
  const rows = await test.connection.collection('events').find({ organization }).toArray();
  return rows.map((row) => ({ kind: String(row.kind), ...JSON.parse(String(row.payload)) }) as Record<string, unknown>);
}

async function post(payload: string | Buffer, headers: Record<string, string> = {}) {
  const signed = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload, SECRET) };
  const url = '/webhook/meta/whatsapp';
  const answer = await test.app.inject({ method: 'POST', url, payload, headers: { ...signed, ...headers } });
  await test.engine.settle();
  return answer;
}

const text = (id: string, body = 'Hi') => ({ from: '447700900001', id, type: 'text', text: { body } });
const change = (phone: string, value: object) => ({
  field: 'messages',
  value: { metadata: { phone_number_id: phone }, ...value },
});
const entry = ({ phone, account }: { phone: string; account: string }, value: object) => ({
  id: account,
  changes: [change(phone, value)],
});
const one = async () => {
  const house = await home();
  const [number] = house.numbers;
  if (!number) throw new Error('no number');
  return { ...house, number };
};

/** The only organization of its app. */
async function houseOfOneApp() {
  const appSecret = `app of one house ${++count}`;
  const house = await home([{ appSecret }]);
  const [number] = house.numbers;
  if (!number) throw new Error('no number');
  const signed = (body: string) => post(body, { 'x-hub-signature-256': signatureOf(body, appSecret) });
  return { ...house, number, appSecret, post: signed };
}

describe('what Meta posts', () => {
  it('is kept whole: 1,000 elements, some of them broken, and a second time changes nothing', async () => {
    const { number, log } = await one();
    const messages: unknown[] = Array.from({ length: 600 }, (_, index) => text(`wamid.${index}`));
    const statuses: unknown[] = Array.from({ length: 400 }, (_, index) => ({ id: `out.${index}`, status: 'read' }));
    for (const [at, junk] of [null, 7, 'x', [], {}, { id: { $ne: 1 } }, { id: ['a'], from: {} }].entries()) {
      messages[at * 50] = junk;
      statuses[at * 50] = junk;
    }
    const body = JSON.stringify({ entry: [entry(number, { messages, statuses })] });
    expect((await post(body)).statusCode).toBe(200);
    const rows = await log();
    expect(rows.filter(({ kind }) => kind === 'message')).toHaveLength(593);
    expect(rows.filter(({ kind }) => kind === 'status')).toHaveLength(393);
    expect(rows.filter(({ kind }) => kind === 'other')).toHaveLength(14);
    expect((await post(body)).statusCode).toBe(200);
    expect(await log()).toHaveLength(1_000);
  });

  it.each<[string, (number: { phone: string; account: string }) => string | Buffer]>([
    ['with a byte order mark', (number) => `\uFEFF${JSON.stringify({ entry: [entry(number, say)] })}`],
    ['with an entry that is no list', (number) => JSON.stringify({ entry: entry(number, say) })],
    ['with a key twice', (number) => `{"entry":[],"entry":[${JSON.stringify(entry(number, say))}]}`],
    ['escaped as Meta escapes', (number) => JSON.stringify({ entry: [entry(number, say)] }).replaceAll('/', '\\/')],
    ['of 3 MB', (number) => JSON.stringify({ entry: [entry(number, { ...say, pad: 'x'.repeat(3_000_000) })] })],
    ['nested 100,000 deep', (number) => JSON.stringify({ entry: [entry(number, say)] }).replace('{', deep)],
    ['nested deep in a message', (number) => JSON.stringify({ entry: [entry(number, say)] }).replace('"Hi"', nested)],
  ])('is heard %s', async (_, bodyOf) => {
    const { number, log } = await one();
    expect((await post(bodyOf(number))).statusCode).toBe(200);
    expect(await log()).toContainEqual(expect.objectContaining({ kind: 'message', providerId: 'wamid.1' }));
  });
  const say = { messages: [text('wamid.1')] };
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const deep = `{"deep":${nested},`;

  it('may have any media type', async () => {
    const { number, log } = await one();
    for (const [at, type] of ['text/plain', 'application/x-www-form-urlencoded', 'x/y; z="'].entries()) {
      const body = JSON.stringify({ entry: [entry(number, { messages: [text(`wamid.${at}`)] })] });
      expect((await post(body, { 'content-type': type })).statusCode).toBe(200);
    }
    expect(await log()).toHaveLength(3);
  });

  it('is refused compressed, too large, or under another signature', async () => {
    const { number, log } = await one();
    const body = JSON.stringify({ entry: [entry(number, say)] });
    expect((await post(gzipSync(body), { 'content-encoding': 'gzip' })).statusCode).toBe(415);
    expect((await post(`${body}${' '.repeat(3_200_000)}`)).statusCode).toBe(413);
    for (const signature of ['', signatureOf(body, 'another'), signatureOf(`${body} `, SECRET)])
      expect(await post(body, { 'x-hub-signature-256': signature })).toMatchObject({ statusCode: 401, body: '' });
    expect(await log()).toHaveLength(0);
  });
});

describe('whose it is', () => {
  const say = (id: string) => ({ messages: [text(id)] });

  it('is told by the number, each under its own secret', async () => {
    const { numbers, log } = await home([{}, { appSecret: 'another app' }, {}]);
    const body = { entry: numbers.map((number, at) => entry(number, say(`wamid.${at}`))) };
    expect((await post(JSON.stringify(body))).statusCode).toBe(200);
    const rows = await log();
    expect(rows.map(({ kind, providerId, field }) => [kind, providerId ?? field]).sort()).toEqual([
      ['message', 'wamid.0'],
      ['message', 'wamid.2'],
      ['other', 'unclaimed'],
    ]);
  });

  it('keeps what a body of ours holds for a number that nobody has, and never as its own messages', async () => {
    const { number, log, post } = await houseOfOneApp();
    const stranger = entry({ phone: 'unheard-of', account: 'unheard-of' }, say('wamid.of-a-stranger'));
    const body = JSON.stringify({
      entry: [stranger, entry(number, say('wamid.ours')), 'junk', { id: '1', changes: 7 }],
    });
    expect((await post(body)).statusCode).toBe(200);
    const rows = await log();
    expect(rows).toHaveLength(4);
    expect(rows.filter(({ kind }) => kind === 'message')).toMatchObject([{ providerId: 'wamid.ours' }]);
    const unclaimed = rows.find((row) => JSON.stringify(row).includes('wamid.of-a-stranger'));
    expect(unclaimed).toMatchObject({ kind: 'other', field: 'unclaimed' });
    expect(unclaimed?.problem).toContain('No enabled channel of this app has the number unheard-of');
    expect((await post(body)).statusCode).toBe(200);
    expect(await log()).toHaveLength(4);
  });

  it('is shown to no other organization of the app, where the number is switched off or nobody has it', async () => {
    const { number, log, post, appSecret } = await houseOfOneApp();
    const other = await home([{ appSecret }]);
    const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
    const [theirs = ''] = await store.enabledIds(other.program.organization);
    await store.change(other.program.organization, theirs, { enabled: false });
    const [off] = other.numbers;
    const body = JSON.stringify({
      entry: [
        entry(number, say('wamid.ours')),
        entry(off ?? number, say('wamid.switched-off')),
        entry({ phone: 'unheard-of', account: 'unheard-of' }, say('wamid.of-a-stranger')),
      ],
    });
    expect((await post(body)).statusCode).toBe(200);
    const rows = await log();
    expect(rows.map(({ kind, field }) => field ?? kind)).toEqual(['message', 'unclaimed']);
    expect(rows[1]).toMatchObject({ raw: 'null', problem: expect.stringContaining('unheard-of') });
    expect(JSON.stringify(rows)).not.toMatch(/switched-off|of-a-stranger/);
    const [kept] = await other.log();
    expect(kept).toMatchObject({ field: 'unclaimed', raw: expect.stringContaining('wamid.switched-off') });
  });

  it('is shown to nobody of the app that all sign up with, even where one organization alone is left there', async () => {
    const { number, program, log, post } = await houseOfOneApp();
    const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
    const [id = ''] = await store.enabledIds(program.organization);
    await test.connection.collection<{ _id: string }>('channels').updateOne({ _id: id }, { $set: { signedUp: '77' } });
    const gone = entry({ phone: 'has-left', account: 'has-left' }, say('wamid.of-who-left'));
    expect((await post(JSON.stringify({ entry: [entry(number, say('wamid.ours')), gone] }))).statusCode).toBe(200);
    const rows = await log();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('of-who-left');
  });

  it("is nobody's when the number alone is unknown: Meta shall try again", async () => {
    const { log } = await one();
    const stranger = entry({ phone: 'unheard-of', account: 'unheard-of' }, say('wamid.1'));
    expect((await post(JSON.stringify({ entry: [stranger] }))).statusCode).toBe(401);
    expect(await log()).toHaveLength(0);
  });

  it('is told to every organization of an account, once', async () => {
    const account = `shared-${++count}`;
    const another = { account, appSecret: 'the app of before' };
    const homes = [await home([{ account }, { account }]), await home([another, { account }])];
    const value = { event: 'APPROVED', message_template_id: 1 };
    const body = { entry: [{ id: account, changes: [{ field: 'message_template_status_update', value }] }] };
    expect((await post(JSON.stringify(body))).statusCode).toBe(200);
    for (const { log } of homes)
      expect(await log()).toMatchObject([{ kind: 'other', field: 'message_template_status_update' }]);
  });

  it.each([
    'not json',
    '{"entry":[]}',
    '{"entry":[null,"x"]}',
    '{}',
    '[]',
    '"\\ud800"',
    `${'\u0001'.repeat(2_000_000)}`,
  ])("is kept by whoever's secret signed it where nothing can be read: %#", async (body) => {
    const own = `app of its own ${++count}`;
    const { log } = await home([{ appSecret: own }]);
    expect((await post(body, { 'x-hub-signature-256': signatureOf(body, own) })).statusCode).toBe(200);
    expect(await log()).toMatchObject([{ kind: 'other', field: 'unreadable' }]);
  });

  it('is not looked for 20,000 times nor read, whatever a stranger writes', async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => entry({ phone: `p${at}`, account: 'a' }, {}));
    for (const body of [JSON.stringify({ entry: many }), `{"entry":[0${',0'.repeat(1_400_000)}]}`])
      expect((await post(body, { 'x-hub-signature-256': 'sha256=0' })).statusCode).toBe(401);
  });
});

it('shakes hands with who knows the token, and with nobody else', async () => {
  await one();
  const ask = (query: string) => test.app.inject({ method: 'GET', url: `/webhook/meta/whatsapp?${query}` });
  const right = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify';
  expect(await ask(right)).toMatchObject({ statusCode: 200, body: '1158201444' });
  expect((await ask(right)).headers['content-type']).toBe('text/plain; charset=utf-8');
  const wrong = [right.replace('verify_token=verify', 'verify_token=Verify'), right.replace('subscribe', 'x'), ''];
  for (const query of [...wrong, `${right}&hub.mode=subscribe`, `${right}&hub.verify_token=verify`])
    expect(await ask(query)).toMatchObject({ statusCode: 403 });
});
