import { type InboundMessage, inboundMessage, isObject, type JsonObject } from '@parley/runtime';
import type { InboundFile } from '../inbound.ts';
import { MAX_DEPTH, nestsDeeper } from '../nesting.ts';
import { listOf, textOf } from './read.ts';

type Raw = Record<string, unknown>;

export interface Content {
  message: InboundMessage;
  files: InboundFile[];
  /** False for what answers nothing: kept and shown, and no flow hears it. */
  speaks: boolean;
}

/** Types that answer nothing; `reaction` and interactive messages without a body join them below. */
const SILENT = new Set(['system', 'unsupported', 'unknown', 'edit', 'revoke', 'ephemeral', 'request_welcome']);

const MEDIA = new Map<string, InboundMessage['type']>([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['voice', 'audio'], // the name of old for what is recorded with the microphone
  ['document', 'document'],
  ['sticker', 'sticker'],
]);

/** What a message says, whatever its type; a type of tomorrow becomes `other` and keeps its part in `data`. */
export function contentOf(raw: Raw): Content {
  const type = textOf(raw.type) ?? typeFromKeys(raw);
  const part = Object.hasOwn(raw, type) && isObject(raw[type]) ? (raw[type] as Raw) : {};
  const { message, ...rest } = bodyOf(type, part, raw);
  const data = { ...message.data, ...aroundOf(raw) };
  return {
    message: { ...message, referral: referralOf(raw.referral), data: Object.keys(data).length === 0 ? null : data },
    ...rest,
  };
}

function bodyOf(type: string, part: Raw, raw: Raw): Content {
  const media = MEDIA.get(type);
  if (media) return mediaOf(media, type, part);
  switch (type) {
    case 'text':
      return spoken(inboundMessage({ type: 'text', text: textOf(part.body) ?? '' }));
    case 'button': {
      const text = textOf(part.text);
      return spoken(inboundMessage({ type: 'button', text, payload: textOf(part.payload) ?? text }));
    }
    case 'interactive':
      return interactiveOf(part);
    case 'location':
      return spoken(locationOf(part));
    case 'contacts':
      return spoken(contactsOf(raw.contacts));
    case 'order':
      return spoken(inboundMessage({ type: 'order', text: textOf(part.text), data: part as JsonObject }));
    case 'reaction':
      return silent(inboundMessage({ type: 'reaction', text: textOf(part.emoji), data: part as JsonObject }));
    default:
      return otherOf(type, part);
  }
}

const spoken = (message: InboundMessage): Content => ({ message, files: [], speaks: true });
const silent = (message: InboundMessage): Content => ({ message, files: [], speaks: false });

/** Some samples lack `type`; the part that is there names it. */
const typeFromKeys = (raw: Raw): string =>
  ['text', 'location', 'contacts', 'interactive', 'button', 'order', ...MEDIA.keys()].find((key) => key in raw) ??
  'unknown';

function mediaOf(type: InboundMessage['type'], word: string, part: Raw): Content {
  const caption = textOf(part.caption);
  const named = {
    id: textOf(part.id),
    url: textOf(part.url),
    contentType: textOf(part.mime_type),
    filename: textOf(part.filename),
  };
  const file: InboundFile = {
    ...named,
    sha256: textOf(part.sha256),
    voice: part.voice === true || word === 'voice',
    animated: part.animated === true,
  };
  // An address or an id to fetch it by; some errors come with neither, and then there is nothing to fetch
  const files = file.id === null && file.url === null ? [] : [file];
  return { message: inboundMessage({ type, text: caption, media: { ...named, caption } }), files, speaks: true };
}

