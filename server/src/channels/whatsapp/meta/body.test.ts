import type { OutboundContent } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { bodyOf, markReadBody } from './body.ts';

const PHONE = { kind: 'phone', value: '447700900001' } as const;

/** What is sent beside the recipient, as it goes over the wire. */
function part(content: OutboundContent, lastInbound: string | null = null) {
  const { messaging_product, recipient_type, to, biz_opaque_callback_data, ...rest } = JSON.parse(
    JSON.stringify(bodyOf({ content, to: PHONE, reference: 'msg_1', lastInbound })),
  );
  expect({ messaging_product, recipient_type, to, biz_opaque_callback_data }).toEqual({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '447700900001',
    biz_opaque_callback_data: 'msg_1',
  });
  return rest;
}

const template = (fields: object = {}): OutboundContent => ({
  kind: 'template',
  name: 'order_update',
  language: 'en_US',
  parameters: {},
  ...fields,
});
const components = (fields: object) => part(template(fields)).template.components;

describe('the body of a send', () => {
  it.each<[string, OutboundContent, object]>([
    ['text', { kind: 'text', text: 'Hi 👋' }, { body: 'Hi 👋', preview_url: false }],
    ['text', { kind: 'text', text: 'see https://a.example' }, { body: 'see https://a.example', preview_url: true }],
    [
      'image',
      { kind: 'image', url: 'https://a.example/a.png', caption: 'A' },
      { link: 'https://a.example/a.png', caption: 'A' },
    ],
    ['image', { kind: 'image', mediaId: '31' }, { id: '31' }],
    ['video', { kind: 'video', mediaId: '32', caption: 'B', filename: 'no' }, { id: '32', caption: 'B' }],
    [
      'document',
      { kind: 'document', url: 'https://a.example/b.pdf', caption: 'C', filename: 'bill.pdf' },
      { link: 'https://a.example/b.pdf', caption: 'C', filename: 'bill.pdf' },
    ],
    ['audio', { kind: 'audio', mediaId: '33' }, { id: '33' }],
    ['audio', { kind: 'audio', mediaId: '34', voice: true }, { id: '34', voice: true }],
    ['audio', { kind: 'audio', mediaId: '34', voice: false }, { id: '34' }],
    ['image', { kind: 'image', mediaId: '31', caption: '' }, { id: '31' }],
    ['document', { kind: 'document', mediaId: '35', caption: '', filename: '' }, { id: '35' }],
    [
      'location',
      { kind: 'location', latitude: 1, longitude: 2, title: '', address: '' },
      { latitude: 1, longitude: 2 },
    ],
    ['sticker', { kind: 'sticker', url: 'https://a.example/s.webp' }, { link: 'https://a.example/s.webp' }],
    [
      'location',
      { kind: 'location', latitude: 51.5, longitude: -0.12, title: 'Shop', address: '1 Long Street' },
      { latitude: 51.5, longitude: -0.12, name: 'Shop', address: '1 Long Street' },
    ],
    ['location', { kind: 'location', latitude: 0, longitude: 0 }, { latitude: 0, longitude: 0 }],
    [
      'contacts',
      { kind: 'contacts', contacts: [{ name: 'Zoë Ünal', phones: ['+447700900002', '+15550100'] }] },
      [
        {
          name: { formatted_name: 'Zoë Ünal', first_name: 'Zoë' },
          phones: [{ phone: '+447700900002' }, { phone: '+15550100' }],
        },
      ],
    ],
    ['reaction', { kind: 'reaction', emoji: '', to: 'wamid.9' }, { message_id: 'wamid.9', emoji: '' }],
    [
      'interactive',
      {
        kind: 'buttons',
        text: 'Tea?',
        buttons: [
          { id: 'y', title: 'Yes' },
          { id: 'n', title: 'No' },
        ],
      },
      {
        type: 'button',
        body: { text: 'Tea?' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'y', title: 'Yes' } },
            { type: 'reply', reply: { id: 'n', title: 'No' } },
          ],
        },
      },
    ],
    [
      'interactive',
      {
        kind: 'list',
        text: 'Which?',
        button: 'Open',
        sections: [{ title: 'A', rows: [{ id: 'r', title: 'R', description: 'd' }] }],
      },
      {
        type: 'list',
        body: { text: 'Which?' },
        action: { button: 'Open', sections: [{ title: 'A', rows: [{ id: 'r', title: 'R', description: 'd' }] }] },
      },
    ],
  ])('of a %s: %j', (type, content, expected) => {
    expect(part(content)).toEqual({ type, [type]: expected });
  });

  it.each([
    [false, {}],
    [true, { typing_indicator: { type: 'text' } }],
  ])('marks a message as read, typing: %s', (typing, expected) => {
    expect(markReadBody('wamid.9', typing)).toEqual({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.9',
      ...expected,
    });
  });

  it('reacts to the last message of the person', () => {
    expect(part({ kind: 'reaction', emoji: '👍', to: 'last' }, 'wamid.last').reaction).toEqual({
      message_id: 'wamid.last',
      emoji: '👍',
    });
  });

  it('names the template and its language', () => {
    expect(part(template())).toEqual({
      type: 'template',
      template: { name: 'order_update', language: { code: 'en_US' } },
    });
  });

  it.each<[string, Record<string, string>, object[]]>([
    ['by order', { '2': 'b', '10': 'c', '1': 'a' }, [{ text: 'a' }, { text: 'b' }, { text: 'c' }]],
    [
      'by name',
      { who: 'Ana', '1': 'x' },
      [
        { text: 'x', parameter_name: '1' },
        { text: 'Ana', parameter_name: 'who' },
      ],
    ],
  ])('fills a template %s', (_, parameters, expected) => {
    expect(components({ parameters })).toEqual([
      { type: 'body', parameters: expected.map((one) => ({ type: 'text', ...one })) },
    ]);
  });

  it.each<[object, object]>([
    [{ text: 'Hello' }, { type: 'text', text: 'Hello' }],
    [{ mediaId: '31' }, { type: 'image', image: { id: '31' } }],
    [{ url: 'https://a.example/a.jpg' }, { type: 'image', image: { link: 'https://a.example/a.jpg' } }],
    [{ url: 'https://a.example/a.MP4?x=1' }, { type: 'video', video: { link: 'https://a.example/a.MP4?x=1' } }],
    [{ url: 'https://a.example/a.pdf' }, { type: 'document', document: { link: 'https://a.example/a.pdf' } }],
    [
      { text: 'Ana', variable: 'who' },
      { type: 'text', parameter_name: 'who', text: 'Ana' },
    ],
    [{ url: 'https://a.example/b.DOCX' }, { type: 'document', document: { link: 'https://a.example/b.DOCX' } }],
    [
      { mediaId: '31', mediaKind: 'video' },
      { type: 'video', video: { id: '31' } },
    ],
    [
      { mediaId: '31', mediaKind: 'document', filename: 'bill.pdf' },
      { type: 'document', document: { id: '31', filename: 'bill.pdf' } },
    ],
    [
      { url: 'https://a.example/a.pdf', mediaKind: 'image', filename: 'no' },
      { type: 'image', image: { link: 'https://a.example/a.pdf' } },
    ],
    [
      { location: { latitude: 1, longitude: 2, title: 'Shop' } },
      { type: 'location', location: { latitude: 1, longitude: 2, name: 'Shop' } },
    ],
  ])('gives a template the header %j', (header, expected) => {
    expect(components({ header })).toEqual([{ type: 'header', parameters: [expected] }]);
  });

  it('gives a template its buttons', () => {
    const buttons = [
      { index: 0, payload: 'yes' },
      { index: 1, text: 'orders/12' },
      { index: 2, couponCode: 'SAVE10' },
    ];
    expect(components({ buttons })).toEqual([
      { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'yes' }] },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'orders/12' }] },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '2',
        parameters: [{ type: 'coupon_code', coupon_code: 'SAVE10' }],
      },
    ]);
  });

  it.each<[object, string, object]>([
    [{ form: { token: 't' } }, 'flow', { flow_token: 't' }],
    [{ form: { token: 't', data: {} } }, 'flow', { flow_token: 't' }],
    [{ form: { token: 't', data: { size: 'M' } } }, 'flow', { flow_token: 't', flow_action_data: { size: 'M' } }],
    [{ catalogProductId: 'p1' }, 'catalog', { thumbnail_product_retailer_id: 'p1' }],
  ])('gives a template the button %j', (fields, sub_type, action) => {
    expect(components({ buttons: [{ index: 1, ...fields }] })).toEqual([
      { type: 'button', sub_type, index: '1', parameters: [{ type: 'action', action }] },
    ]);
  });

  it('quotes the message that it answers; a reaction names its own', () => {
    const quoting = (content: OutboundContent) =>
      bodyOf({ content, to: PHONE, reference: 'msg_1', lastInbound: null, replyTo: 'wamid.in' });
    expect(quoting({ kind: 'text', text: 'Hi' }).context).toEqual({ message_id: 'wamid.in' });
    expect(quoting({ kind: 'reaction', emoji: '👍', to: 'wamid.9' })).not.toHaveProperty('context');
  });

  it('leaves the empty texts of a list out', () => {
    const sections = [{ title: '', rows: [{ id: 'r', title: 'R', description: '' }] }];
    expect(part({ kind: 'list', text: 'Which?', button: 'Open', sections }).interactive.action.sections).toEqual([
      { rows: [{ id: 'r', title: 'R' }] },
    ]);
  });

  it.each([
    [{ kind: 'phone', value: '447700900001' } as const, { recipient_type: 'individual', to: '447700900001' }],
    [{ kind: 'bsuid', value: 'GB.1' } as const, { recipient_type: 'individual', recipient: 'GB.1' }],
    [{ kind: 'group', value: 'g.1' } as const, { recipient_type: 'group', to: 'g.1' }],
  ])('is for %j', (to, expected) => {
    const {
      to: phone,
      recipient,
      recipient_type,
    } = bodyOf({
      content: { kind: 'text', text: 'Hi' },
      to,
      reference: 'msg_1',
      lastInbound: null,
    });
    expect(JSON.parse(JSON.stringify({ to: phone, recipient, recipient_type }))).toEqual(expected);
  });
});
