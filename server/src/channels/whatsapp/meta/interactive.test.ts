import type { OutboundContent } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { bodyOf } from './body.ts';

const PHONE = { kind: 'phone', value: '447700900001' } as const;

describe('the body of an interactive message', () => {
  const frame = { header: 'Shoes', footer: 'Until Friday' };
  const framed = { header: { type: 'text', text: 'Shoes' }, footer: { text: 'Until Friday' } };
  it.each<[OutboundContent, object]>([
    [
      { kind: 'buttons', text: 'Tea?', buttons: [{ id: 'y', title: 'Yes' }], ...frame },
      {
        type: 'button',
        ...framed,
        body: { text: 'Tea?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
      },
    ],
    [
      {
        kind: 'buttons',
        text: 'Tea?',
        buttons: [{ id: 'y', title: 'Yes' }],
        header: { kind: 'document', url: 'https://a.example/b.pdf', filename: 'b.pdf' },
        footer: '',
      },
      {
        type: 'button',
        header: { type: 'document', document: { link: 'https://a.example/b.pdf', filename: 'b.pdf' } },
        body: { text: 'Tea?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
      },
    ],
    [
      { kind: 'list', text: 'Which?', button: 'Open', sections: [{ rows: [{ id: 'r', title: 'R' }] }], ...frame },
      {
        type: 'list',
        ...framed,
        body: { text: 'Which?' },
        action: { button: 'Open', sections: [{ rows: [{ id: 'r', title: 'R' }] }] },
      },
    ],
    [
      {
        kind: 'callToAction',
        text: 'Look',
        button: 'Open',
        url: 'https://a.example/',
        header: { kind: 'image', mediaId: '31', filename: 'not for pictures' },
      },
      {
        type: 'cta_url',
        header: { type: 'image', image: { id: '31' } },
        body: { text: 'Look' },
        action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://a.example/' } },
      },
    ],
    [
      { kind: 'locationRequest', text: 'Where are you?' },
      { type: 'location_request_message', body: { text: 'Where are you?' }, action: { name: 'send_location' } },
    ],
    [
      { kind: 'form', text: 'Size?', button: 'Fill in', formId: '123', token: 't-1', mode: 'published' },
      {
        type: 'flow',
        body: { text: 'Size?' },
        action: {
          name: 'flow',
          parameters: { flow_message_version: '3', flow_id: '123', flow_cta: 'Fill in', flow_token: 't-1' },
        },
      },
    ],
    [
      {
        kind: 'form',
        text: 'Size?',
        button: 'Fill in',
        formName: 'sizes',
        token: 't-1',
        mode: 'draft',
        screen: 'SIZE',
        data: { name: 'Ana', left: 2 },
        ...frame,
      },
      {
        type: 'flow',
        ...framed,
        body: { text: 'Size?' },
        action: {
          name: 'flow',
          parameters: {
            flow_message_version: '3',
            flow_name: 'sizes',
            flow_cta: 'Fill in',
            flow_token: 't-1',
            mode: 'draft',
            flow_action: 'navigate',
            flow_action_payload: { screen: 'SIZE', data: { name: 'Ana', left: 2 } },
          },
        },
      },
    ],
    [
      { kind: 'product', catalogId: '194836987003835', productId: 'di9ozbzfi4', link: 'https://a.example/' },
      { type: 'product', action: { catalog_id: '194836987003835', product_retailer_id: 'di9ozbzfi4' } },
    ],
    [
      { kind: 'product', catalogId: '1', productId: 'a', text: 'Look', footer: 'New' },
      {
        type: 'product',
        body: { text: 'Look' },
        footer: { text: 'New' },
        action: { catalog_id: '1', product_retailer_id: 'a' },
      },
    ],
    [
      {
        kind: 'products',
        text: 'Pick',
        catalogId: '1',
        sections: [
          { title: 'New', productIds: ['a', 'b'] },
          { title: 'Sale', productIds: ['c'] },
        ],
        ...frame,
      },
      {
        type: 'product_list',
        ...framed,
        body: { text: 'Pick' },
        action: {
          catalog_id: '1',
          sections: [
            { title: 'New', product_items: [{ product_retailer_id: 'a' }, { product_retailer_id: 'b' }] },
            { title: 'Sale', product_items: [{ product_retailer_id: 'c' }] },
          ],
        },
      },
    ],
    [
      {
        kind: 'carousel',
        text: 'Best',
        cards: [
          {
            header: { kind: 'image', url: 'https://a.example/1.png' },
            text: 'Red',
            url: 'https://a.example/1',
            button: 'Buy',
          },
          { header: { kind: 'image', mediaId: '32' }, url: 'https://a.example/2', button: 'Buy' },
        ],
      },
      {
        type: 'carousel',
        body: { text: 'Best' },
        action: {
          cards: [
            {
              card_index: 0,
              type: 'cta_url',
              header: { type: 'image', image: { link: 'https://a.example/1.png' } },
              body: { text: 'Red' },
              action: { name: 'cta_url', parameters: { display_text: 'Buy', url: 'https://a.example/1' } },
            },
            {
              card_index: 1,
              type: 'cta_url',
              header: { type: 'image', image: { id: '32' } },
              action: { name: 'cta_url', parameters: { display_text: 'Buy', url: 'https://a.example/2' } },
            },
          ],
        },
      },
    ],
    [
      {
        kind: 'carousel',
        text: 'Best',
        cards: [
          { header: { kind: 'video', url: 'https://a.example/1.mp4' }, buttons: [{ id: 'r', title: 'Red' }] },
          { header: { kind: 'video', url: 'https://a.example/2.mp4' }, buttons: [{ id: 'b', title: 'Blue' }] },
        ],
      },
      {
        type: 'carousel',
        body: { text: 'Best' },
        action: {
          cards: [
            {
              card_index: 0,
              type: 'cta_url',
              header: { type: 'video', video: { link: 'https://a.example/1.mp4' } },
              action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'r', title: 'Red' } }] },
            },
            {
              card_index: 1,
              type: 'cta_url',
              header: { type: 'video', video: { link: 'https://a.example/2.mp4' } },
              action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'b', title: 'Blue' } }] },
            },
          ],
        },
      },
    ],
  ])('%j', (content, expected) => {
    const { type, interactive } = JSON.parse(
      JSON.stringify(bodyOf({ content, to: PHONE, reference: 'msg_1', lastInbound: null })),
    );
    expect([type, interactive]).toEqual(['interactive', expected]);
  });
});
