import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { otherElement } from '../../channels/whatsapp/inbound.ts';
import { createAccountStore } from '../../storage/accounts.ts';
import { createNotificationStore } from '../../storage/notifications.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { createTemplateStore } from '../templates/store.ts';
import { createHearNews, type HearNews } from './news.ts';
import { createChannelStore } from './store.ts';

let test: TestApp;
let acme: Program;
let admin: string;
let hearNews: HearNews;
let numbers = 8_000;
const warnings: unknown[] = [];

beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
  const { connection, keyring, clock } = test;
  const now = () => clock.time;
  const account = { email: 'ada@example.com', name: 'Ada', passwordHash: 'x' };
  admin = (await test.accounts.addUser(account, acme.organization, 'admin')).id;
  hearNews = createHearNews({
    channels: createChannelStore(connection, keyring, now),
    templates: createTemplateStore(connection, now),
    notifications: createNotificationStore(connection, now),
    accounts: createAccountStore(connection, () => 'usr_unused', now),
    http: test.meta.http,
    metaGraphUrl: 'https://graph.test',
    twilioApiUrl: 'https://twilio.test',
    timeout: 1_000,
    now,
    log: { warn: (...words: unknown[]) => void warnings.push(words) },
  });
});
afterAll(() => test.close());
beforeEach(() => {
  test.meta.knowsTheNumber();
  warnings.length = 0;
});

const store = () => createChannelStore(test.connection, test.keyring, () => test.clock.time);
let keys = 0;
const element = (field: string, facts: object, key = `key-${++keys}`) =>
  otherElement({ field, key, problem: null, facts: facts as never, raw: facts });

async function connect(businessAccountId: string) {
  numbers += 1;
  const secrets = { accessToken: 'EAAG', appSecret: 'app-secret-0123', verifyToken: 'verify-me-please' };
  const body = { provider: 'meta', name: 'Support', phoneNumberId: String(numbers), businessAccountId, ...secrets };
  const { id } = (await acme.call('POST', '/api/channels', body)).json();
  const channel = await store().find(acme.organization, id);
  if (!channel) throw new Error('the channel is gone');
  return channel;
}
const told = async () => {
  const page = { limit: 200, sort: '-createdAt' } as never;
  const { items } = await createNotificationStore(test.connection, () => test.clock.time).list(
    acme.organization,
    admin,
    false,
    page,
  );
  return items.map(({ text }) => text);
};
const templates = () => createTemplateStore(test.connection, () => test.clock.time);
const known = {
  providerId: '905507062668800',
  name: 'offer',
  language: 'en',
  category: 'UTILITY',
  status: 'APPROVED',
  quality: null,
  reason: null,
  components: [],
};
const named = {
  message_template_id: '905507062668800',
  message_template_name: 'offer',
  message_template_language: 'en',
};
const stateOf = async (channel: string) => (await templates().ofChannel(acme.organization, channel))[0];
const problemsOf = async (id: string) => (await acme.call('GET', `/api/channels/${id}`)).json().check.problems;

describe('news of templates', () => {
  it.each([
    [
      'message_template_status_update',
      { event: 'REJECTED', reason: 'SCAM' },
      { status: 'REJECTED', reason: 'SCAM' },
      /rejected/,
    ],
    [
      'message_template_status_update',
      { event: 'PAUSED', reason: 'NONE' },
      { status: 'PAUSED', reason: null },
      /paused/,
    ],
    ['message_template_status_update', { event: 'DISABLED' }, { status: 'DISABLED' }, /switched off/],
    [
      'message_template_status_update',
      { event: 'FLAGGED', reason: null, disable_info: { disable_date: 'January 31, 2021' } },
      { status: 'APPROVED', reason: 'January 31, 2021' },
      /will be switched off/,
    ],
    ['message_template_quality_update', { new_quality_score: 'RED' }, { quality: 'RED' }, /low quality/],
    [
      'template_category_update',
      { new_category: 'UTILITY', correct_category: 'MARKETING' },
      { category: 'UTILITY' },
      /will become/,
    ],
    [
      'template_category_update',
      { previous_category: 'UTILITY', new_category: 'MARKETING' },
      { category: 'MARKETING' },
      /is MARKETING now/,
    ],
  ])('%s %j', async (field, facts, change, words) => {
    const channel = await connect(`waba-${++keys}`.replace(/\D/g, '55'));
    await templates().add(acme.organization, channel.id, known);
    await hearNews(channel, [element(field, { ...named, ...facts })]);
    expect(await stateOf(channel.id)).toMatchObject(change);
    expect((await told()).some((text) => words.test(text) && text.startsWith('Support: '))).toBe(true);
  });

  it('an approval changes the state and disturbs nobody; the same news again changes nothing', async () => {
    const channel = await connect('601');
    await templates().add(acme.organization, channel.id, { ...known, status: 'PENDING' });
    const before = (await told()).length;
    await hearNews(channel, [
      element('message_template_status_update', { ...named, event: 'APPROVED', reason: 'NONE' }),
    ]);
    expect(await stateOf(channel.id)).toMatchObject({ status: 'APPROVED' });
    expect(await told()).toHaveLength(before);
    const rejected = element('message_template_status_update', { ...named, event: 'REJECTED' }, 'once');
    for (let time = 0; time < 3; time += 1) await hearNews(channel, [rejected]);
    expect(await told()).toHaveLength(before + 1);
  });

  it('is meant for every number of the account', async () => {
    const [one, other] = [await connect('602'), await connect('602')];
    for (const { id } of [one, other]) await templates().add(acme.organization, id, known);
    await hearNews(one, [element('message_template_status_update', { ...named, event: 'PAUSED' })]);
    expect((await stateOf(other.id))?.status).toBe('PAUSED');
  });

  it('a template that is new to us is read in', async () => {
    const channel = await connect('603');
    const row = { id: '905507062668800', name: 'offer', language: 'en', status: 'APPROVED' };
    test.meta.reply = ({ url }) =>
      url.includes('message_templates') ? { status: 200, text: JSON.stringify({ data: [row] }) } : null;
    await hearNews(channel, [element('message_template_status_update', { ...named, event: 'APPROVED' })]);
    expect(await stateOf(channel.id)).toMatchObject({ name: 'offer' });
  });

  it('a hundred that are new to us cost one reading', async () => {
    const channel = await connect('604');
    test.meta.asked.length = 0;
    const ids = Array.from({ length: 100 }, (_, index) => String(7_000 + index));
    const field = 'message_template_status_update';
    await hearNews(
      channel,
      ids.map((id) => element(field, { ...named, message_template_id: id, event: 'APPROVED' })),
    );
    expect(test.meta.asked.filter(({ url }) => url.includes('message_templates'))).toHaveLength(1);
  });
});

