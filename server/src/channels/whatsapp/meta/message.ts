import { type InboundMessage, inboundMessage, isObject, type JsonObject } from '@parley/runtime';
import { type InboundElement, messageElement, type Sender, sender } from '../inbound.ts';
import { listOf, textOf, timeOf } from './read.ts';

type Raw = Record<string, unknown>;

/** What came with one element of `messages[]`: the people, and how many messages they share. */
export interface Beside {
  contacts: Raw[];
  index: number;
  count: number;
}

/** Reads one element of `messages[]`; null where it has no id, so that nothing could tell a redelivery apart. */
export function messageOf(raw: unknown, beside: Beside): InboundElement | null {
  const providerId = isObject(raw) ? textOf(raw.id) : null;
  if (!isObject(raw) || providerId === null) return null;
  const context = isObject(raw.context) ? raw.context : {};
  const { message, speaks } = contentOf(raw);
  return messageElement({
    providerId,
    sentAt: timeOf(raw.timestamp),
    from: senderOf(raw, beside),
    message: { ...message, referral: referralOf(raw.referral), data: message.data ?? enquiryOf(context) },
    speaks,
    replyTo: textOf(context.id),
    raw,
  });
}

/** `from` may be absent (people with a user name only), and some senders put the business-scoped id there. */
function senderOf(raw: Raw, beside: Beside): Sender {
  const from = textOf(raw.from);
  const own = contactOf(raw, beside);
  const profile = isObject(own.profile) ? own.profile : {};
  const isBsuid = from !== null && /^[A-Z]{2}\./.test(from);
  const bsuid = textOf(raw.from_user_id) ?? (isBsuid ? from : textOf(own.user_id));
  const waId = isBsuid ? null : (from ?? textOf(own.wa_id));
  return sender({
    waId,
    bsuid,
    groupId: textOf(raw.group_id),
    name: textOf(profile.name) ?? textOf(profile.username),
  });
}

/**
 * The sender among `contacts[]`, which is not always in step with the messages. No name is better than a stranger's: with
 * the name goes the business-scoped id, and with that the conversation.
 */
function contactOf(raw: Raw, { contacts, index, count }: Beside): Raw {
  const [from, user] = [textOf(raw.from), textOf(raw.from_user_id)];
  const isTheirs = ({ wa_id, user_id }: Raw) =>
    [wa_id, user_id].some((id) => from !== null && textOf(id) === from) || (user !== null && textOf(user_id) === user);
  const named = contacts.find(isTheirs);
  if (named) return named;
  const nameless = from === null && user === null;
  if (contacts.length === 1 && (count === 1 || nameless)) return contacts[0] ?? {};
  return (nameless && contacts.length === count && contacts[index]) || {};
}

/** Types that answer nothing: they are kept and shown, and no flow hears them. */
const SILENT = new Set([
  'reaction',
  'system',
  'unsupported',
  'unknown',
  'edit',
  'revoke',
  'ephemeral',
  'request_welcome',
]);
const MEDIA = new Map<string, InboundMessage['type']>([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['voice', 'audio'],
  ['document', 'document'],
  ['sticker', 'sticker'],
]);

function contentOf(raw: Raw): { message: InboundMessage; speaks: boolean } {
  const type = textOf(raw.type) ?? typeFromKeys(raw);
  const part = isObject(raw[type]) ? (raw[type] as Raw) : {};
  const media = MEDIA.get(type);
  if (media) return spoken(mediaOf(media, part));
  switch (type) {
    case 'text':
      return spoken(inboundMessage({ type: 'text', text: textOf(part.body) ?? '' }));
    case 'button':
      return spoken(
        inboundMessage({ type: 'button', text: textOf(part.text), payload: textOf(part.payload) ?? textOf(part.text) }),
      );
    case 'interactive':
      return interactiveOf(part);
    case 'location':
      return spoken(locationOf(part));
    case 'contacts': {
      const names = listOf(raw.contacts).flatMap((one) =>
        isObject(one) && isObject(one.name) ? (textOf(one.name.formatted_name) ?? []) : [],
      );
      return spoken(
        inboundMessage({
          type: 'contacts',
          text: names.join(', ') || null,
          data: { contacts: raw.contacts } as JsonObject,
        }),
      );
    }
    case 'order':
      return spoken(inboundMessage({ type: 'order', text: textOf(part.text), data: part as JsonObject }));
    case 'reaction':
      return silent(inboundMessage({ type: 'reaction', text: textOf(part.emoji), data: part as JsonObject }));
    default: {
      const text = textOf(part.body);
      const message = inboundMessage({ type: 'other', text, data: { type, ...part } as JsonObject });
      return SILENT.has(type) ? silent(message) : spoken(message);
    }
  }
}

const spoken = (message: InboundMessage) => ({ message, speaks: true });
const silent = (message: InboundMessage) => ({ message, speaks: false });

/** Some samples lack `type`; the part that is there names it. */
const typeFromKeys = (raw: Raw): string =>
  ['text', 'location', 'contacts', 'interactive', 'button', 'order', ...MEDIA.keys()].find((key) => key in raw) ??
  'unknown';

function mediaOf(type: InboundMessage['type'], part: Raw): InboundMessage {
  const caption = textOf(part.caption);
  const media = {
    id: textOf(part.id),
    url: null,
    contentType: textOf(part.mime_type),
    filename: textOf(part.filename),
    caption,
  };
  return inboundMessage({ type, text: caption, media });
}

function locationOf(part: Raw): InboundMessage {
  const [latitude, longitude] = [Number(part.latitude), Number(part.longitude)];
  const name = textOf(part.name);
  const address = textOf(part.address);
  const known = Number.isFinite(latitude) && Number.isFinite(longitude);
  return inboundMessage({
    type: 'location',
    text: name ?? address,
    location: known ? { latitude, longitude, name, address } : null,
  });
}

function interactiveOf(part: Raw): { message: InboundMessage; speaks: boolean } {
  const type = textOf(part.type) ?? 'unknown';
  const reply = isObject(part[type]) ? (part[type] as Raw) : {};
  if (type === 'button_reply' || type === 'list_reply') {
    return spoken(inboundMessage({ type: 'button', text: textOf(reply.title), payload: textOf(reply.id) }));
  }
  if (type === 'nfm_reply')
    return spoken(inboundMessage({ type: 'form', text: textOf(reply.body), data: formOf(reply) }));
  // An interactive message that came without its body (Meta sends an error beside it) answers nothing
  return silent(inboundMessage({ type: 'other', data: { type: `interactive.${type}`, ...reply } as JsonObject }));
}

/** `response_json` is JSON in a text; what is none stays a text. Some senders give the object itself. */
function formOf(reply: Raw): JsonObject {
  const name = textOf(reply.name);
  const given = reply.response_json;
  if (isObject(given)) return { name, answers: given as JsonObject };
  try {
    const answers: unknown = typeof given === 'string' && given !== '' ? JSON.parse(given) : {};
    return { name, answers: isObject(answers) ? (answers as JsonObject) : { value: answers as string } };
  } catch {
    return { name, answers: { value: textOf(given) } };
  }
}

/** The product of the catalogue that the person asks about; they wrote from its page. */
function enquiryOf({ referred_product: product }: Raw): JsonObject | null {
  if (!isObject(product)) return null;
  return { product: { catalogId: textOf(product.catalog_id), productId: textOf(product.product_retailer_id) } };
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
