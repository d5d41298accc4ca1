import { describe, expect, it } from 'vitest';
import { type ContentOf, OutboundContent, type OutboundKind, previewOf } from './content.ts';
import { type Provider, providerContent, TWILIO_SUPPORT } from './provider-content.ts';

const image = { kind: 'image', url: 'https://x.example/a.png' } as const;
const yes = { id: 'yes', title: 'Yes' };
const x = (length: number) => 'x'.repeat(length);

/** One of each kind; a new kind without one does not compile. */
const EACH: { [Kind in OutboundKind]: ContentOf<Kind> } = {
  text: { kind: 'text', text: 'Hi' },
  image,
  video: { kind: 'video', url: 'https://x.example/a.mp4', caption: 'A' },
  audio: { kind: 'audio', mediaId: 'm1' },
  document: { kind: 'document', mediaId: 'm1', filename: 'a.pdf' },
  sticker: { kind: 'sticker', url: 'https://x.example/a.webp' },
  location: { kind: 'location', latitude: 1, longitude: 2, title: 'Shop' },
  contacts: { kind: 'contacts', contacts: [{ name: 'Zoë Ünal', phones: ['+447700900002', '+15550100'] }] },
  reaction: { kind: 'reaction', emoji: '👍', to: 'last' },
  buttons: { kind: 'buttons', text: 'Sure?', buttons: [yes] },
  list: { kind: 'list', text: 'Which?', button: 'See', sections: [{ rows: [yes] }] },
  callToAction: { kind: 'callToAction', text: 'Look', button: 'Open', url: 'https://x.example/' },
  locationRequest: { kind: 'locationRequest', text: 'Where are you?' },
  form: { kind: 'form', text: 'Size?', button: 'Fill in', formId: '1', token: 't' },
  product: { kind: 'product', catalogId: '1', productId: 'a', text: 'Look', link: 'https://x.example/a' },
  products: {
    kind: 'products',
    header: 'Shoes',
    text: 'Pick',
    catalogId: '1',
    sections: [{ title: 'New', productIds: ['a'] }],
    link: 'https://x.example/',
  },
  carousel: {
    kind: 'carousel',
    text: 'Best',
    cards: [
      { header: image, text: '*Red*\nM', buttons: [yes] },
      { header: image, text: 'Blue', buttons: [{ id: 'no', title: 'Yes' }] },
    ],
  },
  template: { kind: 'template', name: 'offer', language: 'en', parameters: {} },
};
const each = Object.values(EACH);

describe('what a provider makes of each kind', () => {
  it.each(each)('$kind: valid, with words to show for it', (content) => {
    expect(OutboundContent.parse(content)).toEqual(content);
    expect(previewOf(content)).not.toBe('');
  });
  it.each(each)('$kind: Meta and the simulator take it as it is', (content) => {
    for (const provider of ['meta', 'simulator'] satisfies Provider[])
      expect(providerContent(content, provider)).toEqual({ content });
  });
  it.each(each)('$kind: Twilio does what its table says', (content) => {
    const made = providerContent(content, 'twilio');
    const support = 'unsupported' in made ? 'impossible' : made.content === content ? 'native' : 'other';
    expect(support).toBe(TWILIO_SUPPORT[content.kind]);
    if ('unsupported' in made) return;
    expect(OutboundContent.safeParse(made.content).success).toBe(true);
    expect(made.note === undefined).toBe(support === 'native');
  });
});

const twilio = (content: OutboundContent, language?: string) => providerContent(content, 'twilio', language);
const refused = (content: OutboundContent) => expect(twilio(content)).toEqual({ unsupported: expect.any(String) });

