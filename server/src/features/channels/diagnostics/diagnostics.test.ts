import { describe, expect, it } from 'vitest';
import { judge } from '../check.ts';
import { diagnostics } from './all.ts';
import type { Facts } from './facts.ts';
import {
  flow,
  goodDay,
  metaChannel,
  metaFacts,
  metaRefuses,
  NOW,
  subscription,
  TWILIO_ACCOUNT,
  TWILIO_SENDERS,
  template,
  twilioChannel,
  twilioFacts,
  twilioRefuses,
  twilioSender,
} from './fake-facts.ts';

const file = (state: 'failed' | 'refused', reason: string) => ({ state, contentType: 'image/bmp', size: 9, reason });
const traffic = (change: object) => ({ traffic: { ...(goodDay().traffic as object), ...change } as never });
const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const sendsOffer = flow([start, { id: 'offer', type: 'chat.template', config: { name: 'offer', language: 'en' } }]);
const failed = Array.from({ length: 8 }, () => ({ code: '131047', reason: 'Re-engagement message' }));

/** The Troubleshooting and Debugging pages, bullet by bullet: who asks it, and facts with which it fails. */
const BULLETS: [bullet: string, id: string, good: () => Promise<Facts>, bad: () => Promise<Facts>, code: string][] = [
  [
    'Messages Not Received: Verify webhook configuration',
    'webhook-configuration',
    metaFacts,
    () =>
      metaFacts({ answers: { '/v24.0/77/subscriptions': subscription({ callback_url: 'https://old.example/x' }) } }),
    'webhook_elsewhere',
  ],
  [
    'Messages Not Received: Check access token validity',
    'access-token',
    metaFacts,
    () => metaFacts({ answers: { '/v24.0/1001': metaRefuses(190, 'Session has expired') } }),
    'token_invalid',
  ],
  [
    'Messages Not Received: Confirm phone number ID is correct',
    'phone-number-id',
    metaFacts,
    () => metaFacts({ answers: { '/v24.0/2001/phone_numbers': { data: [{ id: '5' }] } } }),
    'number_elsewhere',
  ],
  [
    'Messages Not Received: Review webhook logs for errors',
    'webhook-log',
    metaFacts,
    () => metaFacts({ own: { log: [{ problem: 'The body holds no changes.', parked: false }] } }),
    'webhook_log_errors',
  ],
  [
    'Agent Not Responding: Check agent configuration and prompts',
    'agent-configuration',
    metaFacts,
    () => metaFacts({ own: { flows: [flow([start, { id: 'x', type: 'no.such', config: {} }])] } }),
    'flow_broken',
  ],
  [
    'Agent Not Responding: Verify channel assignment',
    'channel-assignment',
    metaFacts,
    () => metaFacts({ own: { flows: [flow([start], ['chn_other'])] } }),
    'nobody_answers',
  ],
  [
    'Agent Not Responding: Review conversation logs',
    'conversation-log',
    metaFacts,
    () => metaFacts({ own: { faults: [{ conversation: 'cnv_1', flow: 'flw_1' }] } }),
    'conversations_failed',
  ],
  [
    'Agent Not Responding: Test with simple text messages',
    'text-test',
    metaFacts,
    () =>
      metaFacts({
        own: traffic({ last: { at: new Date(NOW.getTime() - 600_000), answered: false, ownedByPeople: false } }),
      }),
    'unanswered',
  ],
  [
    'Media Not Processing: Confirm media format support',
    'media-formats',
    metaFacts,
    () => metaFacts({ own: { media: [1, 2, 3].map(() => file('refused', 'WhatsApp has no BMP.')) } }),
    'media_format',
  ],
  [
    'Media Not Processing: Check file size limits',
    'media-sizes',
    metaFacts,
    () => metaFacts({ own: { media: [1, 2, 3].map(() => file('refused', 'It is larger than 5 MB.')) } }),
    'media_size',
  ],
  [
    'Media Not Processing: Verify media processing configuration',
    'media-processing',
    metaFacts,
    () => metaFacts({ own: { storage: { ok: false, problem: 'The folder cannot be written to.' } } }),
    'media_storage',
  ],
  [
    'Media Not Processing: Review error logs',
    'media-errors',
    metaFacts,
    () => metaFacts({ own: { media: [1, 2, 3].map(() => file('failed', 'Gone at Meta.')) } }),
    'media_errors',
  ],
  [
    'Interactive Elements Not Working: Verify template message approval',
    'template-approval',
    () => metaFacts({ own: { flows: [sendsOffer] } }),
    () => metaFacts({ own: { flows: [sendsOffer], templates: [template('offer', 'PAUSED')] } }),
    'template_not_approved',
  ],
  [
    'Interactive Elements Not Working: Check button and list configurations',
    'buttons-and-lists',
    metaFacts,
    () => metaFacts({ own: { flows: [flow([start, { id: 'b', type: 'chat.buttons', config: { text: '' } }])] } }),
    'elements_broken',
  ],
  [
    'Interactive Elements Not Working: Confirm webhook event subscriptions',
    'webhook-events',
    metaFacts,
    () => metaFacts({ answers: { '/v24.0/77/subscriptions': subscription({ fields: ['account_update'] }) } }),
    'events_missing',
  ],
  [
    'Interactive Elements Not Working: Test with approved templates',
    'approved-templates',
    metaFacts,
    () => metaFacts({ own: { templates: [template('offer', 'REJECTED')] } }),
    'templates_off',
  ],
  [
    'Debugging: Check Webhook Logs',
    'incoming-webhooks',
    metaFacts,
    () =>
      metaFacts({
        facts: {
          channel: { ...metaChannel, heardFromAt: null },
          evidence: { refused: { at: NOW, count: 3 }, news: {} },
        },
      }),
    'signature_refused',
  ],
  [
    'Debugging: Verify Credentials',
    'credentials',
    metaFacts,
    () =>
      metaFacts({
        answers: { '/v24.0/77/subscriptions': metaRefuses(1, 'Error validating application. Invalid secret') },
      }),
    'app_secret_wrong',
  ],
  [
    'Debugging: Test Manually',
    'manual-test',
    metaFacts,
    () => metaFacts({ own: traffic({ lastSent: { at: NOW, failed: true }, failed }) }),
    'last_send_failed',
  ],
  [
    'Debugging: Review Agent Logs',
    'agent-log',
    metaFacts,
    () => metaFacts({ own: { log: [{ problem: 'A step of a flow broke three times.', parked: true }] } }),
    'events_parked',
  ],
  [
    'Debugging: Monitor Performance',
    'performance',
    metaFacts,
    () => metaFacts({ own: traffic({ failed }) }),
    'many_sends_fail',
  ],
];

