import type { ElementOf, InboundElement } from '@parley/server/src/channels/whatsapp/inbound.ts';
import { type Form, paramOf, readForm } from '@parley/server/src/channels/whatsapp/twilio/form.ts';
import { isSms, parseTwilio } from '@parley/server/src/channels/whatsapp/twilio/parse.ts';
import { parseTwilioStatus } from '@parley/server/src/channels/whatsapp/twilio/parse-status.ts';
import type { View } from './expected-meta.ts';

/** What one webhook of Twilio says in the words of `expected`, of the element's normalised fields alone. */
export function twilioView(body: string): View {
  const form = readForm(body.trim());
  const element = isStatus(form) ? parseTwilioStatus(form, null) : parseTwilio(form);
  return { ...viewOf(element), channel: isSms(form) ? 'sms' : 'whatsapp' };
}

/** Messages and statuses come to addresses of their own; the collection has them in one folder. */
const isStatus = (form: Form): boolean => {
  const word = paramOf(form, 'MessageStatus') ?? paramOf(form, 'SmsStatus');
  return word !== null && word !== 'received';
};

function viewOf(element: InboundElement): View {
  if (element.kind === 'message') return messageOf(element);
  if (element.kind === 'status') return statusOf(element);
  return { event: element.kind };
}

function messageOf({ providerId, from, message, files, replyTo, forwarded, optOut }: ElementOf<'message'>): View {
  const { location } = message;
  const reply = { id: message.payload, payload: message.payload, title: message.text, text: message.text };
  return {
    event: 'message',
    id: providerId,
    from: from.waId,
    wa_id: from.waId,
    from_user_id: from.bsuid,
    profile_name: from.name,
    timestamp: null,
    type: typeOf(message.type, message.data?.type),
    text: message.text,
    media: files.map(({ contentType, url }) => ({ content_type: contentType, url })),
    location: location && { ...location, label: location.name },
    button: reply,
    list: reply,
    reply_to: replyTo,
    forwarded,
    interactive_data: message.data?.answers,
    opt_out_type: optOut?.toUpperCase(),
  };
}

/** A row of a list is a button to a flow; `data.type` tells it apart. */
function typeOf(type: string, word: unknown): unknown {
  if (type === 'form') return 'interactive';
  if (type === 'button') return word === 'list_reply' ? 'list' : 'button';
  return type === 'other' ? word : type;
}

const statusOf = ({ providerId, word, recipient, error }: ElementOf<'status'>): View => ({
  event: 'status',
  id: providerId,
  status: word,
  to: recipient.waId === null ? null : `+${recipient.waId}`,
  error_code: error && Number(error.code),
  error_message: error?.reason,
});
