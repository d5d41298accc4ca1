import type { OutboundContent } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { type Envelope, messageForm, messageOf } from './message.ts';

const envelope: Envelope = {
  to: { kind: 'phone', value: '447700900001' },
  from: '+14155238886',
  messagingServiceSid: null,
  reference: 'msg_1',
  publicUrl: 'https://bots.test',
};
const MARKS = {
  statusCallback: 'https://bots.test/webhook/twilio/status?m=msg_1',
  from: 'whatsapp:+14155238886',
  to: 'whatsapp:+447700900001',
};

const FILE = 'https://files.example/a.bin';
const PARTS: [OutboundContent, object][] = [
  [{ kind: 'text', text: 'Hi & <b>' }, { body: 'Hi & <b>' }],
  [
    { kind: 'image', url: FILE, caption: 'Look' },
    { body: 'Look', mediaUrl: [FILE] },
  ],
  [{ kind: 'image', url: FILE, caption: '' }, { mediaUrl: [FILE] }],
  [{ kind: 'video', url: FILE }, { mediaUrl: [FILE] }],
  [
    { kind: 'document', url: FILE, filename: 'a.pdf', caption: 'Yours' },
    { body: 'Yours', mediaUrl: [FILE] },
  ],
  [{ kind: 'audio', url: FILE }, { mediaUrl: [FILE] }],
  [{ kind: 'sticker', url: FILE }, { mediaUrl: [FILE] }],
  [
    { kind: 'location', latitude: 37.78, longitude: -122.4, title: 'Office', address: '1 Main St' },
    { body: 'Office', persistentAction: ['geo:37.78,-122.4|1 Main St'] },
  ],
  [
    { kind: 'location', latitude: 0, longitude: 100, title: 'Office' },
    { body: 'Office', persistentAction: ['geo:0,100|Office'] },
  ],
  [
    { kind: 'location', latitude: 1e-7, longitude: -10 },
    { body: '0.0000001,-10', persistentAction: ['geo:0.0000001,-10'] },
  ],
];

describe('the message of a content', () => {
  it.each(PARTS)('%j', (content, part) => {
    expect(messageOf(content, envelope, null)).toEqual({ ...MARKS, ...part });
  });

  it.each(['image', 'video', 'document', 'audio', 'sticker'] as const)('says that %s needs an address', (kind) => {
    expect(messageOf({ kind, mediaId: 'med_1' }, envelope, null)).toContain('address of the file (url)');
  });

  it('names the resource and what fills it', () => {
    const content: OutboundContent = { kind: 'buttons', text: 'Hi', buttons: [{ id: 'y', title: 'Yes' }] };
    expect(messageOf(content, envelope, { sid: 'HX1', variables: { 1: 'Hi' } })).toEqual({
      ...MARKS,
      contentSid: 'HX1',
      contentVariables: '{"1":"Hi"}',
    });
    expect(messageOf(content, envelope, { sid: 'HX1', variables: {} })).toEqual({ ...MARKS, contentSid: 'HX1' });
    expect(messageOf(content, envelope, null)).toBe('Twilio cannot send this (buttons).');
  });

  it('goes to a phone with or without plus, to a business-scoped id, to no group', () => {
    const to = (kind: 'phone' | 'bsuid' | 'group', value: string) =>
      messageOf({ kind: 'text', text: 'Hi' }, { ...envelope, to: { kind, value } }, null);
    expect(to('phone', '+447700900001')).toMatchObject({ to: 'whatsapp:+447700900001' });
    expect(to('bsuid', 'US.13491208655302741918')).toMatchObject({ to: 'whatsapp:US.13491208655302741918' });
    expect(to('group', 'g1')).toContain('groups');
  });

  it('comes from the number, from a service, or from the number within the service', () => {
    const from = (number: string | null, messagingServiceSid: string | null) =>
      messageOf({ kind: 'text', text: 'Hi' }, { ...envelope, from: number, messagingServiceSid }, null);
    expect(from(null, 'MG1')).toMatchObject({ messagingServiceSid: 'MG1' });
    expect(from(null, 'MG1')).not.toHaveProperty('from');
    expect(from('+1', 'MG1')).toMatchObject({ from: 'whatsapp:+1', messagingServiceSid: 'MG1' });
  });

  it('asks for statuses under an address that holds the id whatever it is', () => {
    expect(messageOf({ kind: 'text', text: 'Hi' }, { ...envelope, reference: 'a&b=c' }, null)).toMatchObject({
      statusCallback: 'https://bots.test/webhook/twilio/status?m=a%26b%3Dc',
    });
  });
});

it('has the names of the form that goes over the wire', () => {
  const message = messageOf({ kind: 'image', url: FILE }, envelope, null);
  if (typeof message === 'string') throw new Error(message);
  expect(messageForm(message)).toEqual({
    To: MARKS.to,
    From: MARKS.from,
    StatusCallback: MARKS.statusCallback,
    MediaUrl: [FILE],
  });
});
