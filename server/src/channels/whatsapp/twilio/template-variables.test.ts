import type { ContentOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { templateVariables } from './template-variables.ts';

type Given = Partial<ContentOf<'template'>>;
const fill = (types: Record<string, unknown>, given: Given = {}) =>
  templateVariables(types, { kind: 'template', name: 'offer', language: 'en', parameters: {}, ...given });
const variables = (of: Record<string, string>) => ({ variables: of });

describe('what fills a template', () => {
  it('is its parameters, by number or by name, on one line', () => {
    expect(
      fill({ 'twilio/text': { body: '{{1}} {{name}}' } }, { parameters: { 1: ' a\nb\t\tc     d ', name: 'Ada' } }),
    ).toEqual(variables({ 1: 'a b c d', name: 'Ada' }));
  });

  it('keeps parameters that stand nowhere in its words: Twilio decides', () => {
    expect(fill({ 'twilio/text': { body: 'Hi' } }, { parameters: { 3: 'x' } })).toEqual(variables({ 3: 'x' }));
  });

  const SHOP = 'https://shop.example/';
  it.each<[string, Record<string, unknown>, Given, Record<string, string>]>([
    [
      'the file of a media',
      { 'twilio/media': { body: 'Hi', media: ['{{3}}'] } },
      { header: { url: `${SHOP}a.png` } },
      { 3: `${SHOP}a.png` },
    ],
    [
      'the end of its address',
      { 'twilio/card': { title: 'Hi', media: [`${SHOP}{{3}}`] } },
      { header: { url: `${SHOP}a.png` } },
      { 3: 'a.png' },
    ],
    [
      'no file where it is fixed',
      { 'twilio/media': { media: [`${SHOP}b.png`] } },
      { header: { url: `${SHOP}a.png` } },
      {},
    ],
    [
      'the words above',
      { 'whatsapp/card': { body: 'Hi', header_text: 'For {{4}}' } },
      { header: { text: 'Ada' } },
      { 4: 'Ada' },
    ],
    [
      'the words above by name',
      { 'whatsapp/card': { body: 'Hi', header_text: '{{who}}' } },
      { header: { text: 'Ada', variable: 'who' } },
      { who: 'Ada' },
    ],
    [
      'a button’s id',
      {
        'twilio/quick-reply': {
          body: 'Hi',
          actions: [
            { title: 'A', id: 'a' },
            { title: 'B', id: '{{2}}' },
          ],
        },
      },
      { buttons: [{ index: 1, payload: 'yes' }] },
      { 2: 'yes' },
    ],
    [
      'the end of a button’s address',
      { 'twilio/call-to-action': { body: 'Hi', actions: [{ type: 'URL', url: `${SHOP}{{5}}` }] } },
      { buttons: [{ index: 0, text: 'orders/7' }] },
      { 5: 'orders/7' },
    ],
    [
      'the whole of a button’s address',
      { 'twilio/call-to-action': { body: 'Hi', actions: [{ type: 'URL', url: `${SHOP}{{5}}` }] } },
      { buttons: [{ index: 0, text: `${SHOP}orders/7` }] },
      { 5: 'orders/7' },
    ],
    [
      'a coupon',
      { 'twilio/call-to-action': { body: 'Hi', actions: [{ type: 'COPY_CODE', code: '{{code}}' }] } },
      { buttons: [{ index: 0, couponCode: 'SAVE' }] },
      { code: 'SAVE' },
    ],
    [
      'a form’s token',
      { 'whatsapp/flows': { body: 'Hi', flow_token: '{{2}}' } },
      { buttons: [{ index: 0, form: { token: 't' } }] },
      { 2: 't' },
    ],
    [
      'nothing for a button that is not there',
      { 'twilio/text': { body: 'Hi' } },
      { buttons: [{ index: 4, payload: 'x' }] },
      {},
    ],
    [
      'parameters before all',
      { 'twilio/media': { media: ['{{1}}'] } },
      { header: { url: `${SHOP}a` }, parameters: { 1: `${SHOP}b` } },
      { 1: `${SHOP}b` },
    ],
  ])('is %s', (_name, types, given, expected) => {
    expect(fill(types, given)).toEqual(variables(expected));
  });

  it.each<[string, Record<string, unknown>, Given, string]>([
    ['an open place in the words', { 'twilio/text': { body: 'Hi {{1}}' } }, {}, '{{1}}'],
    ['an open place on a card', { 'twilio/carousel': { body: 'x', cards: [{ title: 'A {{2}}' }] } }, {}, '{{2}}'],
    [
      'an open place in an address',
      { 'twilio/call-to-action': { body: 'x', actions: [{ url: 'https://a.example/{{3}}' }] } },
      {},
      '{{3}}',
    ],
    ['an empty value', { 'twilio/text': { body: 'Hi {{1}}' } }, { parameters: { 1: ' \n ' } }, '{{1}}'],
    [
      'a file that lies elsewhere',
      { 'twilio/media': { media: ['https://a.example/{{1}}'] } },
      { header: { url: 'https://b.example/x' } },
      'https://a.example/',
    ],
  ])('names %s', (_name, types, given, words) => {
    expect(fill(types, given)).toContain(words);
  });

  it.each([{}, { 'twilio/text': null }, { 'twilio/text': { body: 5, cards: 'x', actions: [null] } }])(
    'bears odd types: %j',
    (types) => {
      const buttons = [{ index: 0, payload: 'x' }];
      expect(fill(types, { header: { url: 'https://a.example/x', text: 'y' }, buttons })).toEqual(variables({}));
    },
  );

  it('takes no prototype for a value', () => {
    expect(fill({ 'twilio/text': { body: '{{constructor}} {{toString}}' } })).toContain('{{constructor}}');
  });
});
