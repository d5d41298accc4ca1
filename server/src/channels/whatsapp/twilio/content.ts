import { createHash } from 'node:crypto';
import type { ContentOf, OutboundContent } from '@parley/runtime';

/** The body of `POST /v1/Content`. Source: Twilio, Content API 1.1.0. */
export interface ContentBody {
  friendly_name: string;
  language: string;
  variables: Record<string, string>;
  types: Record<string, object>;
}

/** A Content resource of ours, and what fills its places for one message. */
export interface Shaped {
  /** The same for all messages that one resource can say. */
  shape: string;
  body: ContentBody;
  variables: Record<string, string>;
}

const OURS = 'parley';
const NAMED_BY = 12; // digits of the shape's hash
const OUR_NAME = new RegExp(`^${OURS} [a-z-]+ [0-9a-f]{${NAMED_BY}}$`);
const LANGUAGE = 'en'; // it must have one; what people read are the variables
const SAMPLE = 'text'; // what a variable that is left out would read; none is
// Twilio: 100 variables; ten rows with id, title and description and the words on the button need 31 of them
const MOST_LINES = 60;
/**
 * What a variable in a body may not hold (Twilio, error 21656): line breaks, tabs, five spaces. It becomes part of the
 * resource, with the white space around it, for no variable may be empty either.
 */
const GAP = /(\s*(?:[\n\r\t\v\f\u0085\u2028\u2029]| {5,})\s*)/;

/** A resource that serves messages of flows: no template that somebody made. */
export const isOurs = (friendlyName: string): boolean => OUR_NAME.test(friendlyName);

/**
 * The resource for a content that Twilio takes in no other way; null for every other kind. All words and ids are
 * variables, so that the same few resources serve every flow: one for each number of buttons or rows, with and without
 * descriptions, and each arrangement of lines. Source: Twilio, "Using variables with Content templates" and the pages of
 * `twilio/quick-reply`, `twilio/list-picker`, `whatsapp/flows`.
 */
export function contentBody(content: OutboundContent): Shaped | null {
  switch (content.kind) {
    case 'buttons':
      return shaped('twilio/quick-reply', (put) => quickReply(content, put));
    case 'list':
      return shaped('twilio/list-picker', (put) => listPicker(content, put));
    case 'form':
      return shaped('whatsapp/flows', (put) => form(content, put));
    default:
      return null;
  }
}

/** `ContentVariables` as Twilio takes it. An apostrophe as such was refused for a while (twilio-node, issue 1082). */
export const variablesText = (variables: Record<string, string>): string =>
  JSON.stringify(variables).replaceAll("'", '\\u0027');

/** Words on one line: WhatsApp shows no line break in a title, and no variable may hold one. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Takes a value, gives the name of its place. */
type Put = (value: string) => string;

function shaped(type: string, make: (put: Put) => object): Shaped {
  const variables: Record<string, string> = {};
  let count = 0;
  const put: Put = (value) => {
    count += 1;
    variables[count] = value;
    return `{{${count}}}`;
  };
  const types = { [type]: make(put) };
  const shape = createHash('sha256').update(JSON.stringify(types)).digest('hex');
  const samples = Object.fromEntries(Object.keys(variables).map((name) => [name, SAMPLE]));
  const name = `${OURS} ${type.split('/')[1]} ${shape.slice(0, NAMED_BY)}`;
  return { shape, variables, body: { friendly_name: name, language: LANGUAGE, variables: samples, types } };
}

const quickReply = ({ text, buttons }: ContentOf<'buttons'>, put: Put) => ({
  body: linesOf(text, put),
  actions: buttons.map(({ id, title }) => ({ type: 'QUICK_REPLY', title: put(oneLine(title)), id: put(id) })),
});

const listPicker = ({ text, button, sections }: ContentOf<'list'>, put: Put) => ({
  body: linesOf(text, put),
  button: put(oneLine(button)),
  items: sections
    .flatMap(({ rows }) => rows)
    .map(({ id, title, description }) => ({
      id: put(id),
      item: put(oneLine(title)),
      ...(description?.trim() ? { description: put(oneLine(description)) } : {}),
    })),
});

/** Only words and token are filled in: for the rest no page says that it may vary. */
const form = ({ text, button, formId, screen, token }: ContentOf<'form'>, put: Put) => ({
  body: linesOf(text, put),
  button_text: literal(button),
  flow_id: formId,
  flow_token: put(token),
  ...(screen === undefined ? {} : { flow_first_page_id: screen }),
});

function linesOf(text: string, put: Put): string {
  return text
    .split(GAP)
    .map((piece, index) => {
      const isGap = index % 2 === 1;
      if (isGap || piece === '') return piece;
      return index / 2 < MOST_LINES ? put(piece) : literal(piece);
    })
    .join('');
}

/** Two braces in a row would be a place: an invisible character keeps them apart. */
const literal = (text: string): string => text.replaceAll('{{', '{\u2060{');