const resultOf = (facts: Facts, id: string) => judge(facts).diagnostics?.find((one) => one.id === id);

describe('every bullet of Troubleshooting and every step of Debugging', () => {
  it('there are 4 issues with 4 bullets, and 5 steps, each with a diagnostic of its own', () => {
    expect(new Set(BULLETS.map(([, id]) => id)).size).toBe(21);
    const ids = diagnostics.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(BULLETS.map(([, id]) => id)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(BULLETS)('%s: %s is ok, and fails with a remedy', async (_bullet, id, good, bad, code) => {
    expect(resultOf(await good(), id)).toMatchObject({ result: 'ok', remedy: null });
    const facts = await bad();
    const found = resultOf(facts, id);
    expect(found).toMatchObject({ result: 'failing', remedy: expect.stringMatching(/^\S.{15,}/) });
    expect(judge(facts)).toMatchObject({ state: 'failing' });
    expect(judge(facts).problems.map((problem) => problem.code)).toContain(code);
  });

  it('a healthy number of each provider has no problem', async () => {
    expect(judge(await metaFacts())).toMatchObject({ state: 'ok', problems: [] });
    expect(judge(await twilioFacts())).toMatchObject({ state: 'ok', problems: [] });
  });
});

describe('over Meta', () => {
  const app = (id: string, override?: string) => ({
    whatsapp_business_api_data: { id },
    ...(override && { override_callback_uri: override }),
  });
  const ELSEWHERE = 'https://old.example/x';
  it('a stranger’s webhook makes no number look broken whose app secret is right', async () => {
    const facts = await metaFacts();
    const heardFromAt = new Date(facts.now.getTime() - 1_000);
    const evidence = { refused: { at: facts.now, count: 3 }, news: {} };
    const after = { ...facts, evidence, channel: { ...facts.channel, heardFromAt } };
    expect(judge(after).problems).toEqual([]);
    expect(resultOf(after, 'webhook-log')?.result).toBe('warning');
    const never = { ...after, channel: { ...facts.channel, heardFromAt: null } };
    const wrong = { ...after, meta: facts.meta && { ...facts.meta, subscription: null } };
    for (const one of [never, wrong]) expect(judge(one).problems).toMatchObject([{ code: 'signature_refused' }]);
  });

  it.each([
    ['nobody subscribed', [], 'webhook_not_subscribed'],
    ['another app only', [app('78')], 'webhook_not_subscribed'],
    ['ours, sent elsewhere, beside another app', [app('77', ELSEWHERE), app('78')], 'webhook_elsewhere'],
    ['ours, beside an app that hears elsewhere', [app('77'), app('78', ELSEWHERE)], null],
    ['apps without a name', [{}], null],
  ])('subscribed: %s', async (_, data, code) => {
    const facts = await metaFacts({ answers: { '/v24.0/2001/subscribed_apps': { data } } });
    expect(judge(facts).problems.map((problem) => problem.code)).toEqual(code === null ? [] : [code]);
  });
});

describe('over Twilio', () => {
  it.each([
    [
      'webhook-configuration',
      { [TWILIO_SENDERS]: twilioSender({ webhook: { callback_url: 'https://old.example/x' } }) },
      'webhook_elsewhere',
    ],
    ['webhook-configuration', { [TWILIO_SENDERS]: twilioSender({ webhook: {} }) }, 'webhook_missing'],
    ['access-token', { [TWILIO_ACCOUNT]: twilioRefuses(20003, 'Authenticate') }, 'token_invalid'],
    ['phone-number-id', { [TWILIO_SENDERS]: { senders: [] } }, 'number_unknown'],
    ['phone-number-id', { [TWILIO_SENDERS]: twilioSender({ status: 'OFFLINE' }) }, 'sender_offline'],
    ['credentials', { [TWILIO_ACCOUNT]: { status: 'suspended' } }, 'account_inactive'],
    ['quality', { [TWILIO_SENDERS]: twilioSender({ properties: { quality_rating: 'LOW' } }) }, 'quality_low'],
  ])('%s: %s', async (id, answers, code) => {
    const facts = await twilioFacts({ answers });
    expect(resultOf(facts, id)?.result).toBe('failing');
    expect(judge(facts).problems.map((problem) => problem.code)).toContain(code);
  });

  it('what Twilio cannot send is said', async () => {
    const react = flow([start, { id: 'r', type: 'chat.react', config: { emoji: '👍' } }]);
    expect(resultOf(await twilioFacts({ own: { flows: [react] } }), 'buttons-and-lists')?.result).toBe('warning');
    expect(resultOf(await metaFacts({ own: { flows: [react] } }), 'buttons-and-lists')?.result).toBe('ok');
  });

  it.each([
    ['http://localhost:3000', false, 'failing'],
    ['http://localhost:3000', true, 'ok'],
    ['http://bots.example.com', false, 'ok'],
  ])('statuses come to %s; with a simulator: %s', async (publicUrl, isRehearsal, result) => {
    const facts = await twilioFacts({ facts: { publicUrl, isRehearsal } });
    expect(resultOf(facts, 'webhook-events')?.result).toBe(result);
  });

  it('the sandbox is a warning, not a fault', async () => {
    const channel = { ...twilioChannel, address: '+14155238886' };
    expect(resultOf(await twilioFacts({ facts: { channel } }), 'phone-number-id')?.result).toBe('warning');
  });
});

describe('what is not known is not called a fault', () => {
  const nothing = { log: null, flows: null, faults: null, traffic: null, media: null, storage: null, templates: null };

  it('a store that does not answer leaves questions open', async () => {
    const check = judge(await metaFacts({ own: nothing }));
    expect(check).toMatchObject({ state: 'ok', problems: [] });
    expect(check.diagnostics?.filter(({ result }) => result === 'unknown').length).toBeGreaterThan(10);
  });

  it('keys that cannot be opened are one problem', async () => {
    const channel = { ...metaChannel, secrets: null };
    const none = { number: null, health: null, inAccount: null, subscribedApps: null, token: null, subscription: null };
    const check = judge(await metaFacts({ facts: { channel, meta: none, sync: null } }));
    expect(check.problems.map(({ code }) => code)).toEqual(['secrets_missing']);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'https://10.0.0.4', 'http://bots.example.com'])(
    'warns of the address %s',
    async (publicUrl) => {
      const facts = await metaFacts({
        facts: { publicUrl },
        answers: { '/v24.0/77/subscriptions': metaRefuses(10, 'no') },
      });
      expect(resultOf(facts, 'webhook-configuration')?.result).toBe('warning');
    },
  );

  it('no word holds a secret, whatever the provider says', async () => {
    const said = 'EAAG-secret-token app-secret-0123 77|app-secret-0123';
    const answers = Object.fromEntries(
      ['/v24.0/1001', '/v24.0/debug_token', '/v24.0/77/subscriptions', '/v24.0/2001/subscribed_apps'].map((path) => [
        path,
        metaRefuses(190, said),
      ]),
    );
    const words = JSON.stringify(judge(await metaFacts({ answers })));
    expect(words).toContain('[access token]');
    expect(words).not.toMatch(/EAAG-secret-token|app-secret-0123/);
  });
});
