import type { z } from 'zod';
import type { Card, Media, MetaAccount, Said, Interactive as Shown } from '../network/model.ts';
import { nothingSaid } from '../network/model.ts';
import { addressOf, bareInteractive } from '../network/shown.ts';
import { readOr } from './check.ts';
import { GraphError } from './errors.ts';
import { CONTENTS, type Interactive } from './shapes.ts';
import { fillTemplate } from './template.ts';

export interface Reading {
  said: Said;
  reaction: { target: string; emoji: string } | null;
}

type Type = keyof typeof CONTENTS;
type FileGiven = { id?: string | undefined; link?: string | undefined; filename?: string | undefined };

const isType = (type: string): type is Type => Object.hasOwn(CONTENTS, type);

/** What a body says. `file` finds an uploaded file. Throws GraphError. */
export function readSend(
  type: string,
  body: Record<string, unknown>,
  account: MetaAccount,
  file: (id: string) => Media | null,
): Reading {
  if (!isType(type))
    throw new GraphError(100, null, {
      message: `(#100) Param type must be one of {${Object.keys(CONTENTS).join(', ').toUpperCase()}} - got "${type}".`,
    });
  const given = parsed(body[type]);
  if (given === undefined) throw new GraphError(131008, `Parameter '${type}' is mandatory for type '${type}'.`);
  const media = (one: FileGiven) => mediaOf(one, type, file);
  const said = { ...nothingSaid(), kind: type };
  const plain = (words: Partial<Said>): Reading => ({ said: { ...said, ...words }, reaction: null });

  switch (type) {
    case 'text':
      return plain({ text: readOr(CONTENTS.text, given, type).body });
    case 'image':
    case 'video':
    case 'document': {
      const one = readOr(CONTENTS.document, given, type);
      return plain({ media: media(one), text: one.caption ?? null });
    }
    case 'audio': {
      const one = readOr(CONTENTS.audio, given, type);
      return plain({ media: media(one), voice: one.voice ?? false });
    }
    case 'sticker':
      return plain({ media: media(readOr(CONTENTS.sticker, given, type)) });
    case 'location': {
      const { latitude, longitude, name = null, address = null } = readOr(CONTENTS.location, given, type);
      return plain({ location: { latitude, longitude, name, address }, text: name ?? address });
    }
    case 'contacts': {
      const contacts: Card[] = readOr(CONTENTS.contacts, given, type);
      return plain({ contacts, text: contacts.map(({ name }) => name.formatted_name).join(', ') });
    }
    case 'reaction': {
      const { message_id, emoji } = readOr(CONTENTS.reaction, given, type);
      return { said: { ...said, text: emoji, replyTo: message_id }, reaction: { target: message_id, emoji } };
    }
    case 'interactive': {
      const interactive = showInteractive(readOr(CONTENTS.interactive, given, type), media);
      return plain({ interactive, text: interactive.body });
    }
    case 'template':
      return plain(fillTemplate(readOr(CONTENTS.template, given, type), account, media));
  }
}

/** Graph takes any object also as a JSON string. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function mediaOf({ id, link, filename }: FileGiven, type: string, file: (id: string) => Media | null): Said['media'] {
  if (id !== undefined) {
    const found = file(id);
    if (!found)
      throw new GraphError(
        131009,
        `Parameter '${type}.id': "${id}" is not a valid whatsapp business account media attachment ID`,
      );
    return filename === undefined ? found : { ...found, filename };
  }
  if (link !== undefined) return { link, filename: filename ?? null };
  throw new GraphError(131008, `Parameter '${type}' needs 'id' or 'link'.`);
}

type Frame = Pick<Extract<Interactive, { type: 'button' }>, 'header' | 'footer'>;

export function showInteractive(one: Interactive, media: (file: FileGiven) => Said['media']): Shown {
  const framed = one as Partial<Frame>;
  const shown: Shown = {
    ...bareInteractive(),
    body: one.body?.text ?? null,
    footer: framed.footer?.text ?? null,
    header: headerOf(framed.header, media),
  };
  switch (one.type) {
    case 'button':
      return { ...shown, type: 'buttons', buttons: one.action.buttons.map(({ reply }) => reply) };
    case 'list':
      return { ...shown, type: 'list', label: one.action.button, sections: one.action.sections.map(sectionOf) };
    case 'cta_url': {
      const { display_text: title, url } = one.action.parameters;
      return { ...shown, type: 'cta_url', url, label: title, buttons: [{ id: url, title, url }] };
    }
    case 'location_request_message':
      return { ...shown, type: 'location_request' };
    case 'flow': {
      const { flow_id, flow_name, flow_cta, flow_token = null, flow_action_payload } = one.action.parameters;
      const flow = { id: flow_id ?? flow_name ?? '', token: flow_token, screen: flow_action_payload?.screen ?? null };
      return { ...shown, type: 'flow', label: flow_cta, flow };
    }
    case 'product':
      return { ...shown, type: 'product', buttons: [{ id: one.action.product_retailer_id, title: 'View' }] };
    case 'product_list':
      return { ...shown, type: 'product_list', sections: one.action.sections.map(productsOf) };
    case 'carousel':
      return { ...shown, type: 'carousel', cards: one.action.cards.map(cardOf) };
    default:
      return shown;
  }
}

function headerOf(header: Frame['header'], media: (file: FileGiven) => Said['media']): Shown['header'] {
  if (!header) return null;
  if (header.type === 'text') {
    if (header.text === undefined)
      throw new GraphError(131008, "Parameter 'interactive['header']['text']' is mandatory.");
    return { text: header.text, mediaUrl: null };
  }
  const given = header[header.type];
  if (given === undefined)
    throw new GraphError(131008, `Parameter 'interactive['header']['${header.type}']' is mandatory.`);
  return { text: null, mediaUrl: addressOf(media(given)) };
}

type ListAction = Extract<Interactive, { type: 'list' }>['action'];
const sectionOf = ({ title = undefined, rows }: ListAction['sections'][number]) => ({
  title: title ?? null,
  rows: rows.map(({ id, title: name, description }) => ({ id, title: name, description: description ?? null })),
});

type ProductAction = Extract<Interactive, { type: 'product_list' }>['action'];
const productsOf = ({ title, product_items }: ProductAction['sections'][number]) => ({
  title: title ?? null,
  rows: product_items.map(({ product_retailer_id: id }) => ({ id, title: id, description: null })),
});

type CarouselCard =
  z.output<typeof CONTENTS.interactive> extends infer Any
    ? Any extends { type: 'carousel'; action: { cards: (infer One)[] } }
      ? One
      : never
    : never;

function cardOf({ header, body, action }: CarouselCard): Shown['cards'][number] {
  const link = header?.image?.link ?? header?.video?.link ?? null;
  const words = { header: link, body: body?.text ?? null };
  if ('parameters' in action) {
    const { display_text: title, url } = action.parameters;
    return { ...words, buttons: [{ id: url, title, url }] };
  }
  if ('buttons' in action)
    return { ...words, buttons: action.buttons.map((one) => ('reply' in one ? one.reply : one.quick_reply)) };
  return { ...words, buttons: [{ id: action.product_retailer_id, title: 'View' }] };
}
