import { createHmac } from 'node:crypto';
import type { Message, MessageExtra, MetaNumber, Phone, Telling } from '../network/model.ts';
import { digitsOf } from '../network/model.ts';
import { sha256 } from '../network/network.ts';
import type { Post } from '../network/webhooks.ts';
import { statusError } from './errors.ts';
import { mediaAddress } from './media-address.ts';

export interface EventFacts {
  phone(phone: string): Phone | undefined;
  base: string;
  now: Date;
}

type Json = Record<string, unknown>;

/** Several tellings of one number as Meta's webhook: a change each, all in one signed body. */
export function metaPosts(number: MetaNumber, tellings: Telling[], facts: EventFacts): Post[] {
  if (number.inbound === null) return [];
  const heard = tellings.filter((one) => one.kind === 'field' || !number.blocked.has(digitsOf(one.message.phone)));
  if (heard.length === 0) return [];
  const changes = heard.map((telling) => changeOf(number, telling, facts));
  const body = escaped({ object: 'whatsapp_business_account', entry: [{ id: number.account.id, changes }] });
  const signature = createHmac('sha256', number.account.appSecret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return [{ url: number.inbound, body, headers, fallback: null, again: true }];
}

/** Meta writes slashes as `\/` and every character beyond ASCII as `\uXXXX`. */
const escaped = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));

function changeOf(number: MetaNumber, telling: Telling, facts: EventFacts): Json {
  if (telling.kind === 'field') return { value: telling.value, field: telling.field };
  const phone = facts.phone(telling.message.phone);
  const head = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: digitsOf(number.address), phone_number_id: number.id },
  };
  if (telling.kind === 'status') return { value: { ...head, statuses: [statusOf(telling)] }, field: 'messages' };
  const waId = digitsOf(telling.message.phone);
  const profile = { name: phone?.name ?? waId, ...(phone?.username && { username: phone.username }) };
  const contacts = [{ profile, wa_id: waId, ...(phone && { user_id: phone.bsuid }) }];
  return { value: { ...head, contacts, messages: [messageOf(number, telling, facts)] }, field: 'messages' };
}

function statusOf({ message, status, failure, at }: Extract<Telling, { kind: 'status' }>): Json {
  const category = message.template?.category.toLowerCase() ?? 'service';
  const priced = status === 'sent' || status === 'delivered';
  const pricing = {
    billable: category !== 'service',
    pricing_model: 'PMP',
    type: category === 'service' ? 'free_customer_service' : 'regular',
    category,
  };
  return {
    id: message.id,
    status,
    timestamp: seconds(at),
    recipient_id: digitsOf(message.phone),
    ...(message.reference !== null && { biz_opaque_callback_data: message.reference }),
    ...(priced && { pricing }),
    ...(failure && { errors: [statusError(failure.code, failure.details)] }),
  };
}

function messageOf(
  number: MetaNumber,
  telling: Exclude<Telling, { kind: 'status' | 'field' }>,
  facts: EventFacts,
): Json {
  const { message } = telling;
  const bsuid = facts.phone(message.phone)?.bsuid;
  const head = {
    from: digitsOf(message.phone),
    ...(bsuid && { from_user_id: bsuid }),
    id: message.id,
    timestamp: seconds(message.at),
  };
  if (telling.kind === 'revoke') return { ...head, type: 'revoke', revoke: { original_message_id: telling.target } };
  if (telling.kind === 'edit') {
    const edited = { context: { id: telling.target }, ...contentOf(number, message, null, facts) };
    return { ...head, type: 'edit', edit: { original_message_id: telling.target, message: edited } };
  }
  const { replyTo } = message;
  const answered = replyTo !== null && telling.extra.reaction === null;
  return {
    ...(answered && { context: { from: digitsOf(number.address), id: replyTo } }),
    ...(telling.extra.referral && { referral: telling.extra.referral }),
    ...head,
    ...contentOf(number, message, telling.extra, facts),
  };
}

function contentOf(number: MetaNumber, message: Message, extra: MessageExtra | null, facts: EventFacts): Json {
  const { kind, text, media, location, contacts } = message;
  const answer = extra?.answer;
  if (answer?.type === 'button') {
    const { id, title } = answer;
    if (answer.ofTemplate) return { type: 'button', button: { payload: id, text: title } };
    return { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id, title } } };
  }
  if (answer?.type === 'list') {
    const { id, title, description } = answer;
    const reply = { id, title, ...(description !== null && { description }) };
    return { type: 'interactive', interactive: { type: 'list_reply', list_reply: reply } };
  }
  if (answer?.type === 'flow') {
    const reply = { response_json: JSON.stringify(answer.answers), body: 'Sent', name: answer.name };
    return { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } };
  }
  if (extra?.reaction) {
    const { target, emoji } = extra.reaction;
    return { type: 'reaction', reaction: { message_id: target, ...(emoji !== '' && { emoji }) } };
  }
  if (extra?.order) return { type: 'order', order: extra.order };
  if (location) {
    const { name, address } = location;
    const place = { latitude: location.latitude, longitude: location.longitude };
    return {
      type: 'location',
      location: { ...place, ...(name !== null && { name }), ...(address !== null && { address }) },
    };
  }
  if (contacts) return { type: 'contacts', contacts };
  if (media && 'bytes' in media) {
    const caption = text !== null && kind !== 'audio' && kind !== 'sticker' ? { caption: text } : {};
    const file = {
      mime_type: media.contentType,
      sha256: sha256(media.bytes).digest('base64'),
      id: media.id,
      url: mediaAddress(number, media, facts.base, facts.now, 'webhook'),
      ...(kind === 'audio' && { voice: message.voice }),
      ...(kind === 'sticker' && { animated: false }),
      ...(kind === 'document' && media.filename !== null && { filename: media.filename }),
    };
    return { type: kind, [kind]: { ...caption, ...file } };
  }
  return { type: 'text', text: { body: text ?? '' } };
}
