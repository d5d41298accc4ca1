import { describe, expect, it } from 'vitest';
import { parseTwilioStatus } from './parse-status.ts';

const STATUS = {
  MessageSid: 'SM1',
  SmsSid: 'SM0',
  MessageStatus: 'delivered',
  SmsStatus: 'delivered',
  To: 'whatsapp:+886123456789',
  From: 'whatsapp:+14155238886',
  AccountSid: 'AC1',
  ChannelToAddress: '+88612345XXXX',
};

it.each([
  ['accepted', 'SENT'],
  ['scheduled', 'SENT'],
  ['queued', 'SENT'],
  ['sending', 'SENT'],
  ['sent', 'SENT'],
  ['delivered', 'DELIVERED'],
  ['read', 'READ'],
  ['READ', 'READ'],
  ['undelivered', 'FAILED'],
  ['failed', 'FAILED'],
  ['canceled', 'FAILED'],
])('reads %s as %s', (MessageStatus, status) =>
  expect(parseTwilioStatus({ ...STATUS, MessageStatus }, 'msg_1')).toMatchObject({
    kind: 'status',
    providerId: 'SM1',
    reference: 'msg_1',
    status,
    word: MessageStatus.toLowerCase(),
    at: null,
    recipient: { waId: '886123456789', bsuid: null },
  }),
);

it('reads the status by whichever name it comes', () => {
  const { MessageStatus: _one, SmsStatus: _other, ...rest } = STATUS;
  expect(parseTwilioStatus({ ...rest, SmsStatus: 'read' }, null)).toMatchObject({ status: 'READ', reference: null });
  expect(parseTwilioStatus({ ...rest, EventType: 'UNDELIVERED' }, null)).toMatchObject({ status: 'FAILED' });
  expect(parseTwilioStatus({ ...STATUS, To: 'whatsapp:CO.448' }, null)).toMatchObject({
    recipient: { waId: null, bsuid: 'CO.448' },
  });
});

describe('a failure', () => {
  const errorOf = (params: Record<string, string>) => {
    const element = parseTwilioStatus({ ...STATUS, MessageStatus: 'failed', ...params }, null);
    return element.kind === 'status' ? element.error : null;
  };

  it('has Twilio’s words', () =>
    expect(errorOf({ ErrorCode: '30008', ErrorMessage: 'Unknown error' })).toEqual({
      code: '30008',
      reason: 'Unknown error',
    }));

  it('has ours where Twilio has none', () => {
    expect(errorOf({ ErrorCode: '63016' })).toMatchObject({ code: '63016', reason: expect.stringContaining('24') });
    expect(errorOf({ ErrorCode: '99999' })?.reason).toMatch(/\w/);
    expect(errorOf({})).toEqual({ code: 'failed', reason: 'The message could not be delivered.' });
    expect(errorOf({ MessageStatus: 'canceled' })?.reason).toBe('The message was canceled before it was sent.');
  });

  it('is none while all goes well', () =>
    expect(parseTwilioStatus({ ...STATUS, ErrorCode: '0' }, null)).toMatchObject({ status: 'DELIVERED', error: null }));
});

it.each(['partially_delivered', 'receiving', 'constructor', ''])('keeps the word "%s" as it came', (word) => {
  const { SmsStatus: _other, ...rest } = STATUS;
  expect(parseTwilioStatus({ ...rest, MessageStatus: word }, 'msg_1')).toMatchObject({
    kind: 'other',
    field: 'status',
  });
});

it('keeps as it came what names no message', () =>
  expect(parseTwilioStatus({ MessageStatus: 'read' }, 'msg_1')).toMatchObject({
    kind: 'other',
    problem: 'This status names no MessageSid.',
  }));