describe('news of the account and the number', () => {
  it.each([
    [
      'account_update',
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'x' } },
      'account_disabled',
    ],
    [
      'account_update',
      {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: '1775000000' }],
      },
      'account_restricted',
    ],
    [
      'account_update',
      { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'ADULT' } },
      'account_violation',
    ],
    ['account_update', { event: 'PARTNER_REMOVED' }, 'app_removed'],
    ['phone_number_quality_update', { event: 'FLAGGED', current_limit: 'TIER_10K' }, 'number_flagged'],
    ['security', { event: 'PIN_RESET_REQUEST', requester: '61555822107539' }, 'security'],
  ])('%s %j is a problem of the check, and stays one', async (field, facts, code) => {
    const channel = await connect(String(7_000 + ++keys));
    const before = (await told()).length;
    await hearNews(channel, [element(field, facts)]);
    expect(await problemsOf(channel.id)).toMatchObject([{ code }]);
    expect(await told()).toHaveLength(before + 1);
    const { check } = (await acme.call('POST', `/api/channels/${channel.id}/check`)).json();
    expect(check.problems).toMatchObject([{ code }]);
  });

  it('good news takes it back', async () => {
    const channel = await connect('611');
    await hearNews(channel, [element('phone_number_quality_update', { event: 'FLAGGED' })]);
    await hearNews(channel, [element('phone_number_quality_update', { event: 'UNFLAGGED' })]);
    expect((await acme.call('POST', `/api/channels/${channel.id}/check`)).json().check.problems).toEqual([]);
  });

  it('a low limit is a warning', async () => {
    const channel = await connect('612');
    await hearNews(channel, [element('business_capability_update', { max_daily_conversations_per_business: 250 })]);
    const { check } = (await acme.call('POST', `/api/channels/${channel.id}/check`)).json();
    expect(check.problems).toEqual([]);
    expect(check.diagnostics.find(({ id }: { id: string }) => id === 'quality')).toMatchObject({ result: 'warning' });
  });

  it('names the one number that it is about', async () => {
    const [one, other] = [await connect('613'), await connect('613')];
    await test.connection
      .collection('channels')
      .updateOne({ _id: other.id as never }, { $set: { address: '+15550783881' } });
    await hearNews(one, [
      element('phone_number_quality_update', { display_phone_number: '15550783881', event: 'FLAGGED' }),
    ]);
    expect(await problemsOf(one.id)).toEqual([]);
    expect(await problemsOf(other.id)).toMatchObject([{ code: 'number_flagged' }]);
    const before = (await told()).length;
    const unconnected = { display_phone_number: '447700900999', event: 'FLAGGED' };
    await hearNews(one, [element('phone_number_quality_update', unconnected)]);
    expect(await problemsOf(one.id)).toEqual([]);
    expect(await told()).toHaveLength(before);
    const ban = { phone_number: '447700900999', event: 'DISABLED_UPDATE' };
    await hearNews(one, [element('account_update', ban)]);
    expect(await problemsOf(one.id)).toMatchObject([{ code: 'account_disabled' }]);
  });
});

it.each([
  ['message_template_status_update', { message_template_id: {}, event: [] }],
  ['message_template_status_update', { message_template_id: '1', event: null, rejection_info: 'x' }],
  ['account_update', { event: { $gt: '' } }],
  ['account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: 'x' }],
  ['account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ expiration: 'never' }] }],
  ['account_update', { event: 'DISABLED_UPDATE', ban_info: [] }],
  ['business_capability_update', { max_daily_conversations_per_business: 'many' }],
  ['security', {}],
  ['__proto__', { a: 1 }],
  ['something_new', {}],
])('odd news never throw: %s %j', async (field, facts) => {
  const channel = await connect(String(9_000 + ++keys));
  await expect(hearNews(channel, [element(field, facts)])).resolves.toBeUndefined();
  expect(warnings).toEqual([]);
});

it('a store that fails is a warning in the log, and the next news are heard', async () => {
  const channel = await connect('620');
  test.meta.reply = () => {
    throw new Error('a bug');
  };
  const unknown = element('message_template_status_update', { ...named, event: 'APPROVED' });
  await hearNews(channel, [unknown, element('phone_number_quality_update', { event: 'FLAGGED' })]);
  expect(warnings).toHaveLength(1);
  expect(await problemsOf(channel.id)).toMatchObject([{ code: 'number_flagged' }]);
});
