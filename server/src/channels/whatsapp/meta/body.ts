import type { ContentOf, OutboundContent } from '@parley/runtime';
import type { Recipient, SendRequest } from '../gateway.ts';
import { templateOf } from './body-template.ts';
import { type Body, fileOf, interactiveOf, placeOf } from './interactive.ts';

/** What a send's body is made of. */
export type Outgoing = Pick<SendRequest, 'to' | 'content' | 'reference' | 'lastInbound' | 'replyTo'>;

/** The body of `POST /{phone number id}/messages`. Source: Meta Cloud API, "Send messages", Graph v24. */
export function bodyOf({ to, content, reference, lastInbound, replyTo }: Outgoing): Body {
  // A reaction names its message itself
  const quotes = replyTo && content.kind !== 'reaction';
  return {
    messaging_product: 'whatsapp',
    ...recipientOf(to),
    biz_opaque_callback_data: reference,
    ...(quotes ? { context: { message_id: replyTo } } : {}),
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
      return { type: content.kind, [content.kind]: { ...fileOf(content), ...captionOf(content) } };
    case 'document':
      return { type: 'document', document: { ...fileOf(content), ...captionOf(content), ...nameOf(content) } };
    case 'audio':
      return { type: 'audio', audio: { ...fileOf(content), ...(content.voice ? { voice: true } : {}) } };
    case 'sticker':
      return { type: 'sticker', sticker: fileOf(content) };
    case 'location':
      return { type: 'location', location: placeOf(content) };
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts.map(contactOf) };
    case 'reaction':
      return {
        type: 'reaction',
        reaction: { message_id: content.to === 'last' ? lastInbound : content.to, emoji: content.emoji },
      };
    case 'template':
      return { type: 'template', template: templateOf(content) };
    default:
      return { type: 'interactive', interactive: interactiveOf(content) };
  }
}

/** Meta refuses empty texts. */
const captionOf = ({ caption }: { caption?: string | undefined }): Body => (caption ? { caption } : {});
const nameOf = ({ filename }: { filename?: string | undefined }): Body => (filename ? { filename } : {});

/** A name needs one of its parts beside the whole. What sort of number it is (home, work) our cards do not know. */
function contactOf({ name, phones }: ContentOf<'contacts'>['contacts'][number]): Body {
  const [first] = name.trim().split(/\s+/);
  return { name: { formatted_name: name, first_name: first || name }, phones: phones.map((phone) => ({ phone })) };
}
