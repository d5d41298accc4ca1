import { describe, expect, it } from 'vitest';
import { heard } from './testing/parse.ts';

const NOTHING = { text: null, payload: null, media: null, location: null, referral: null, data: null };
const media = (fields: object) => ({ url: null, contentType: null, filename: null, caption: null, ...fields });

const BOTTOMLESS = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

describe('what a person sends', () => {
  it.each<[string, object, object]>([
    ['a text', { type: 'text', text: { body: ' Hi\n' } }, { type: 'text', text: ' Hi\n' }],
    ['a text without a body', { type: 'text', text: {} }, { type: 'text', text: '' }],
    ['a text whose type is missing', { text: { body: 'Hi' } }, { type: 'text', text: 'Hi' }],
    [
      'a picture',
      { type: 'image', image: { id: '31', mime_type: 'image/jpeg', sha256: 'c2hh', caption: 'my cat' } },
      { type: 'image', text: 'my cat', media: media({ id: '31', contentType: 'image/jpeg', caption: 'my cat' }) },
    ],
    [
      'a video',
      { type: 'video', video: { id: '32', mime_type: 'video/mp4' } },
      { type: 'video', media: media({ id: '32', contentType: 'video/mp4' }) },
    ],
    [
      'a voice note',
      { type: 'audio', audio: { id: '33', mime_type: 'audio/ogg; codecs=opus', voice: true } },
      { type: 'audio', media: media({ id: '33', contentType: 'audio/ogg; codecs=opus' }) },
    ],
    ['a voice note of old', { type: 'voice', voice: { id: '34' } }, { type: 'audio', media: media({ id: '34' }) }],
    [
      'a document',
      { type: 'document', document: { id: '35', mime_type: 'application/pdf', filename: 'bill.pdf', caption: 'here' } },
      {
        type: 'document',
        text: 'here',
        media: media({ id: '35', contentType: 'application/pdf', filename: 'bill.pdf', caption: 'here' }),
      },
    ],
    [
      'a sticker',
      { type: 'sticker', sticker: { id: '36', animated: true } },
      { type: 'sticker', media: media({ id: '36' }) },
    ],
    [
      'a place',
      { type: 'location', location: { latitude: 51.5, longitude: '-0.12', name: 'The shop' } },
      {
        type: 'location',
        text: 'The shop',
        location: { latitude: 51.5, longitude: -0.12, name: 'The shop', address: null },
      },
    ],
    [
      'a place without coordinates',
      { type: 'location', location: { address: 'Home' } },
      { type: 'location', text: 'Home', data: { address: 'Home' } },
    ],
    [
      'contacts',
      {
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'Bo' } }, { name: {} }, { name: { formatted_name: 'Cy' } }],
      },
      {
        type: 'contacts',
        text: 'Bo, Cy',
        data: { contacts: [{ name: { formatted_name: 'Bo' } }, { name: {} }, { name: { formatted_name: 'Cy' } }] },
      },
    ],
    [
      'a tapped button of a template',
      { type: 'button', button: { text: 'Yes', payload: 'yes-1' } },
      { type: 'button', text: 'Yes', payload: 'yes-1' },
    ],
    [
      'a button without a payload',
      { type: 'button', button: { text: 'Yes' } },
      { type: 'button', text: 'Yes', payload: 'Yes' },
    ],
    [
      'a tapped button',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'One' } } },
      { type: 'button', text: 'One', payload: 'b1', data: { type: 'button_reply' } },
    ],
    [
      'a chosen row',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Fast', description: 'x' } },
      },
      { type: 'button', text: 'Fast', payload: 'r1', data: { type: 'list_reply', description: 'x' } },
    ],
    [
      'a form',
      {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"rating":"4"}' } },
      },
      { type: 'form', text: 'Sent', data: { name: 'flow', answers: { rating: '4' } } },
    ],
    [
      'a form whose answers are no object',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '"four"' } } },
      { type: 'form', data: { name: null, answers: { value: 'four' } } },
    ],
    [
      'a form whose answers are no JSON',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{rating' } } },
      { type: 'form', data: { name: null, answers: { value: '{rating' } } },
    ],
    [
      'a form whose answers nest without end',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: BOTTOMLESS } } },
      { type: 'form', data: { name: null, answers: { value: BOTTOMLESS } } },
    ],
    [
      'an order',
      { type: 'order', order: { catalog_id: '7', text: '', product_items: [{ quantity: 2 }] } },
      { type: 'order', data: { catalog_id: '7', text: '', product_items: [{ quantity: 2 }] } },
    ],
    [
      'a text from an ad',
      {
        type: 'text',
        text: { body: 'Hi' },
        referral: { source_id: '9', source_type: 'ad', source_url: 'https://fb.example/9', ctwa_clid: 'click' },
      },
      {
        type: 'text',
        text: 'Hi',
        referral: { sourceId: '9', sourceType: 'ad', sourceUrl: 'https://fb.example/9', clickId: 'click' },
      },
    ],
    [
      'a type of tomorrow',
      { type: 'poll', poll: { body: 'Tea?' } },
      { type: 'other', text: 'Tea?', data: { type: 'poll', body: 'Tea?' } },
    ],
  ])('reads %s', (_, raw, message) => {
    expect(heard(raw)).toMatchObject({ speaks: true, providerId: 'wamid.1' });
    expect(heard(raw).message).toEqual({ ...NOTHING, ...message });
  });

  it.each<[string, object, object]>([
    [
      'a reaction',
      { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍🏻' } },
      { type: 'reaction', text: '👍🏻', data: { message_id: 'wamid.0', emoji: '👍🏻' } },
    ],
    [
      'a reaction taken back',
      { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '' } },
      { type: 'reaction', data: { message_id: 'wamid.0', emoji: '' } },
    ],
    [
      'a new device',
      { type: 'system', system: { body: 'Ana changed', type: 'customer_identity_changed' } },
      { type: 'other', text: 'Ana changed', data: { type: 'system.customer_identity_changed', body: 'Ana changed' } },
    ],
    [
      'an unsupported message',
      { type: 'unsupported', errors: [{ code: 131051 }], unsupported: { type: 'poll' } },
      { type: 'other', data: { type: 'unsupported.poll' } },
    ],
    [
      'an edit that holds no message',
      { type: 'edit', edit: { original_message_id: 'wamid.0' } },
      { type: 'other', data: { type: 'edit', original_message_id: 'wamid.0' } },
    ],
    [
      'a message taken back that is not named',
      { type: 'revoke', revoke: {} },
      { type: 'other', data: { type: 'revoke' } },
    ],
    ['the opening of a chat', { type: 'request_welcome' }, { type: 'other', data: { type: 'request_welcome' } }],
    [
      'an interactive message without its body',
      { type: 'interactive' },
      { type: 'other', data: { type: 'interactive.unknown' } },
    ],
    [
      'a payment method',
      { type: 'interactive', interactive: { type: 'payment_method', payment_method: { reference_id: 'r' } } },
      { type: 'other', data: { type: 'interactive.payment_method', reference_id: 'r' } },
    ],
    ['a message of no kind at all', {}, { type: 'other', data: { type: 'unknown' } }],
    ['a type called __proto__', { type: 'unknown', __proto__: {} }, { type: 'other', data: { type: 'unknown' } }],
  ])('keeps %s, which answers nothing', (_, raw, message) => {
    expect(heard(raw).speaks).toBe(false);
    expect(heard(raw).message).toEqual({ ...NOTHING, ...message });
  });

  it.each(['__proto__', 'constructor', 'toString'])('takes a type called %s for one that it does not know', (type) => {
    expect(heard({ type }).message).toEqual({ ...NOTHING, type: 'other', data: { type } });
  });

  it('keeps what a person quotes, and knows a forwarded message from it', () => {
    expect(heard({ context: { id: 'wamid.0', from: '1001' }, text: { body: 'Hi' } }).replyTo).toBe('wamid.0');
    expect(heard({ context: { forwarded: true }, text: { body: 'Hi' } }).replyTo).toBeNull();
  });

  it.each([
    ['1772442000', '2026-03-02T09:00:00.000Z'],
    [1_772_442_000, '2026-03-02T09:00:00.000Z'],
    ['TIMESTAMP', undefined],
    ['', undefined],
    [-1, undefined],
    [1_772_442_000_000, undefined],
    [{ $date: 1 }, undefined],
  ])('reads the time %j as %s', (timestamp, moment) => {
    expect(heard({ timestamp, text: { body: 'Hi' } }).sentAt?.toISOString()).toBe(moment);
  });
});
