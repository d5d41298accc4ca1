import { LIMITS, OutboundContent, TWILIO_LIMITS } from '@parley/runtime';
import { metaBody, type Posted, readReceipts, twilioBodies } from './sends-judges.ts';

/** A body of ours with one fault, which no provider takes. */
export interface Mutant extends Posted {
  fault: string;
}

type Json = Record<string, unknown>;
type Path = (string | number)[];

const header = { kind: 'image', url: 'https://x.example/a.jpg' };
const yes = { id: 'yes', title: 'Yes' };
const page = 'https://x.example/';
const card = { header, text: 'Card', url: page, button: 'Open' };

/** One body of each kind, with everything in it. */
const WHOLE: Record<string, Json> = {
  text: { text: 'Hi' },
  image: { url: page, caption: 'Look' },
  document: { mediaId: '1', caption: 'Read', filename: 'a.pdf' },
  audio: { url: page, voice: true },
  sticker: { url: page },
  location: { latitude: 1, longitude: 2, title: 'Shop', address: 'Street 1' },
  contacts: { contacts: [{ name: 'Ana', phones: ['+447700900001'] }] },
  reaction: { emoji: '👍', to: 'wamid.1' },
  buttons: { text: 'Well?', buttons: [yes], header, footer: 'Bye' },
  list: {
    text: 'Which?',
    button: 'See',
    sections: [{ title: 'All', rows: [{ ...yes, description: 'The first' }] }],
    header: 'Hello',
    footer: 'Bye',
  },
  callToAction: { text: 'Look', button: 'Open', url: page, header: 'Hello' },
  locationRequest: { text: 'Where?' },
  form: { text: 'Fill in', button: 'Open', formId: '1', token: 't', screen: 'A', data: { a: 1 } },
  product: { catalogId: '1', productId: 'p', text: 'Look' },
  products: { header: 'All', text: 'See', catalogId: '1', sections: [{ title: 'A', productIds: ['p'] }] },
  carousel: { text: 'See', cards: [card, card] },
  template: {
    name: 'offer',
    language: 'en_US',
    parameters: { who: 'Ana' },
    header: { location: { latitude: 1, longitude: 2, title: 'Shop', address: 'Street 1' } },
    buttons: [
      { index: 0, payload: 'a' },
      { index: 1, text: 'b' },
      { index: 2, couponCode: 'SPRING' },
      { index: 3, form: { token: 't', data: { a: 1 } } },
      { index: 4, catalogProductId: 'p' },
    ],
  },
};
const contentOf = (kind: string, change: Json = {}) => OutboundContent.parse({ kind, ...WHOLE[kind], ...change });

const meta = (kind: string): Posted => metaBody(contentOf(kind));
function twilio(kind: string, call: Posted['call'], change: Json = {}): Posted {
  const found = twilioBodies(contentOf(kind, change));
  const posted = typeof found === 'string' ? null : found.find((one) => one.call === call);
  if (!posted) throw new Error(`Twilio gets no ${call} for a content of kind ${kind}.`);
  return posted;
}

/** Each value of the body in turn becomes one of another type. What an author fills in freely stays. */
function* wrongTypes({ call, body }: Posted): Generator<Mutant> {
  for (const path of pathsOf(body)) {
    const value = at(body, path);
    const other = typeof value === 'string' ? 7 : typeof value === 'object' ? 'x' : [value];
    yield { call, body: changed(body, path, other), fault: `${path.join('.')} is ${JSON.stringify(other)}` };
  }
}

const FREE = new Set(['data', 'flow_action_data']);

function pathsOf(body: unknown, before: Path = []): Path[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    const path = [...before, Array.isArray(body) ? Number(key) : key];
    return FREE.has(key) ? [path] : [path, ...pathsOf(value, path)];
  });
}

const at = (body: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], body);

/** Undefined takes it away. */
function changed(body: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(body);
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  holder[path.at(-1) ?? ''] = value;
  return JSON.parse(JSON.stringify(copy));
}

type Fault = [posted: Posted, path: string, value?: unknown];

/** `a.b.0` names the place; without a value what stands there goes. */
function mutantOf([{ call, body }, place, value]: Fault): Mutant {
  const path = place.split(' ').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const shown = value === undefined ? 'is missing' : `is ${JSON.stringify(value).slice(0, 40)}`;
  return { call, body: changed(body, path, value), fault: `${path.join('.')} ${shown}` };
}

const x = (length: number): string => 'x'.repeat(length);
const many = <T>(count: number, one: T): T[] => Array(count).fill(one);

