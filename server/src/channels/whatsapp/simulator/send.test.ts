import { beforeEach, expect, it } from 'vitest';
import type { SimulatorChannel } from '../../../storage/channel.ts';
import type { SendRequest } from '../gateway.ts';
import type { ElementOf } from '../inbound.ts';
import { simulatorGateway } from './send.ts';

const NOW = new Date('2026-03-02T09:00:00Z');

let plans: { due: number; work: () => void }[] = [];
let told: ElementOf<'status'>[] = [];
let send = gateway();

beforeEach(() => {
  plans = [];
  told = [];
  send = gateway();
});

function gateway() {
  const timers = {
    later: (due: number, work: () => void) => {
      const plan = { due, work };
      plans.push(plan);
      return () => void plans.splice(plans.indexOf(plan), 1);
    },
  };
  return simulatorGateway({ tell: (_, status) => void told.push(status), timers, now: () => NOW, random: () => 0 });
}

const request = (script?: Record<string, unknown>, more: Partial<SendRequest> = {}): SendRequest => ({
  channel: trial(script),
  to: { kind: 'phone', value: '447700900001' },
  content: { kind: 'text', text: 'pong' },
  reference: 'msg_1',
  lastInbound: null,
  signal: new AbortController().signal,
  ...more,
});

const trial = (script?: Record<string, unknown>): SimulatorChannel => ({
  id: 'chn_1',
  organization: 'org_1',
  provider: 'simulator',
  name: 'Trial',
  enabled: true,
  address: null,
  phoneNumberId: null,
  businessAccountId: null,
  accountSid: null,
  messagingServiceSid: null,
  settings: { silenceSeconds: 90, unanswered: 'retry', ...(script && { script }) },
  check: { state: 'unknown', at: null, problems: [] },
  heardFromAt: null,
  createdAt: NOW,
  updatedAt: NOW,
  secrets: null,
});

/** Lets all that was planned happen, in its order. */
function elapse() {
  for (let next = plans.shift(); next; next = plans.shift()) next.work();
  return told.map(({ status, error }) => (error ? [status, error.code] : status));
}

const rule = (then: string, more: object = {}) => ({ rules: [{ then, ...more }] });

it('takes a message, and tells that it has arrived', async () => {
  expect(await send(request())).toEqual({ kind: 'accepted', providerId: 'simulated.msg_1' });
  expect(told).toEqual([]);
  expect(elapse()).toEqual(['DELIVERED']);
  expect(told[0]).toMatchObject({ providerId: 'simulated.msg_1', reference: 'msg_1', at: NOW });
});

it.each([
  ['is read at once', { statuses: { read: 'at-once' } }, ['DELIVERED', 'READ']],
  ['is told out of order', { statuses: { read: 'at-once', order: 'shuffled' } }, ['READ', 'DELIVERED']],
  ['is told twice', { statuses: { duplicate: true } }, ['DELIVERED', 'DELIVERED']],
  ['never arrives', { statuses: { delivered: false } }, []],
  ['fails later', rule('later-status', { code: 131026 }), [['FAILED', '131026']]],
])('a message %s where the script says so', async (_, script, statuses) => {
  expect(await send(request(script))).toMatchObject({ kind: 'accepted' });
  expect(elapse()).toEqual(statuses);
});

it.each([
  ['a refusal', rule('reject', { code: 131047 }), { kind: 'refused', code: '131047' }],
  ['a refusal that may pass', rule('rate-limit'), { kind: 'later', code: '130429' }],
  ['a proxy that answers', rule('reject', { status: 429, body: 'slow down' }), { kind: 'later', code: '429' }],
  ['a call that is cut', rule('drop'), { kind: 'unknown' }],
])('answers with %s as Meta would', async (_, script, result) => {
  expect(await send(request(script))).toMatchObject(result);
  expect(elapse()).toEqual([]);
});

it('loses its answer to a message that has arrived', async () => {
  expect(await send(request(rule('timeout-after-accept')))).toEqual({ kind: 'unknown', reason: 'No answer came.' });
  expect(elapse()).toEqual(['DELIVERED']);
});

it('answers late, or not at all to who does not wait', async () => {
  const slow = rule('slow', { delayMs: 60_000 });
  const patient = send(request(slow));
  plans.find(({ due }) => due === 60_000)?.work();
  expect(await patient).toMatchObject({ kind: 'accepted' });
  const patience = new AbortController();
  const impatient = send(request(slow, { signal: patience.signal }));
  patience.abort();
  expect(await impatient).toMatchObject({ kind: 'unknown' });
});

it('spends a rule, fits it to who and what, and begins anew with another script', async () => {
  const script = rule('reject', { code: 131026, times: 1, match: { to: '+447700900001', text: 'pong', kind: 'text' } });
  const other = request(script, { to: { kind: 'phone', value: '447700900002' } });
  expect(await send(other)).toMatchObject({ kind: 'accepted' });
  expect(await send(request(script))).toMatchObject({ kind: 'refused' });
  expect(await send(request(script))).toMatchObject({ kind: 'accepted' });
  expect(await send(request({ rules: [...script.rules, ...script.rules] }))).toMatchObject({ kind: 'refused' });
});

it('plays nothing where the script is none', async () => {
  expect(await send(request({ rules: 'all' }))).toMatchObject({ kind: 'accepted' });
});
