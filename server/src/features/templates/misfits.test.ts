import type { ContentOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { misfitWords } from './misfit-words.ts';
import { misfitsOf } from './misfits.ts';

type Given = Partial<ContentOf<'template'>>;

const content = (given: Given): ContentOf<'template'> => ({
  kind: 'template',
  name: 'visit',
  language: 'en',
  parameters: {},
  ...given,
});
const body = (text: string) => ({ type: 'BODY', text });
const header = (format: string, text?: string) => ({ type: 'HEADER', format, ...(text !== undefined && { text }) });
const buttons = (...all: object[]) => ({ type: 'BUTTONS', buttons: all });
const PAY = { type: 'URL', text: 'Pay', url: 'https://shop.example/{{1}}' };
const SITE = { type: 'URL', text: 'Shop', url: 'https://shop.example' };
const REPLY = { type: 'QUICK_REPLY', text: 'Yes' };
const COPY = { type: 'COPY_CODE', text: 'Copy', example: 'SUMMER' };

const found = (given: Given, components: object[]) =>
  misfitsOf('meta', content(given), components).map(({ of, field }) => `${of} ${field}`);

describe('a step that fills a template as Meta has it', () => {
  it.each<[string, Given, object[]]>([
    ['nothing to fill in', {}, [body('Hello'), { type: 'FOOTER', text: 'Bye' }]],
    ['numbers', { parameters: { 1: 'Ana', 2: '{{order.number}}' } }, [body('Hi {{1}}, your order {{2}}. Bye {{1}}')]],
    ['numbers by their order', { parameters: { 2: 'a', 3: 'b' } }, [body('Hi {{1}} and {{2}}')]],
    ['names', { parameters: { first_name: 'Ana' } }, [body('Hi {{ first_name }}!')]],
    ['a heading', { header: { text: 'Sale' } }, [header('TEXT', 'Our {{1}}'), body('Hi')]],
    ['a heading by name', { header: { text: 'x', variable: 'what' } }, [header('TEXT', 'Our {{what}}')]],
    ['a heading without a place', {}, [header('TEXT', 'Our sale'), body('Hi')]],
    ['a picture', { header: { url: 'https://x.example/photo' } }, [header('IMAGE')]],
    ['a document by its ending', { header: { url: 'https://x.example/a.pdf?b' } }, [header('DOCUMENT')]],
    ['a document by its kind', { header: { url: 'https://x.example/a', mediaKind: 'document' } }, [header('DOCUMENT')]],
    ['a file of ours', { header: { mediaId: 'med_01J' } }, [header('VIDEO')]],
    ['a file that an expression names', { header: { url: '{{invoice.url}}' } }, [header('DOCUMENT')]],
    ['a place', { header: { location: { latitude: 1, longitude: 2 } } }, [header('LOCATION')]],
    ['the end of an address', { buttons: [{ index: 1, text: '{{order}}' }] }, [buttons(REPLY, PAY)]],
    ['an address that stands', {}, [buttons(SITE, { type: 'PHONE_NUMBER', phone_number: '+1' })]],
    ['a code', { buttons: [{ index: 0, couponCode: 'A' }] }, [buttons(COPY)]],
    ['a payload, or none', { buttons: [{ index: 1, payload: 'b' }] }, [buttons(REPLY, REPLY)]],
    ['a form', { buttons: [{ index: 0, form: { token: 't' } }] }, [buttons({ type: 'FLOW' })]],
    ['a kind that we do not know', { buttons: [{ index: 0, text: 'x' }] }, [buttons({ type: 'HOLOGRAM' })]],
    ['components in small letters', { parameters: { 1: 'a' } }, [{ type: 'body', text: '{{1}}' }]],
    ['nonsense', {}, [{}, { type: 5 }, { type: 'BUTTONS', buttons: 'none' }, buttons()]],
  ])('fits: %s', (_, given, components) => expect(found(given, components)).toEqual([]));

  it.each<[string, Given, object[], string[]]>([
    ['one too few', { parameters: { 1: 'a' } }, [body('{{1}} and {{2}}')], ['count /parameters']],
    ['one too many', { parameters: { 1: 'a' } }, [body('Hello')], ['count /parameters']],
    ['an empty one', { parameters: { 1: 'a', 2: ' ' } }, [body('{{1}} {{2}}')], ['empty /parameters']],
    ['numbers for names', { parameters: { 1: 'a' } }, [body('Hi {{first_name}}')], ['names /parameters']],
    ['another name', { parameters: { name: 'a' } }, [body('Hi {{first_name}}')], ['names /parameters']],
    ['a heading that nobody has', { header: { text: 'x' } }, [body('Hi')], ['header_none /header']],
    ['a heading left out', {}, [header('TEXT', 'Our {{1}}')], ['header_text /header']],
    ['an empty heading', { header: { text: '' } }, [header('TEXT', 'Our {{1}}')], ['header_text /header']],
    [
      'a heading without its name',
      { header: { text: 'x' } },
      [header('TEXT', '{{what}}')],
      ['header_name /header/variable'],
    ],
    ['no picture', {}, [header('IMAGE')], ['header_image /header']],
    ['words for a picture', { header: { text: 'x' } }, [header('IMAGE')], ['header_image /header']],
    ['an unnamed file', { header: {} }, [header('IMAGE')], ['header_image /header']],
    [
      'a picture for a document',
      { header: { url: 'https://x.example/a.png' } },
      [header('DOCUMENT')],
      ['header_document /header'],
    ],
    [
      'Meta’s file, which goes as a picture',
      { header: { mediaId: '123' } },
      [header('VIDEO')],
      ['header_video /header'],
    ],
    [
      'a file for a place',
      { header: { url: 'https://x.example/a.png' } },
      [header('LOCATION')],
      ['header_location /header'],
    ],
    ['no end of an address', {}, [buttons(REPLY, PAY)], ['button_url /buttons']],
    ['an empty end', { buttons: [{ index: 0, text: '' }] }, [buttons(PAY)], ['button_url /buttons']],
    ['a button without anything', { buttons: [{ index: 0 }] }, [buttons(PAY)], ['button_url /buttons']],
    ['a payload for an address', { buttons: [{ index: 0, payload: 'x' }] }, [buttons(PAY)], ['button_url /buttons']],
    ['an address that stands', { buttons: [{ index: 0, text: 'x' }] }, [buttons(SITE)], ['button_none /buttons']],
    ['no code', {}, [buttons(COPY)], ['button_copy_code /buttons']],
    ['a button that is not there', { buttons: [{ index: 3, text: 'x' }] }, [buttons(REPLY)], ['button_none /buttons']],
    ['words for a quick reply', { buttons: [{ index: 0, text: 'x' }] }, [buttons(REPLY)], ['button_kind /buttons']],
    [
      'no one-time code on its button',
      { parameters: { 1: '9' } },
      [body('{{1}} is it'), buttons({ type: 'OTP' })],
      ['button_url /buttons'],
    ],
    [
      'several',
      {},
      [header('IMAGE'), body('{{1}}'), buttons(PAY)],
      ['count /parameters', 'header_image /header', 'button_url /buttons'],
    ],
  ])('does not: %s', (_, given, components, misfits) => expect(found(given, components)).toEqual(misfits));

  it('is told with what is expected and what is given', () => {
    const [count] = misfitsOf('meta', content({ parameters: { 1: 'a' } }), [body('{{1}} {{2}} {{3}}')]);
    expect(count).toMatchObject({ values: { expected: 3, given: 1 } });
    expect(count && misfitWords(count, 'visit')).toMatch(/template visit: 3; filled in here: 1/);
  });
});

describe('Twilio', () => {
  const types = [
    { type: 'twilio/call-to-action', body: 'Hi {{1}}', actions: [{ type: 'URL', url: 'https://x.example/{{2}}' }] },
  ];
  it.each<[Given, string | undefined]>([
    [{ parameters: { 1: 'Ana', 2: 'a' } }, undefined],
    [{ parameters: { 1: 'Ana' }, buttons: [{ index: 0, text: '{{order}}' }] }, undefined],
    [{ parameters: { 1: 'Ana' } }, 'Nothing fills the template’s place {{2}}. Add it to the parameters.'],
    [{ parameters: { 1: '', 2: 'a' } }, 'The template’s place {{1}} is filled with nothing. Give it a value.'],
  ])('%j: %s', (given, words) => {
    const [misfit] = misfitsOf('twilio', content(given), types);
    expect(misfit && misfitWords(misfit, 'visit')).toBe(words);
  });
});
