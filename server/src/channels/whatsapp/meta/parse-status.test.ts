import { describe, expect, it } from 'vitest';
import type { InboundElement } from '../inbound.ts';
import { elements, webhook } from './testing/parse.ts';

const status = (raw: object): InboundElement | undefined =>
  elements(webhook({ statuses: [{ id: 'wamid.out.1', timestamp: '1772442000', ...raw }] }))[0];

describe('what became of a message', () => {
  it.each([
    ['sent', 'SENT'],
    ['delivered', 'DELIVERED'],
    ['read', 'READ'],
    ['played', 'READ'],
  ])('reads %s', (word, meaning) => {
    expect(status({ status: word, biz_opaque_callback_data: 'msg_1' })).toMatchObject({
      kind: 'status',
      providerId: 'wamid.out.1',
      reference: 'msg_1',
      status: meaning,
      at: new Date('2026-03-02T09:00:00Z'),
      error: null,
    });
  });

  it.each<[object | undefined, string, string]>([
    [
      { code: 131047, title: 'Re-engagement', error_data: { details: 'More than 24 hours.' } },
      '131047',
      'More than 24 hours.',
    ],
    [{ code: 131026, message: 'Undeliverable', title: 'x' }, '131026', 'Undeliverable'],
    [{ code: '131053', title: 'Upload error' }, '131053', 'Upload error'],
    [undefined, 'unknown', 'The message could not be delivered.'],
  ])('reads a failure of %j', (error, code, reason) => {
    expect(status({ status: 'failed', errors: error && [error] })).toMatchObject({
      status: 'FAILED',
      error: { code, reason },
    });
  });

  it.each(['ringing', 'constructor', '__proto__', 7, undefined])('keeps the status %s as it came', (word) => {
    expect(status({ status: word })).toMatchObject({ kind: 'other', field: 'messages', problem: null });
  });
});