function locationOf(part: Raw): InboundMessage {
  const [latitude, longitude] = [coordinate(part.latitude, 90), coordinate(part.longitude, 180)];
  const name = textOf(part.name);
  const address = textOf(part.address);
  const url = textOf(part.url);
  const known = latitude !== null && longitude !== null;
  return inboundMessage({
    type: 'location',
    text: name ?? address,
    location: known ? { latitude, longitude, name, address } : null,
    // Without coordinates nothing else would hold what was said of the place
    data: known ? (url === null ? null : { url }) : (part as JsonObject),
  });
}

/** Degrees, as a number or a text; null where it is no place on earth. */
function coordinate(value: unknown, limit: number): number | null {
  const text = textOf(value);
  const degrees = text === null ? Number.NaN : Number(text);
  return Math.abs(degrees) <= limit ? degrees : null;
}

function contactsOf(contacts: unknown): InboundMessage {
  const names = listOf(contacts).flatMap((one) =>
    isObject(one) && isObject(one.name) ? (textOf(one.name.formatted_name) ?? []) : [],
  );
  const data = { contacts: contacts ?? null } as JsonObject;
  return inboundMessage({ type: 'contacts', text: names.join(', ') || null, data });
}

/** `data.type` tells a tapped button of a message from a chosen row; a template's quick reply has none. */
function interactiveOf(part: Raw): Content {
  const type = textOf(part.type) ?? 'unknown';
  const reply = Object.hasOwn(part, type) && isObject(part[type]) ? (part[type] as Raw) : {};
  if (type === 'button_reply' || type === 'list_reply') {
    const description = textOf(reply.description);
    const data = { type, ...(description !== null && { description }) };
    return spoken(inboundMessage({ type: 'button', text: textOf(reply.title), payload: textOf(reply.id), data }));
  }
  if (type === 'nfm_reply')
    return spoken(inboundMessage({ type: 'form', text: textOf(reply.body), data: formOf(reply) }));
  // An interactive message that came without its body (Meta sends an error beside it) answers nothing
  return silent(inboundMessage({ type: 'other', data: { ...reply, type: `interactive.${type}` } as JsonObject }));
}

/** `response_json` is JSON in a text; what is none, or nests without end, stays a text. Some senders give the object itself. */
function formOf(reply: Raw): JsonObject {
  const name = textOf(reply.name);
  const given = reply.response_json;
  if (isObject(given)) return { name, answers: given as JsonObject };
  if (typeof given === 'string' && nestsDeeper(given, MAX_DEPTH)) return { name, answers: { value: given } };
  try {
    const answers: unknown = typeof given === 'string' && given !== '' ? JSON.parse(given) : {};
    return { name, answers: isObject(answers) ? (answers as JsonObject) : { value: answers as string } };
  } catch {
    return { name, answers: { value: textOf(given) } };
  }
}

/** `data.type` is Meta's word, with the part's own behind it where it has one: `system.customer_identity_changed`. */
function otherOf(type: string, part: Raw): Content {
  const own = textOf(part.type);
  const data = { ...part, type: own === null ? type : `${type}.${own}` } as JsonObject;
  const message = inboundMessage({ type: 'other', text: textOf(part.body), data });
  return SILENT.has(type) ? silent(message) : spoken(message);
}

/** The product of the catalogue that the person asks about, and the ad whose button they tapped. */
function aroundOf({ context, referral }: Raw): JsonObject {
  const product = isObject(context) ? context.referred_product : null;
  const headline = isObject(referral) ? textOf(referral.headline) : null;
  const body = isObject(referral) ? textOf(referral.body) : null;
  return {
    ...(isObject(product) && {
      product: { catalogId: textOf(product.catalog_id), productId: textOf(product.product_retailer_id) },
    }),
    ...((headline !== null || body !== null) && { ad: { headline, body } }),
  };
}

function referralOf(value: unknown): InboundMessage['referral'] {
  if (!isObject(value)) return null;
  return {
    sourceId: textOf(value.source_id),
    sourceType: textOf(value.source_type),
    sourceUrl: textOf(value.source_url),
    clickId: textOf(value.ctwa_clid),
  };
}
