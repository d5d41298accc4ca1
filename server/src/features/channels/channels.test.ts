import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, PUBLIC_URL, startTestApp, type TestApp } from '../../testing/app.ts';
import { createChannelStore } from './store.ts';

let test: TestApp;
let acme: Program;
let numbers = 1_000;
beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
});
afterAll(() => test.close());
beforeEach(() => test.meta.knowsTheNumber());

const SECRETS = { accessToken: 'EAAG-access-token', appSecret: 'app-secret-0123', verifyToken: 'verify-me-please' };

function metaNumber(change: object = {}) {
  numbers += 1;
  const ids = { phoneNumberId: String(numbers), businessAccountId: '2001' };
  return { provider: 'meta', name: 'Support', ...ids, ...SECRETS, ...change };
}
const twilioNumber = (change: object = {}) => ({
  provider: 'twilio',
  name: 'Twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  authToken: 'twilio-auth-token',
  from: '+447700900123',
  ...change,
});
const connect = (body: object, by = acme) => by.call('POST', '/api/channels', body);
const store = () => createChannelStore(test.connection, test.keyring, () => test.clock.time);

describe('connecting a number of Meta', () => {
  it('asks Meta for it, and keeps its secrets to itself', async () => {
    const body = metaNumber();
    const made = await connect(body);
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    expect(made.headers.location).toBe(`/api/channels/${id}`);
    expect(made.json()).toEqual({
      id: expect.stringMatching(/^chn_[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      provider: 'meta',
      name: 'Support',
      enabled: true,
      address: '+14155238886',
      phoneNumberId: body.phoneNumberId,
      businessAccountId: '2001',
      accountSid: null,
      messagingServiceSid: null,
      webhook: { inbound: `${PUBLIC_URL}/webhook/meta/whatsapp`, status: null, verifyToken: 'verify-me-please' },
      secrets: { accessToken: true, appSecret: true, verifyToken: true },
      check: { state: 'ok', at: '2026-03-02T09:00:00.000Z', problems: [], diagnostics: expect.any(Array) },
      settings: { silenceSeconds: 60, unanswered: 'retry' },
      answeredBy: { kind: 'flows', id: null },
      heardFromAt: null,
      createdAt: '2026-03-02T09:00:00.000Z',
      updatedAt: '2026-03-02T09:00:00.000Z',
    });
    expect(test.meta.asked.at(-1)).toMatchObject({
      method: 'GET',
      url: `https://graph.test/v24.0/${body.phoneNumberId}?fields=display_phone_number,verified_name`,
      headers: { authorization: 'Bearer EAAG-access-token' },
    });
    expect((await acme.call('GET', `/api/channels/${id}`)).json()).toEqual(made.json());
  });

  it('leaves no secret in an answer or in the store', async () => {
    const { id } = (await connect(metaNumber())).json();
    const seen = [
      (await acme.call('GET', '/api/channels')).body,
      (await acme.call('GET', `/api/channels/${id}`)).body,
      JSON.stringify(await test.connection.collection('channels').find({}).toArray()),
    ].join();
    expect(seen).not.toContain(SECRETS.accessToken);
    expect(seen).not.toContain(SECRETS.appSecret);
  });

  it('makes a verify token where none is given', async () => {
    const made = (await connect(metaNumber({ verifyToken: undefined }))).json();
    expect(made.webhook.verifyToken).toMatch(/^[\w-]{32}$/);
  });

  it('is possible while Meta refuses or is away: the check says why', async () => {
    test.meta.refuses(190, `Error validating ${SECRETS.accessToken}: it has expired`);
    const refused = (await connect(metaNumber())).json();
    expect(refused.check).toMatchObject({ state: 'failing', problems: [{ code: 'token_invalid' }] });
    expect(refused.check.problems[0].message).toBe('Error validating [access token]: it has expired');
    test.meta.isAway();
    const away = await connect(metaNumber());
    expect(away.statusCode).toBe(201);
    expect(away.json()).toMatchObject({ address: null, check: { problems: [{ code: 'provider_unreachable' }] } });
  });

  it('is refused where the number is connected already, by anybody', async () => {
    const body = metaNumber();
    await connect(body);
    const other = await test.program();
    for (const by of [acme, other]) {
      const again = await connect(body, by);
      expect(again.statusCode).toBe(409);
      expect(again.json().code).toBe('channel_exists');
    }
  });

  it('makes one channel of two that come at once', async () => {
    const body = metaNumber();
    const answers = await Promise.all([connect(body), connect(body), connect(body)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
  });

  it.each([
    { phoneNumberId: '../me' },
    { phoneNumberId: { $ne: null } },
    { accessToken: undefined },
    { appSecret: '' },
    { organization: 'org_other' },
    { _id: 'chn_mine' },
    { createdAt: '2020-01-01T00:00:00Z' },
    { provider: 'telegram' },
  ])('is refused with %j', async (change) => {
    const refused = await connect(metaNumber(change));
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors[0].path).toMatch(/^\/\w+/);
    expect(refused.body).not.toContain(SECRETS.appSecret);
  });
});

describe('other providers', () => {
  it('the simulator needs a name only', async () => {
    const made = await connect({ provider: 'simulator', name: 'Try it' });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      provider: 'simulator',
      address: null,
      secrets: {},
      webhook: { inbound: null, status: null, verifyToken: null },
      check: { state: 'ok' },
    });
  });

  it('may be as many simulators as one likes', async () => {
    for (const name of ['one', 'two']) expect((await connect({ provider: 'simulator', name })).statusCode).toBe(201);
  });

  it('twilio is asked for the account, the number and the sender', async () => {
    const made = await connect(twilioNumber());
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ provider: 'twilio', address: '+447700900123', secrets: { authToken: true } });
    const asked = test.meta.asked.slice(-4).map(({ url }) => new URL(url).pathname);
    expect(asked).toContain(`/2010-04-01/Accounts/AC${'a'.repeat(32)}.json`);
    expect(asked).toContain('/v2/Channels/Senders');
    expect(made.body).not.toContain('twilio-auth-token');
  });

  it('twilio’s refusal of the token is said', async () => {
    test.meta.answer = { status: 401, text: JSON.stringify({ code: 20003, message: 'Authenticate', status: 401 }) };
    const made = await connect(twilioNumber({ from: '+447700900124' }));
    expect(made.json().check).toMatchObject({ state: 'failing', problems: [{ code: 'token_invalid' }] });
  });
});

