import { LIMITS, OutboundContent } from '@parley/runtime';

/** Something that a flow sends, and where it was found. */
export interface Found {
  source: string;
  content: OutboundContent;
}

const x = (length: number): string => 'x'.repeat(length);
const page = (length: number = LIMITS.url): string => 'https://x.example/'.padEnd(length, 'a');
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
/** As long as it may be, and still another one for each number. */
const numbered = (length: number, at: number): string => `${at}`.padEnd(length, 'x');
const picture = { kind: 'image', url: page() } as const;
const framed = { header: x(LIMITS.headerText), footer: x(LIMITS.footer) };

const buttons = (count: number) =>
  many(count, (at) => ({ id: numbered(LIMITS.buttonId, at), title: numbered(LIMITS.buttonTitle, at) }));
const row = (at: number) => ({
  id: numbered(LIMITS.listRowId, at),
  title: numbered(LIMITS.listRowTitle, at),
  description: x(LIMITS.listRowDescription),
});
const section = (rows: object[]) => ({ title: x(LIMITS.listSectionTitle), rows });
const list = { kind: 'list', text: x(LIMITS.listBody), button: x(LIMITS.listButton), ...framed };
const form = { kind: 'form', text: x(LIMITS.interactiveBody), button: x(LIMITS.formButton) };
const token = x(LIMITS.formToken);
const screen = x(LIMITS.formScreen);
const products = (sections: number, each: number) => ({
  kind: 'products',
  header: x(LIMITS.headerText),
  text: x(LIMITS.interactiveBody),
  footer: x(LIMITS.footer),
  catalogId: x(LIMITS.productId),
  sections: many(sections, () => ({
    title: x(LIMITS.productSectionTitle),
    productIds: many(each, (at) => numbered(LIMITS.productId, at)),
  })),
  link: page(),
});
const cardText = x(LIMITS.cardText - 2 * LIMITS.cardLineBreaks) + '\nx'.repeat(LIMITS.cardLineBreaks);
const card = { header: picture, text: cardText, url: page(), button: x(LIMITS.buttonTitle) };
const template = { kind: 'template', name: x(LIMITS.templateName), language: 'pt_BR' };
const ten = Object.fromEntries(many(10, (at) => [`${at + 1}`, x(1_000)]));

const MOST: Record<string, unknown>[] = [
  { kind: 'text', text: x(LIMITS.text) },
  { kind: 'text', text: '👋🏽'.repeat(LIMITS.text / 4) },
  ...['image', 'video', 'document'].map((kind) => ({ kind, url: page(), caption: x(LIMITS.caption), filename: 'a.b' })),
  { kind: 'audio', url: page(), voice: true },
  { kind: 'sticker', url: page() },
  { kind: 'location', latitude: 90, longitude: -180, title: x(1_000), address: x(1_000) },
  { kind: 'contacts', contacts: many(LIMITS.contacts, (at) => ({ name: `Ana ${at}`, phones: ['+447700900001'] })) },
  { kind: 'buttons', text: x(LIMITS.buttonBody), buttons: buttons(LIMITS.buttons), ...framed },
  { ...list, sections: [section(many(LIMITS.listRows, row))] },
  { ...list, sections: many(LIMITS.listSections, (at) => section([row(at)])) },
  {
    kind: 'callToAction',
    text: x(LIMITS.interactiveBody),
    button: x(LIMITS.callToActionButton),
    url: page(),
    ...framed,
  },
  { kind: 'locationRequest', text: x(LIMITS.interactiveBody) },
  { ...form, formId: '1', token, screen, data: { a: [1] }, ...framed },
  { ...form, formName: 'sizes', token, mode: 'draft', ...framed },
  {
    kind: 'product',
    catalogId: x(LIMITS.productId),
    productId: x(LIMITS.productId),
    text: x(LIMITS.interactiveBody),
    footer: x(LIMITS.footer),
    link: page(),
  },
  products(1, LIMITS.products),
  products(LIMITS.productSections, LIMITS.products / LIMITS.productSections),
  { kind: 'carousel', text: x(LIMITS.interactiveBody), cards: many(LIMITS.carouselCards, () => card) },
  {
    kind: 'carousel',
    text: x(LIMITS.interactiveBody),
    cards: many(LIMITS.carouselCards, (at) => ({
      header: { kind: 'video', url: page() },
      buttons: buttons(LIMITS.cardButtons).map(({ id, title }) => ({ id: `${at}${id.slice(1)}`, title })),
    })),
  },
  {
    ...template,
    parameters: ten,
    header: { text: x(60) },
    buttons: many(10, (at) => ({ index: at, payload: x(LIMITS.buttonId) })),
  },
];

/** Nothing but what must be there, and every way to fill in what has several. */
const LEAST: Record<string, unknown>[] = [
  { kind: 'text', text: 'x' },
  { kind: 'image', url: 'http://x.example' },
  ...['image', 'video', 'document', 'audio', 'sticker'].map((kind) => ({ kind, mediaId: '1' })),
  { kind: 'location', latitude: 0, longitude: 0, title: '', address: '' },
  { kind: 'contacts', contacts: [{ name: 'x', phones: ['1'] }] },
  { kind: 'reaction', emoji: '', to: 'wamid.1' },
  { kind: 'reaction', emoji: '👍🏽', to: 'last' },
  { kind: 'buttons', text: 'x', buttons: [{ id: 'x', title: 'x' }] },
  ...['image', 'video', 'document'].map((kind) => ({
    kind: 'buttons',
    text: 'x',
    buttons: [{ id: 'x', title: 'x' }],
    header: { kind, mediaId: '1', filename: 'a.pdf' },
  })),
  { kind: 'list', text: 'x', button: 'x', sections: [{ title: '', rows: [{ id: 'x', title: 'x', description: '' }] }] },
  { kind: 'callToAction', text: 'x', button: 'x', url: 'https://x.example', header: picture },
  { kind: 'locationRequest', text: 'x' },
  { kind: 'form', text: 'x', button: 'x', formId: '1', token: 'x', screen: 'A', data: {} },
  { kind: 'form', text: 'x', button: 'x', formId: '1', token: 'x', mode: 'published' },
  { kind: 'product', catalogId: '1', productId: '1' },
  products(1, 1),
  {
    kind: 'carousel',
    text: 'x',
    cards: many(LIMITS.carouselCardsLeast, (at) => ({
      header: { kind: 'image', mediaId: '1' },
      buttons: [{ id: `${at}`, title: 'x' }],
    })),
  },
  { ...template, name: 'x' },
  { ...template, parameters: { who: 'Ana', what: 'tea' }, header: { text: 'Ana', variable: 'who' } },
  ...[
    { url: page() },
    { mediaId: '1', mediaKind: 'video' },
    { url: 'https://x.example/a.pdf', filename: 'a.pdf' },
    { location: { latitude: 1, longitude: 2, title: 'Shop', address: 'Street 1' } },
  ].map((header) => ({ ...template, header })),
  {
    ...template,
    buttons: [
      { index: 0, text: 'orders/12' },
      { index: 1, couponCode: x(LIMITS.couponCode) },
      { index: 2, form: { token, data: { a: 1 } } },
      { index: 9, catalogProductId: x(LIMITS.productId) },
    ],
  },
];

/** Each kind of content with as much, and with as little, as it may hold. */
export const atTheLimits: Found[] = [
  ...MOST.map((one) => ({ source: `${one.kind} with the most`, content: OutboundContent.parse(one) })),
  ...LEAST.map((one) => ({ source: `${one.kind} with the least`, content: OutboundContent.parse(one) })),
];
