import { type ContentOf, OutboundContent, type OutboundKind } from './content.ts';
import type { Header } from './interactive.ts';
import { LIMITS, TWILIO_LIMITS } from './limits.ts';

export type Provider = 'meta' | 'twilio' | 'simulator';

/** `native`: as it is. `other`: as another kind of message, or with less. `impossible`: not at all. */
export type Support = 'native' | 'other' | 'impossible';

/**
 * What Twilio makes of each kind inside the 24 hours, where nothing needs an approval. Meta and the simulator take every
 * kind as it is. Source: Twilio, Content types (`twilio/…`) and "Session definitions": cards, call-to-action, carousels and
 * catalogues need an approved template also there; vCards, reactions and location requests do not exist.
 */
export const TWILIO_SUPPORT: Record<OutboundKind, Support> = {
  text: 'native',
  image: 'native',
  video: 'native',
  audio: 'native',
  document: 'native',
  sticker: 'native', // a webp by its address becomes a sticker
  location: 'native',
  contacts: 'other',
  reaction: 'impossible',
  buttons: 'native',
  list: 'native',
  callToAction: 'other',
  locationRequest: 'other',
  form: 'native',
  product: 'other',
  products: 'other',
  carousel: 'other',
  template: 'native',
};

/** What a flow goes on without where the provider lacks it, unless it says itself what to do then (the port `error`). */
export const isDecoration = ({ kind }: { kind: OutboundKind }): boolean => kind === 'reaction';

export type ProviderContent = { content: OutboundContent; note?: string } | { unsupported: string };

/**
 * What goes out for a content over this provider: the content itself, another one with a note for the author about what
 * changed, or words for why it cannot be sent and what to do. `language` is the reader's, for the few words added.
 *
 * @example providerContent({ kind: 'callToAction', text: 'Your invoice', button: 'Open', url: 'https://a.example' }, 'twilio')
 *   // { content: { kind: 'text', text: 'Your invoice\n\nOpen: https://a.example' }, note: '...' }
 */
export function providerContent(content: OutboundContent, provider: Provider, language = 'en'): ProviderContent {
  const empty = content.kind === 'template' ? emptyVariable(content) : undefined;
  if (empty !== undefined) return { unsupported: noValue(empty) };
  if (provider !== 'twilio') return { content };
  const made = forTwilio(content, language);
  if ('unsupported' in made) return made;
  const issue = OutboundContent.safeParse(made.content).error?.issues[0];
  if (issue)
    return { unsupported: `Twilio cannot show this as it is, and its other form does not fit: ${issue.message}` };
  if (made.content.kind === 'text' && made.content.text.length > TWILIO_LIMITS.text)
    return tooLong('a text', TWILIO_LIMITS.text);
  if (made.content.kind === 'list' && made.content.text.length > TWILIO_LIMITS.listBody)
    return tooLong('the text of a list', TWILIO_LIMITS.listBody);
  return made;
}

/** WhatsApp refuses a template with an empty value, whoever hands it over (Meta's error 131008, Twilio's 63028). */
const emptyVariable = ({ parameters }: ContentOf<'template'>): string | undefined =>
  Object.keys(parameters).find((name) => parameters[name]?.trim() === '');

const noValue = (name: string) =>
  `The template's variable ${name} is empty, and WhatsApp refuses empty ones. Give it a value for when nothing is known, such as {{default contact.city "your city"}}.`;

const tooLong = (what: string, limit: number): ProviderContent => ({
  unsupported: `Twilio takes at most ${limit} characters in ${what}. Shorten it, or send it in two messages.`,
});

function forTwilio(content: OutboundContent, language: string): ProviderContent {
  switch (content.kind) {
    case 'contacts':
      return {
        content: { kind: 'text', text: content.contacts.map(contactLine).join('\n') },
        note: 'Twilio sends no contact cards: names and numbers go out as a text.',
      };
    case 'reaction':
      return { unsupported: 'Twilio sends no reactions. Answer with a text, or use a channel of Meta.' };
    case 'buttons':
      return buttonsForTwilio(content);
    case 'list':
      return listForTwilio(content);
    case 'callToAction':
      return {
        content: {
          kind: 'text',
          text: joined(headed(content.header), content.text, `${content.button}: ${content.url}`, content.footer),
        },
        note: 'Twilio shows a button with an address only in an approved template: the address goes out in the text.',
      };
    case 'locationRequest':
      return {
        content: { kind: 'text', text: joined(content.text, wordsFor(SEND_PIN, language)) },
        note: 'Twilio has no location request: the text asks for the pin.',
      };
    case 'form':
      return formForTwilio(content);
    case 'product':
      return linked(content.text, content.link, content.footer, 'a product');
    case 'products':
      return linked(joined(content.header, content.text), content.link, content.footer, 'products');
    case 'carousel':
      return content.cards.some((card) => card.buttons) ? cardsAsList(content, language) : cardsAsText(content);
    default:
      return { content };
  }
}

