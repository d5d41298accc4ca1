import { describe, expect, it } from 'vitest';
import type { InboundElement } from '../inbound.ts';
import { parseWebhook } from './parse.ts';

type Message = Extract<InboundElement, { kind: 'message' }>;

const ANA = { wa_id: '447700900001', profile: { name: 'Ana Silva' } };

const webhook = (value: object, field: unknown = 'messages', metadata: object = { phone_number_id: '1001' }) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '2002', changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
});
const elements = (body: unknown): InboundElement[] => parseWebhook(body).flatMap((change) => change.elements);
const heard = (raw: object, contacts: unknown = [ANA]): Message => {
  const written = { from: '447700900001', id: 'wamid.1', timestamp: '1772442000', ...raw };
  const [element] = elements(webhook({ contacts, messages: [written] }));
  if (element?.kind !== 'message') throw new Error(`no message but ${JSON.stringify(element)}`);
  return element;
};
const status = (raw: object): InboundElement | undefined =>
  elements(webhook({ statuses: [{ id: 'wamid.out.1', timestamp: '1772442000', ...raw }] }))[0];

const NOTHING = { text: null, payload: null, media: null, location: null, referral: null, data: null };
const media = (fields: object) => ({ url: null, contentType: null, filename: null, caption: null, ...fields });

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
      { type: 'location', text: 'Home' },
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
      { type: 'button', text: 'One', payload: 'b1' },
    ],
    [
      'a chosen row',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Fast', description: 'x' } },
      },
      { type: 'button', text: 'Fast', payload: 'r1' },
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
      'a changed number',
      { type: 'system', system: { body: 'Ana changed', wa_id: '447700900002' } },
      { type: 'other', text: 'Ana changed', data: { type: 'system', body: 'Ana changed', wa_id: '447700900002' } },
    ],
    [
      'an unsupported message',
      { type: 'unsupported', errors: [{ code: 131051 }] },
      { type: 'other', data: { type: 'unsupported' } },
    ],
    [
      'an edit',
      { type: 'edit', edit: { original_message_id: 'wamid.0' } },
      { type: 'other', data: { type: 'edit', original_message_id: 'wamid.0' } },
    ],
    [
      'a message taken back',
      { type: 'revoke', revoke: { original_message_id: 'wamid.0' } },
      { type: 'other', data: { type: 'revoke', original_message_id: 'wamid.0' } },
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

describe('who wrote', () => {
  const from = (raw: object, contacts: unknown) => heard({ text: { body: 'Hi' }, ...raw }, contacts).from;
  const nobody = { waId: null, bsuid: null, groupId: null, name: null };

  it.each<[string, object, unknown, object]>([
    ['a phone', {}, [ANA], { waId: '447700900001', name: 'Ana Silva' }],
    [
      'a phone as a number',
      { from: 447700900001 },
      [{ ...ANA, wa_id: 447700900001 }],
      { waId: '447700900001', name: 'Ana Silva' },
    ],
    ['nobody beside it', {}, null, { waId: '447700900001' }],
    ['an empty list beside it', {}, [], { waId: '447700900001' }],
    ['a lone contact, not in a list', {}, ANA, { waId: '447700900001', name: 'Ana Silva' }],
    ['a contact without a profile', {}, [{ wa_id: '447700900001' }], { waId: '447700900001' }],
    [
      'a phone that is written otherwise',
      {},
      [{ ...ANA, wa_id: '7700900001' }],
      { waId: '447700900001', name: 'Ana Silva' },
    ],
    [
      'a phone and a business-scoped id',
      { from_user_id: 'GB.1' },
      [{ ...ANA, user_id: 'GB.1' }],
      { waId: '447700900001', bsuid: 'GB.1', name: 'Ana Silva' },
    ],
    ['a business-scoped id only', { from: undefined, from_user_id: 'GB.1' }, [], { bsuid: 'GB.1' }],
    [
      'a business-scoped id as the sender',
      { from: 'GB.1' },
      [{ user_id: 'GB.1', profile: { username: '@ana' } }],
      { bsuid: 'GB.1', name: '@ana' },
    ],
    ['a business-scoped id beside it', { from: undefined }, [{ user_id: 'GB.1' }], { bsuid: 'GB.1' }],
    ['a group', { group_id: 'g.1' }, [ANA], { waId: '447700900001', groupId: 'g.1', name: 'Ana Silva' }],
    ['nobody at all', { from: undefined }, [], {}],
    ['junk', { from: { a: 1 } }, ['x', null, 7], {}],
  ])('finds %s', (_, raw, contacts, sender) => {
    expect(from(raw, contacts)).toEqual({ ...nobody, ...sender });
  });

  it('gives nobody the name or the id of another, where contacts and messages are out of step', () => {
    const bo = { wa_id: '447700900002', user_id: 'GB.2', profile: { name: 'Bo' } };
    const messages = ['447700900001', '447700900002', '447700900003'].map((phone, index) => ({
      from: phone,
      id: `wamid.${index}`,
      text: { body: 'Hi' },
    }));
    const senders = (contacts: object[]) =>
      elements(webhook({ contacts, messages })).map((one) => (one as Message).from);
    const expected = [
      { ...nobody, waId: '447700900001' },
      { ...nobody, waId: '447700900002', bsuid: 'GB.2', name: 'Bo' },
      { ...nobody, waId: '447700900003' },
    ];
    expect(senders([bo])).toEqual(expected);
    expect(senders([bo, { wa_id: '1' }, { user_id: 'GB.9', profile: { name: 'Cy' } }])).toEqual(expected);
  });
});

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

describe('a webhook of another shape', () => {
  it.each<[string, unknown, number]>([
    ['nothing', undefined, 0],
    ['a text', 'hello', 0],
    ['a list', [webhook({})], 0],
    ['an empty object', {}, 0],
    ['no entry', { entry: [] }, 0],
    ['an entry that is none', { entry: ['x', null, 7, [1]] }, 0],
    ['no changes', { entry: [{ id: '1', changes: [] }] }, 0],
    ['a change that is none', { entry: [{ id: '1', changes: [null, 'x'] }] }, 0],
    ['a change without a value', { entry: [{ id: '1', changes: [{ field: 'messages' }] }] }, 1],
    ['a change with a list', { entry: [{ id: '1', changes: [{ field: 'messages', value: [1, 2] }] }] }, 1],
    ['messages that are none', webhook({ messages: 'x' }), 1],
    ['messages of junk', webhook({ messages: [null, 7, 'x', [], {}] }), 5],
  ])('reads %s without throwing', (_, body, count) => {
    expect(elements(body)).toHaveLength(count);
    expect(elements(body).every(({ kind }) => kind === 'other')).toBe(true);
  });

  it('reads an entry and a change that are objects instead of lists', () => {
    const [entry] = webhook({
      contacts: [ANA],
      messages: [{ from: '447700900001', id: 'wamid.1', text: { body: 'Hi' } }],
    }).entry;
    const [change] = entry?.changes ?? [];
    const [read] = parseWebhook({ entry: { ...entry, changes: change } });
    expect(read).toMatchObject({ phoneNumberId: '1001', businessAccountId: '2002', elements: [{ kind: 'message' }] });
  });

  it('reads numbers and accounts that are numbers, and a change that names no field', () => {
    const body = webhook({ messages: [{ from: 1, id: 'wamid.1', text: { body: 'Hi' } }] }, undefined, {
      phone_number_id: 1001,
    });
    const [entry] = body.entry;
    expect(parseWebhook({ entry: [{ ...entry, id: 2002 }] })).toMatchObject([
      { phoneNumberId: '1001', businessAccountId: '2002', elements: [{ kind: 'message', message: { text: 'Hi' } }] },
    ]);
  });

  it('keeps a message without an id, and says why', () => {
    const raw = { from: '447700900001', type: 'text', text: { body: 'Hi' } };
    expect(elements(webhook({ messages: [raw] }))).toMatchObject([
      { kind: 'other', problem: 'This element has no id.', raw },
    ]);
  });

  it('keeps what comes beside the messages, each part by itself', () => {
    const message = { from: '447700900001', id: 'wamid.1', text: { body: 'Hi' } };
    const beside = { calls: [{ wacid: 'wacid.1' }], errors: [{ code: 131000 }], message_echoes: [{ id: 'wamid.2' }] };
    expect(elements(webhook({ contacts: [ANA], messages: [message], ...beside }))).toMatchObject([
      { kind: 'message' },
      { kind: 'other', field: 'messages', raw: { calls: [{ wacid: 'wacid.1' }] } },
      { kind: 'other', field: 'messages', raw: { errors: [{ code: 131000 }] } },
      { kind: 'other', field: 'messages', raw: { message_echoes: [{ id: 'wamid.2' }] } },
    ]);
  });

  it('keeps another field whole, under a key that is the same when it comes again', () => {
    const field = () => elements(webhook({ event: 'APPROVED' }, 'message_template_status_update'))[0];
    expect(field()).toMatchObject({
      kind: 'other',
      field: 'message_template_status_update',
      raw: { event: 'APPROVED' },
    });
    expect(field()).toEqual(field());
    expect(elements(webhook({ event: 'REJECTED' }, 'message_template_status_update'))[0]).not.toMatchObject({
      key: (field() as { key: string }).key,
    });
  });

  it('changes no prototype, whatever the keys are called', () => {
    const text =
      '{"__proto__":{"polluted":1},"id":"wamid.1","from":"1","type":"poll","poll":{"__proto__":{"polluted":1}}}';
    const [element] = elements(webhook({ messages: [JSON.parse(text)], __proto__: { polluted: 1 } }));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect((element as Message).message.data?.polluted).toBeUndefined();
    expect((element as Message).message.text).toBeNull();
  });

  it('reads 1,000 elements with one malformed: 999 messages and what the one was', () => {
    const messages: unknown[] = Array.from({ length: 1_000 }, (_, index) => ({
      from: '447700900001',
      id: `wamid.${index}`,
      text: { body: `${index}` },
    }));
    messages[500] = { id: { $ne: null }, text: { body: 'junk' } };
    const read = elements(webhook({ contacts: [ANA], messages }));
    expect(read.map((one) => one.kind).filter((kind) => kind === 'message')).toHaveLength(999);
    expect(read[500]).toMatchObject({ kind: 'other', raw: messages[500] });
    expect(read[999]).toMatchObject({ providerId: 'wamid.999', message: { text: '999' } });
  });

  it('reads junk that is nested 100,000 levels deep', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(
      elements(webhook({ messages: [{ id: 'wamid.1', from: '1', type: 'poll', poll: { deep } }, deep] })),
    ).toMatchObject([{ kind: 'message' }, { kind: 'other' }]);
  });
});