function metaFaults(): Fault[] {
  const text = meta('text');
  const template = meta('template');
  const [receipt = text] = readReceipts;
  const action = (kind: string) => at(meta(kind).body, ['interactive', 'action']) as Json;
  const first = (kind: string, list: string) => (action(kind)[list] as unknown[])[0];
  const parameters = 'template components 0 parameters';
  return [
    // What must be there is not
    ...['messaging_product', 'recipient_type', 'to', 'type', 'text', 'text body'].map((path): Fault => [text, path]),
    [meta('image'), 'image link'],
    [meta('location'), 'location latitude'],
    [meta('reaction'), 'reaction message_id'],
    [meta('contacts'), 'contacts 0 name'],
    [meta('contacts'), 'contacts 0 phones 0 phone'],
    ...['type', 'body', 'action', 'body text', 'action buttons 0 reply id', 'action buttons 0 reply title'].map(
      (path): Fault => [meta('buttons'), `interactive ${path}`],
    ),
    ...['button', 'sections', 'sections 0 rows', 'sections 0 rows 0 id'].map(
      (path): Fault => [meta('list'), `interactive action ${path}`],
    ),
    [meta('callToAction'), 'interactive action parameters url'],
    [meta('form'), 'interactive action parameters flow_id'],
    [meta('form'), 'interactive action parameters flow_cta'],
    [meta('product'), 'interactive action product_retailer_id'],
    [meta('products'), 'interactive action catalog_id'],
    [meta('products'), 'interactive header'],
    [meta('carousel'), 'interactive action cards 0 header'],
    ...['name', 'language', 'components 0 type', 'components 2 sub_type', 'components 2 index'].map(
      (path): Fault => [template, `template ${path}`],
    ),
    [template, 'template components 1 parameters 0 text'],
    [receipt, 'message_id'],
    // Nobody knows it
    [text, 'type', 'words'],
    [text, 'recipient_type', 'crowd'],
    [receipt, 'status', 'heard'],
    [receipt, 'typing_indicator type', 'audio'],
    [meta('buttons'), 'interactive type', 'buttons'],
    [meta('buttons'), 'interactive header type', 'sticker'],
    [meta('buttons'), 'interactive action buttons 0 type', 'url'],
    [meta('callToAction'), 'interactive action name', 'open'],
    [meta('form'), 'interactive action parameters mode', 'live'],
    [meta('form'), 'interactive action parameters flow_message_version', '2'],
    [meta('carousel'), 'interactive action cards 0 type', 'card'],
    [template, 'template components 0 type', 'top'],
    [template, 'template components 2 sub_type', 'reply'],
    [template, 'template components 2 index', '10'],
    [template, `${parameters} 0 type`, 'place'],
    // Too long, too many, too few
    [text, 'text body', x(LIMITS.text + 1)],
    [text, 'text body', ''],
    [text, 'biz_opaque_callback_data', x(513)],
    [meta('image'), 'image caption', x(LIMITS.caption + 1)],
    [meta('contacts'), 'contacts', []],
    [meta('buttons'), 'interactive body text', x(LIMITS.buttonBody + 1)],
    [meta('buttons'), 'interactive footer text', x(LIMITS.footer + 1)],
    [meta('buttons'), 'interactive action buttons', []],
    [meta('buttons'), 'interactive action buttons', many(LIMITS.buttons + 1, first('buttons', 'buttons'))],
    [meta('buttons'), 'interactive action buttons 0 reply title', x(LIMITS.buttonTitle + 1)],
    [meta('buttons'), 'interactive action buttons 0 reply id', x(LIMITS.buttonId + 1)],
    [meta('list'), 'interactive header text', x(LIMITS.headerText + 1)],
    [meta('list'), 'interactive body text', x(LIMITS.listBody + 1)],
    [meta('list'), 'interactive action button', x(LIMITS.listButton + 1)],
    [meta('list'), 'interactive action sections', many(LIMITS.listSections + 1, first('list', 'sections'))],
    [meta('list'), 'interactive action sections 0 title', x(LIMITS.listSectionTitle + 1)],
    [meta('list'), 'interactive action sections 0 rows 0 title', x(LIMITS.listRowTitle + 1)],
    [meta('list'), 'interactive action sections 0 rows 0 description', x(LIMITS.listRowDescription + 1)],
    [meta('list'), 'interactive action sections 0 rows 0 id', x(LIMITS.listRowId + 1)],
    [meta('callToAction'), 'interactive action parameters display_text', x(LIMITS.callToActionButton + 1)],
    [meta('form'), 'interactive action parameters flow_cta', x(LIMITS.formButton + 1)],
    [meta('carousel'), 'interactive action cards', [first('carousel', 'cards')]],
    [meta('carousel'), 'interactive action cards 0 body text', x(LIMITS.cardText + 1)],
    [meta('location'), 'location latitude', 91],
    // What does not belong there
    [text, 'priority', 'high'],
    [text, 'text footer', 'Bye'],
    [text, 'image', { id: '1' }],
    [meta('image'), 'image id', '1'],
    [meta('sticker'), 'sticker caption', 'Look'],
    [meta('audio'), 'audio caption', 'Hear'],
    [meta('reaction'), 'reaction text', 'Ha'],
    [meta('contacts'), 'contacts 0 nickname', 'A'],
    [meta('form'), 'interactive action parameters flow_name', 'sizes'],
    [meta('image'), 'image link', 'no address'],
  ];
}