describe('changing a channel', () => {
  it('touches what was sent', async () => {
    const { id } = (await connect(metaNumber())).json();
    const patch = { name: 'Sales', enabled: false, settings: { unanswered: 'unknown' }, accessToken: 'EAAG-new' };
    const changed = await acme.call('PATCH', `/api/channels/${id}`, patch);
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({
      name: 'Sales',
      enabled: false,
      settings: { silenceSeconds: 60, unanswered: 'unknown' },
      webhook: { verifyToken: 'verify-me-please' },
    });
    const opened = await store().withSecrets(acme.organization, id);
    expect(opened?.secrets).toEqual({ ...SECRETS, accessToken: 'EAAG-new' });
  });

  it.each([
    { phoneNumberId: '1' },
    { provider: 'simulator' },
    { id: 'chn_x' },
    { address: '+1' },
    { heardFromAt: null },
  ])('refuses %j', async (patch) => {
    const { id } = (await connect(metaNumber())).json();
    expect((await acme.call('PATCH', `/api/channels/${id}`, patch)).json()).toMatchObject({
      code: 'invalid_request',
      errors: [{ code: 'unknown_field', path: `/${Object.keys(patch)[0]}` }],
    });
  });

  it('refuses secrets for a simulator', async () => {
    const { id } = (await connect({ provider: 'simulator', name: 'x' })).json();
    expect((await acme.call('PATCH', `/api/channels/${id}`, { appSecret: 'x' })).statusCode).toBe(422);
  });

  it('removes it, and frees its number', async () => {
    const body = metaNumber();
    const { id } = (await connect(body)).json();
    expect((await acme.call('DELETE', `/api/channels/${id}`)).statusCode).toBe(204);
    expect((await acme.call('GET', `/api/channels/${id}`)).statusCode).toBe(404);
    expect((await connect(body)).statusCode).toBe(201);
  });
});

