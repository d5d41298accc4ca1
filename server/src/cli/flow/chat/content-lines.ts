import { isObject, type OutboundContent } from '@parley/runtime';

/** What a person can tap; typed in the terminal by its number. */
export interface Choice {
  payload: string;
  title: string;
}

type Header = Extract<OutboundContent, { kind: 'buttons' }>['header'];

/**
 * A message of the bot as lines of text, and the choices that it offers. `first` is the number of its first choice: several
 * messages of one turn count on.
 */
export function contentLines(content: OutboundContent, first = 1): { lines: string[]; choices: Choice[] } {
  const choices: Choice[] = [];
  const offer = ({ id, title }: { id: string; title: string }, more = ''): string => {
    choices.push({ payload: id, title });
    return `  [${first + choices.length - 1}] ${title}${more}`;
  };
  const lines = wordsOf(content, offer)
    .flatMap((line) => line.split('\n'))
    .map(printable);
  return { lines, choices };
}

function wordsOf(
  content: OutboundContent,
  offer: (choice: { id: string; title: string }, more?: string) => string,
): string[] {
  switch (content.kind) {
    case 'text':
      return [content.text];
    case 'buttons':
      return [
        ...headerOf(content.header),
        content.text,
        ...footerOf(content),
        ...content.buttons.map((one) => offer(one)),
      ];
    case 'list':
      return [
        ...headerOf(content.header),
        content.text,
        ...footerOf(content),
        `  (${content.button})`,
        ...content.sections.flatMap(({ title, rows }) => [
          ...(title ? [`  ${title}`] : []),
          ...rows.map((row) => offer(row, row.description ? `: ${row.description}` : '')),
        ]),
      ];
    case 'carousel':
      return [
        content.text,
        ...content.cards.flatMap(({ header, text, url, button, buttons = [] }, index) => [
          `  Card ${index + 1}: ${fileOf(header)}${text ? ` ${text}` : ''}`,
          ...(url ? [`  (${button}: ${url})`] : []),
          ...buttons.map((one) => offer(one)),
        ]),
      ];
    case 'template':
      return [`(template ${content.name}, ${content.language}${filledIn(content)})`, ...replyButtons(content, offer)];
    case 'location':
      return [
        `(location ${content.latitude}, ${content.longitude}${[content.title, content.address].map((one) => (one ? `, ${one}` : '')).join('')})`,
      ];
    case 'contacts':
      return content.contacts.map(({ name, phones }) => `(contact ${name}: ${phones.join(', ')})`);
    case 'reaction':
      return [content.emoji === '' ? '(takes the reaction back)' : `(reacts with ${content.emoji})`];
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'sticker':
      return [fileOf(content), ...('caption' in content && content.caption ? [content.caption] : [])];
    case 'callToAction':
      return [...headerOf(content.header), content.text, ...footerOf(content), `  (${content.button}: ${content.url})`];
    case 'locationRequest':
      return [content.text, '  (asks for your place: /location 38.72,-9.14)'];
    case 'form':
      return [
        ...headerOf(content.header),
        content.text,
        ...footerOf(content),
        `  (${content.button}: opens the form ${content.formId ?? content.formName}; answer with /form {"field": "value"})`,
      ];
    case 'product':
      return [...(content.text ? [content.text] : []), ...footerOf(content), `  (product ${content.productId})`];
    case 'products':
      return [
        content.header,
        content.text,
        ...footerOf(content),
        ...content.sections.map(({ title, productIds }) => `  ${title}: ${productIds.join(', ')}`),
      ];
    default:
      return otherWords(content);
  }
}

/** A kind that came after this file: its fields, so that nothing the bot says is hidden. */
const otherWords = (content: never): string[] => [JSON.stringify(content)];

const footerOf = ({ footer }: { footer?: string }): string[] => (footer ? [footer] : []);

function headerOf(header: Header): string[] {
  if (header === undefined) return [];
  return [typeof header === 'string' ? header : fileOf(header)];
}

const fileOf = (file: { kind: string; url?: string; mediaId?: string; filename?: string }): string =>
  `(${[file.kind, file.filename, file.url ?? file.mediaId].filter((one) => one !== undefined).join(' ')})`;

function filledIn({ parameters, header }: Extract<OutboundContent, { kind: 'template' }>): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const above = isObject(header)
    ? Object.entries(header).map(([name, value]) => `header ${name}=${JSON.stringify(value)}`)
    : [];
  return [...above, ...values].map((one) => `, ${one}`).join('');
}

/** A template's own words live with the provider; of its buttons only those with a payload can be tapped here. */
const replyButtons = (
  { buttons = [] }: Extract<OutboundContent, { kind: 'template' }>,
  offer: (choice: { id: string; title: string }) => string,
): string[] =>
  buttons.flatMap(({ index, payload, text }) =>
    payload === undefined ? [] : [offer({ id: payload, title: text ?? `Button ${index + 1}` })],
  );

/** What comes from other systems must not steer the terminal: control signs are shown as a stand-in. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