const contactLine = ({ name, phones }: { name: string; phones: string[] }) => `${name}: ${phones.join(', ')}`;
const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join('\n\n');
/** The words of a header; a file becomes its address, and one that has none is left to the caller. */
const headed = (header: Header | undefined): string | undefined => (typeof header === 'object' ? header.url : header);

const NO_FILE_ABOVE: ProviderContent = {
  unsupported:
    'Twilio shows a file above the buttons only in an approved template. Send the file before, or give its address (url).',
};
const FOLDED = 'Twilio has no header and footer here: their words go out in the text.';

function buttonsForTwilio(content: ContentOf<'buttons'>): ProviderContent {
  const { header, footer, ...plain } = content;
  if (header === undefined && footer === undefined) return { content };
  if (typeof header === 'object' && header.url === undefined) return NO_FILE_ABOVE;
  return { content: { ...plain, text: joined(headed(header), content.text, footer) }, note: FOLDED };
}

function listForTwilio(content: ContentOf<'list'>): ProviderContent {
  const { header, footer, sections, ...plain } = content;
  const named = sections.length > 1 || Boolean(sections[0]?.title);
  if (header === undefined && footer === undefined && !named) return { content };
  const rows = sections.flatMap((section) => section.rows);
  return {
    content: { ...plain, text: joined(header, content.text, footer), sections: [{ rows }] },
    note: `Twilio's lists have no sections, headers and footers: the rows go out in one list.`,
  };
}

function formForTwilio(content: ContentOf<'form'>): ProviderContent {
  const { header, footer, ...plain } = content;
  if (content.formId === undefined)
    return { unsupported: 'Twilio opens a form by its id only. Give formId instead of formName.' };
  if (content.data && Object.keys(content.data).length > 0)
    return { unsupported: 'Twilio cannot fill in a form before it is opened. Leave data out.' };
  if (content.mode === 'draft')
    return { unsupported: 'Twilio opens published forms only. Publish it, or leave mode out.' };
  if (header === undefined && footer === undefined) return { content };
  if (typeof header === 'object' && header.url === undefined) return NO_FILE_ABOVE;
  return { content: { ...plain, text: joined(headed(header), content.text, footer) }, note: FOLDED };
}

function linked(text: string | undefined, link: string | undefined, footer: string | undefined, what: string) {
  if (link === undefined)
    return {
      unsupported: `Twilio shows ${what} of a catalogue only in an approved template. Give a link to show instead, or use a channel of Meta.`,
    };
  const content: OutboundContent = { kind: 'text', text: joined(text, link, footer) };
  return { content, note: `Twilio shows ${what} only in an approved template: the link goes out in a text.` };
}

function cardsAsText({ text, cards }: ContentOf<'carousel'>): ProviderContent {
  const lines = cards.map((card) => [card.text, `${card.button}: ${card.url}`].filter(Boolean).join('\n'));
  return {
    content: { kind: 'text', text: joined(text, ...lines) },
    note: 'Twilio shows cards only in an approved template: their words and addresses go out in a text.',
  };
}

/** Each button becomes a row that keeps the button's id, so that the same port is taken. */
function cardsAsList({ text, cards }: ContentOf<'carousel'>, language: string): ProviderContent {
  const rows = cards.flatMap((card) =>
    (card.buttons ?? []).map((button) => rowOf(button, card.text, cards.length > 1 && card.text !== undefined)),
  );
  if (rows.length > TWILIO_LIMITS.listRows)
    return {
      unsupported: `Twilio shows cards only in an approved template, and a list in their place holds ${TWILIO_LIMITS.listRows} rows. Keep at most ${TWILIO_LIMITS.listRows} buttons on all cards together.`,
    };
  if (rows.some((row) => row.id.length > LIMITS.listRowId))
    return {
      unsupported: `Twilio shows the cards as a list, whose ids hold ${LIMITS.listRowId} characters. Shorten the ids.`,
    };
  return {
    content: { kind: 'list', text, button: wordsFor(SEE, language), sections: [{ rows }] },
    note: 'Twilio shows cards only in an approved template: their buttons go out as the rows of a list.',
  };
}

/** A row is called like its card, with the button's words below: the same button often stands on every card. */
function rowOf({ id, title }: { id: string; title: string }, words: string | undefined, byCard: boolean) {
  const name = words
    ?.split('\n')
    .find((line) => line.trim() !== '')
    ?.replace(/[*_~]/g, '')
    .trim();
  if (!byCard || !name) return { id, title };
  return { id, title: cut(name, LIMITS.listRowTitle), description: title };
}

/** By characters as people count them, so that no emoji is cut in two. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Words that the author did not write, by language; English where a language is missing. */
const SEND_PIN: Record<string, string> = {
  en: 'Tap the paper clip, then Location.',
  es: 'Toca el clip y luego Ubicación.',
  pt: 'Toque no clipe e depois em Localização.',
  ar: 'اضغط على مشبك الورق ثم الموقع.',
};
const SEE: Record<string, string> = { en: 'See all', es: 'Ver todo', pt: 'Ver tudo', ar: 'عرض الكل' };
const wordsFor = (words: Record<string, string>, language: string): string =>
  words[language.slice(0, 2).toLowerCase()] ?? words.en ?? '';