describe('over Twilio', () => {
  it('contacts become lines', () =>
    expect(twilio(EACH.contacts)).toMatchObject({
      content: { kind: 'text', text: 'Zoë Ünal: +447700900002, +15550100' },
    }));
  it('a header that is a file with an address becomes that address', () =>
    expect(twilio({ ...EACH.buttons, header: image, footer: 'F' })).toMatchObject({
      content: { kind: 'buttons', text: 'https://x.example/a.png\n\nSure?\n\nF', buttons: [yes] },
    }));
  it('a header that is a stored file is refused', () =>
    refused({ ...EACH.buttons, header: { kind: 'image', mediaId: 'm1' } }));
  it('words of the header count for the limit of the body', () =>
    refused({ ...EACH.buttons, text: x(1020), header: 'Header' }));
  it('texts hold 1600 characters', () => {
    expect(twilio({ kind: 'text', text: x(1600) })).toEqual({ content: { kind: 'text', text: x(1600) } });
    refused({ kind: 'text', text: x(1601) });
    refused({ ...EACH.contacts, contacts: Array.from({ length: 100 }, () => ({ name: x(20), phones: ['+1'] })) });
  });
  it('lists hold a text of 1024 characters', () => refused({ ...EACH.list, text: x(1025) }));
  it('the pin is asked for in the language of the person', () =>
    expect(twilio(EACH.locationRequest, 'pt-BR')).toMatchObject({
      content: { text: 'Where are you?\n\nToque no clipe e depois em Localização.' },
    }));
  it('a product without a link is refused', () => refused({ ...EACH.product, link: undefined }));
  it('a form by its name, with data or as a draft is refused', () => {
    refused({ ...EACH.form, formId: undefined, formName: 'sizes' });
    refused({ ...EACH.form, screen: 'A', data: { a: 1 } });
    refused({ ...EACH.form, mode: 'draft' });
  });
  it('rows are called like their cards, cut between characters', () => {
    const [first, second] = EACH.carousel.cards;
    const card = { ...first, header: image, text: `${x(22)}👍👍` };
    const made = twilio({ ...EACH.carousel, cards: [card, { header: image, ...second }] });
    const rows = 'content' in made && made.content.kind === 'list' ? made.content.sections[0]?.rows : [];
    expect(rows).toEqual([
      { id: 'yes', title: `${x(22)}…`, description: 'Yes' },
      { id: 'no', title: 'Blue', description: 'Yes' },
    ]);
  });
  it('cards with more than ten buttons are refused', () => {
    const cards = Array.from({ length: 6 }, (_, index) => ({
      header: image,
      buttons: ['a', 'b'].map((id) => ({ id: `${id}${index}`, title: id })),
    }));
    refused({ kind: 'carousel', text: 'Best', cards });
  });
});

describe('a template with an empty value', () => {
  it.each(['meta', 'twilio', 'simulator'] as const)('is refused over %s, with the name of its variable', (provider) => {
    const content: OutboundContent = { ...EACH.template, parameters: { '1': 'Ana', city: '  ' } };
    expect(providerContent(content, provider)).toEqual({ unsupported: expect.stringContaining('variable city') });
  });
});

describe('contents that WhatsApp refuses', () => {
  const card = { header: image, text: 'A', url: 'https://x.example/', button: 'Open' };
  it.each<[string, unknown]>([
    ['an address that is none', { ...EACH.callToAction, url: 'x.example' }],
    ['an address that runs something', { ...EACH.callToAction, url: 'javascript:alert(1)' }],
    ['a header of 61 characters', { ...EACH.buttons, header: x(61) }],
    ['a header that is a file without a file', { ...EACH.buttons, header: { kind: 'image' } }],
    ['a footer of 61 characters', { ...EACH.list, footer: x(61) }],
    ['a form by id and name', { ...EACH.form, formName: 'a' }],
    [
      '31 products',
      { ...EACH.products, sections: [{ title: 'A', productIds: Array.from({ length: 31 }, () => 'a') }] },
    ],
    ['one card', { ...EACH.carousel, cards: [card] }],
    ['cards with different buttons', { ...EACH.carousel, cards: [card, EACH.carousel.cards[0]] }],
    ['a card with a button and no address', { ...EACH.carousel, cards: [card, { ...card, url: undefined }] }],
    ['a card with three line breaks', { ...EACH.carousel, cards: [card, { ...card, text: 'a\nb\nc\nd' }] }],
    ['a card with three buttons', { ...EACH.carousel, cards: [{ ...card, buttons: [yes, yes, yes] }, card] }],
  ])('%s', (_, content) => expect(OutboundContent.safeParse(content).success).toBe(false));
});