describe('checking a channel', () => {
  it.each([
    [190, 'token_invalid'],
    [10, 'permission_missing'],
    [200, 'permission_missing'],
    [100, 'number_unknown'],
    [4, 'provider_busy'],
    [131_000, 'meta_131000'],
  ])('explains what Meta calls %i', async (code, problem) => {
    const { id } = (await connect(metaNumber())).json();
    test.meta.refuses(code, 'no');
    const checked = await acme.call('POST', `/api/channels/${id}/check`);
    expect(checked.statusCode).toBe(200);
    expect(checked.json()).toMatchObject({
      address: '+14155238886',
      check: { state: 'failing', problems: [{ code: problem }] },
    });
    test.meta.knowsTheNumber();
    expect((await acme.call('POST', `/api/channels/${id}/check`)).json().check.state).toBe('ok');
  });

  it('does not mind an answer that is not JSON', async () => {
    const { id } = (await connect(metaNumber())).json();
    test.meta.answer = { status: 502, text: '<html>bad gateway</html>' };
    const checked = await acme.call('POST', `/api/channels/${id}/check`);
    expect(checked.json().check.problems).toMatchObject([{ code: 'provider_answer' }]);
  });
});

describe('what the webhooks ask', () => {
  it('finds a number with its secrets, as long as it is enabled', async () => {
    const body = metaNumber({ businessAccountId: '777' });
    const { id } = (await connect(body)).json();
    expect(await store().byPhoneNumberId(body.phoneNumberId)).toMatchObject({
      id,
      organization: acme.organization,
      secrets: SECRETS,
    });
    expect(await store().byBusinessAccountId('777')).toMatchObject([{ id }]);
    await acme.call('PATCH', `/api/channels/${id}`, { enabled: false });
    expect(await store().byPhoneNumberId(body.phoneNumberId)).toBeNull();
    expect(await store().byBusinessAccountId('777')).toEqual([]);
  });

  it('knows the verify tokens of enabled channels', async () => {
    const { id } = (await connect(metaNumber({ verifyToken: 'only-this-one' }))).json();
    expect(await store().matchesVerifyToken('only-this-one')).toBe(true);
    expect(await store().matchesVerifyToken('only-this-on')).toBe(false);
    expect(await store().matchesVerifyToken('')).toBe(false);
    await acme.call('PATCH', `/api/channels/${id}`, { enabled: false });
    expect(await store().matchesVerifyToken('only-this-one')).toBe(false);
  });

  it('a channel whose keys no longer open harms no other, says so, and is mended by saving them again', async () => {
    const { id } = (await connect(metaNumber({ verifyToken: 'sealed-elsewhere' }))).json();
    const other = (await connect(metaNumber({ verifyToken: 'still-good' }))).json();
    const broken = { 'sealed.accessToken': 'k1.00000000.AAAA' };
    await test.connection.collection<{ _id: string }>('channels').updateOne({ _id: id }, { $set: broken });
    expect(await store().matchesVerifyToken('still-good')).toBe(true);
    expect((await acme.call('GET', '/api/channels?limit=200')).statusCode).toBe(200);
    expect((await acme.call('GET', `/api/channels/${other.id}`)).statusCode).toBe(200);
    const { check } = (await acme.call('POST', `/api/channels/${id}/check`)).json();
    expect(check.problems.map(({ code }: { code: string }) => code)).toContain('secrets_missing');
    await acme.call('PATCH', `/api/channels/${id}`, SECRETS);
    expect(await store().withSecrets(acme.organization, id)).toMatchObject({ secrets: SECRETS });
  });

  it('keeps the latest time that something came', async () => {
    const { id } = (await connect(metaNumber())).json();
    await store().heardFrom(id, new Date('2026-03-02T09:05:00Z'));
    await store().heardFrom(id, new Date('2026-03-02T09:01:00Z'));
    expect((await acme.call('GET', `/api/channels/${id}`)).json().heardFromAt).toBe('2026-03-02T09:05:00.000Z');
  });
});
