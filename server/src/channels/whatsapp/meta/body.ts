import type { OutboundContent } from '@parley/runtime';
import type { Recipient } from '../gateway.ts';
import { type Body, fileOf, interactiveOf } from './interactive.ts';

/** The body of `POST /{phone number id}/messages`. Source: Meta Cloud API, "Send messages", Graph v24. */
export function bodyOf(content: OutboundContent, to: Recipient, reference: string, lastInbound: string | null): Body {
  return {
    messaging_product: 'whatsapp',
    ...recipientOf(to),
    biz_opaque_callback_data: reference,
    ...partOf(content, lastInbound),
  };
}

/** The body that marks a message as read; `typing` shows the person for 25 s, or until the next message, that someone writes. */
export function markReadBody(messageId: string, typing: boolean): Body {
  return {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: messageId,
    ...(typing ? { typing_indicator: { type: 'text' } } : {}),
  };
}

/** A phone goes into `to`, a business-scoped user id into `recipient`, a group needs its own recipient type. */
function recipientOf({ kind, value }: Recipient): Body {
  if (kind === 'group') return { recipient_type: 'group', to: value };
  return kind === 'bsuid'
    ? { recipient_type: 'individual', recipient: value }
    : { recipient_type: 'individual', to: value };
}

function partOf(content: OutboundContent, lastInbound: string | null): Body {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: { body: content.text, preview_url: /https?:\/\//.test(content.text) } };
    case 'image':
    case 'video':
      return { type: content.kind, [content.kind]: { ...fileOf(content), caption: content.caption } };
    case 'document':
      return {
        type: 'document',
        document: { ...fileOf(content), caption: content.caption, filename: content.filename },
      };
    case 'audio':
    case 'sticker':
      return { type: content.kind, [content.kind]: fileOf(content) };
    case 'location':
      return {
        type: 'location',
        location: {
          latitude: content.latitude,
          longitude: content.longitude,
          name: content.title,
          address: content.address,
        },
      };
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts.map(contactOf) };
    case 'reaction':
      return {
        type: 'reaction',
        reaction: { message_id: content.to === 'last' ? lastInbound : content.to, emoji: content.emoji },
      };
    case 'template':
      return {
        type: 'template',
        template: { name: content.name, language: { code: content.language }, components: componentsOf(content) },
      };
    default:
      return { type: 'interactive', interactive: interactiveOf(content) };
  }
}

function contactOf({ name, phones }: { name: string; phones: string[] }): Body {
  const [first = name] = name.split(' ');
  return {
    name: { formatted_name: name, first_name: first },
    phones: phones.map((phone) => ({ phone, type: 'CELL' })),
  };
}

type Template = Extract<OutboundContent, { kind: 'template' }>;

function componentsOf({ parameters, header, buttons }: Template): Body[] {
  const components: Body[] = [];
  if (header) components.push({ type: 'header', parameters: [headerOf(header)] });
  const body = parametersOf(parameters);
  if (body.length > 0) components.push({ type: 'body', parameters: body });
  for (const { index, payload, text, couponCode } of buttons ?? []) {
    const [subType, parameter] =
      couponCode !== undefined
        ? ['copy_code', { type: 'coupon_code', coupon_code: couponCode }]
        : payload !== undefined
          ? ['quick_reply', { type: 'payload', payload }]
          : ['url', { type: 'text', text: text ?? '' }];
    components.push({ type: 'button', sub_type: subType, index: String(index), parameters: [parameter] });
  }
  return components;
}

/** `{"1": ...}` goes by order, anything else by name. */
function parametersOf(parameters: Record<string, string>): Body[] {
  const entries = Object.entries(parameters);
  const positional = entries.every(([name]) => /^\d+$/.test(name));
  if (positional) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, text]) => ({ type: 'text', text }));
  return entries.map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

function headerOf(header: NonNullable<Template['header']>): Body {
  if (header.location) {
    const { latitude, longitude, title, address } = header.location;
    return { type: 'location', location: { latitude, longitude, name: title, address } };
  }
  if (header.text !== undefined) return { type: 'text', text: header.text };
  const kind = /\.(mp4|3gpp?)(\?|$)/i.test(header.url ?? '')
    ? 'video'
    : /\.pdf(\?|$)/i.test(header.url ?? '')
      ? 'document'
      : 'image';
  return { type: kind, [kind]: fileOf(header) };
}
