import { describe, expect, it } from 'vitest';
import { keptStatus } from './statuses.ts';
import type { StatusChange } from './store.ts';

const status = (change: Partial<StatusChange>): StatusChange => ({
  channel: 'chn_1',
  provider: 'meta',
  reference: null,
  providerId: 'wamid.1',
  status: 'DELIVERED',
  at: new Date('2026-03-02T09:00:00Z'),
  error: null,
  pricing: null,
  ...change,
});
const later = new Date('2026-03-02T09:00:05Z');
const keyOf = (change: Partial<StatusChange>) => keptStatus('org_1', status(change)).id;

describe('a status whose message is not known yet', () => {
  it('of Twilio, which tells no time, is one however often it comes', () => {
    expect(keyOf({ provider: 'twilio', at: later })).toBe(keyOf({ provider: 'twilio' }));
  });
  it('of Meta is another one at another time', () => {
    expect(keyOf({ at: later })).not.toBe(keyOf({}));
  });
  it('of another kind is another one', () => {
    expect(keyOf({ provider: 'twilio', status: 'READ' })).not.toBe(keyOf({ provider: 'twilio' }));
  });
});