function twilioFaults(): Fault[] {
  const text = twilio('text', 'message');
  const image = twilio('image', 'message');
  const place = twilio('location', 'message');
  const list = twilio('list', 'message');
  const replies = twilio('buttons', 'content', { header: undefined, footer: undefined });
  const picker = twilio('list', 'content');
  const form = twilio('form', 'content', { data: undefined });
  const [quick, rows, flows] = ['types twilio/quick-reply', 'types twilio/list-picker', 'types whatsapp/flows'];
  const first = (posted: Posted, ...path: string[]) => at(posted.body, [...path, 0]);
  return [
    // The message
    ...['To', 'From', 'StatusCallback', 'Body'].map((path): Fault => [text, path]),
    [text, 'To', '447700900001'],
    [text, 'To', 'whatsapp:447700900001'],
    [text, 'To', '+447700900001'],
    [text, 'From', 'whatsapp:Parley'],
    [text, 'From', '+447700900000'],
    [text, 'MessagingServiceSid', 'MG1'],
    [text, 'StatusCallback', 'the status page'],
    [text, 'Body', ''],
    [text, 'Body', x(TWILIO_LIMITS.text + 1)],
    [text, 'Boddy', 'Hi'],
    [text, 'ContentSid', `HX${'0'.repeat(32)}`],
    [text, 'RiskCheck', 'maybe'],
    [text, 'ScheduleType', 'soon'],
    [text, 'SendAt', 'tomorrow'],
    [text, 'ValidityPeriod', 1.5],
    [image, 'MediaUrl', []],
    [image, 'MediaUrl', 'https://x.example/a.jpg'],
    [image, 'MediaUrl 0', 'no address'],
    [place, 'PersistentAction', 'geo:1,2'],
    [place, 'PersistentAction 0', 'mailto:a@x.example'],
    [list, 'ContentSid', 'HX1'],
    [list, 'ContentSid', `MG${'0'.repeat(32)}`],
    [list, 'ContentVariables', { 1: 'Hi' }],
    [list, 'ContentVariables', 'Hi'],
    [list, 'ContentVariables', '{"1":""}'],
    // The resource
    ...['language', 'types'].map((path): Fault => [replies, path]),
    ...['body', 'actions', 'actions 0 title'].map((path): Fault => [replies, `${quick} ${path}`]),
    ...['body', 'button', 'items', 'items 0 id', 'items 0 item'].map((path): Fault => [picker, `${rows} ${path}`]),
    ...['body', 'button_text', 'flow_id'].map((path): Fault => [form, `${flows} ${path}`]),
    [replies, 'variables 1', 7],
    [replies, 'types twilio/buttons', {}],
    [replies, `${quick} footer`, 'Bye'],
    [replies, `${quick} actions 0 type`, 'URL'],
    [replies, `${quick} actions 0 url`, page],
    [replies, `${quick} actions 0 title`, x(LIMITS.buttonTitle + 1)],
    [replies, `${quick} actions 0 id`, x(LIMITS.buttonId + 1)],
    [replies, `${quick} actions`, []],
    [replies, `${quick} actions`, many(LIMITS.buttons + 1, first(replies, ...quick.split(' '), 'actions'))],
    [picker, `${rows} footer`, 'Bye'],
    [picker, `${rows} body`, x(TWILIO_LIMITS.listBody + 1)],
    [picker, `${rows} button`, x(LIMITS.listButton + 1)],
    [picker, `${rows} items`, many(TWILIO_LIMITS.listRows + 1, first(picker, ...rows.split(' '), 'items'))],
    [picker, `${rows} items 0 item`, x(LIMITS.listRowTitle + 1)],
    [picker, `${rows} items 0 title`, 'One'],
    [picker, `${rows} items 0 description`, x(LIMITS.listRowDescription + 1)],
    [form, `${flows} screen`, 'A'],
    [form, `${flows} button_text`, x(LIMITS.formButton + 1)],
    [form, `${flows} flow_token`, x(LIMITS.formToken + 1)],
    [form, `${flows} is_flow_first_page_endpoint`, 'yes'],
  ];
}

/** Faults that a person thought of, and each value with a wrong type. */
export function mutants(): { meta: Mutant[]; twilio: Mutant[] } {
  const ofMeta = [...Object.keys(WHOLE).map(meta), ...readReceipts];
  const ofTwilio = [
    ...['text', 'image', 'location', 'list'].map((kind) => twilio(kind, 'message')),
    ...['buttons', 'list'].map((kind) => twilio(kind, 'content')),
    twilio('form', 'content', { data: undefined }),
  ];
  return {
    meta: [...metaFaults().map(mutantOf), ...ofMeta.flatMap((posted) => [...wrongTypes(posted)])],
    twilio: [...twilioFaults().map(mutantOf), ...ofTwilio.flatMap((posted) => [...wrongTypes(posted)])],
  };
}
