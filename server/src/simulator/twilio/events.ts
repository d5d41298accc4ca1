import { createHmac } from 'node:crypto';
import type { Media, Message, MessageExtra, Phone, Status, Telling, TwilioNumber } from '../network/model.ts';
import { digitsOf } from '../network/model.ts';
import type { Ids } from '../network/random.ts';
import type { Post } from '../network/webhooks.ts';
import { messageOfCode } from './errors.ts';

export interface EventFacts {
  phone(phone: string): Phone | undefined;
  base: string;
}

type Form = Record<string, string>;

/** One telling as Twilio's webhook: a signed form. What Twilio does not tell gives none. */
export function twilioPosts(number: TwilioNumber, telling: Telling, facts: EventFacts, ids: Ids): Post[] {
  if (telling.kind === 'message') {
    if (number.inbound === null) return [];
    return [post(number, number.inbound, number.fallback, inboundForm(number, telling, facts), ids)];
  }
  if (telling.kind !== 'status') return [];
  const { message, status } = telling;
  const url = message.twilio?.statusCallback ?? number.status;
  if (!url || status === 'played') return [];
  return [post(number, url, null, statusForm(number, telling), ids)];
}

/** Base64 of HMAC-SHA1 over the address and every name and value in order of the names. Source: Twilio, "Webhooks security". */
export const signatureOf = (authToken: string, url: string, form: Form): string =>
  createHmac('sha1', authToken)
    .update(
      url +
        Object.keys(form)
          .sort()
          .map((name) => name + form[name])
          .join(''),
    )
    .digest('base64');

function post({ account }: TwilioNumber, url: string, fallback: string | null, form: Form, ids: Ids): Post {
  const headersFor = (address: string) => ({
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'TwilioProxy/1.1',
    'i-twilio-idempotency-token': token,
    'x-twilio-signature': signatureOf(account.authToken, address, form),
  });
  const token = `${ids.hex(8)}-${ids.hex(4)}-${ids.hex(4)}-${ids.hex(4)}-${ids.hex(12)}`;
  const again = fallback === null ? null : { url: fallback, headers: headersFor(fallback) };
  return { url, body: new URLSearchParams(form).toString(), headers: headersFor(url), fallback: again, again: false };
}

const TYPES: Partial<Record<Message['kind'], string>> = { button: 'button', interactive: 'interactive' };

function inboundForm(
  number: TwilioNumber,
  { message, extra }: Extract<Telling, { kind: 'message' }>,
  facts: EventFacts,
): Form {
  const phone = facts.phone(message.phone);
  const media = message.media && 'bytes' in message.media ? message.media : null;
  const profileName = phone?.name ?? '';
  const { answer } = extra;
  return {
    SmsMessageSid: message.id,
    NumMedia: media ? '1' : '0',
    ProfileName: profileName,
    MessageType: answer?.type === 'button' && answer.ofTemplate ? 'button' : (TYPES[message.kind] ?? message.kind),
    SmsSid: message.id,
    WaId: digitsOf(message.phone),
    SmsStatus: 'received',
    Body: message.location || message.contacts ? '' : (message.text ?? ''),
    To: `whatsapp:${number.address}`,
    NumSegments: '1',
    ReferralNumMedia: '0',
    MessageSid: message.id,
    AccountSid: number.account.id,
    From: `whatsapp:${message.phone}`,
    ApiVersion: '2010-04-01',
    ...(phone && { ExternalUserId: `whatsapp:${phone.bsuid}` }),
    ...(number.serviceSid !== null && { MessagingServiceSid: number.serviceSid }),
    ...(extra.optOut !== null && { OptOutType: extra.optOut }),
    ...(media && mediaParams(number, message, media, facts.base)),
    ...(message.replyTo !== null && {
      OriginalRepliedMessageSid: message.replyTo,
      OriginalRepliedMessageSender: `whatsapp:${number.address}`,
    }),
    ...answerParams(answer),
    ...placeParams(message),
    ...referralParams(extra.referral),
    ChannelMetadata: JSON.stringify({
      type: 'whatsapp',
      data: { context: { ProfileName: profileName, WaId: digitsOf(message.phone) } },
    }),
  };
}

function mediaParams({ account }: TwilioNumber, message: Message, media: Media, base: string): Form {
  const address = `${base}/2010-04-01/Accounts/${account.id}/Messages/${message.id}/Media/${media.id}`;
  return { MediaUrl0: address, MediaContentType0: media.contentType.split(';', 1)[0] ?? '' };
}

function answerParams(answer: MessageExtra['answer']): Form {
  if (answer?.type === 'button') return { ButtonText: answer.title, ButtonPayload: answer.id };
  if (answer?.type === 'list')
    return {
      ListId: answer.id,
      ListTitle: answer.title,
      ...(answer.description !== null && { ListDescription: answer.description }),
    };
  if (answer?.type === 'flow') {
    const data = JSON.stringify(answer.answers);
    return {
      FlowData: data,
      InteractiveData: JSON.stringify({ nfm_reply: { response_json: data, name: answer.name } }),
    };
  }
  return {};
}

function placeParams({ location }: Message): Form {
  if (!location) return {};
  const { latitude, longitude, name, address } = location;
  return {
    Latitude: String(latitude),
    Longitude: String(longitude),
    ...(name !== null && { Label: name }),
    ...(address !== null && { Address: address }),
  };
}

const REFERRAL: Record<string, string> = {
  source_id: 'ReferralSourceId',
  source_type: 'ReferralSourceType',
  source_url: 'ReferralSourceUrl',
  headline: 'ReferralHeadline',
  body: 'ReferralBody',
  ctwa_clid: 'ReferralCtwaClid',
  image_url: 'ReferralMediaUrl',
};

function referralParams(referral: Record<string, unknown> | null): Form {
  if (!referral) return {};
  return Object.fromEntries(
    Object.entries(referral).flatMap(([name, value]) =>
      REFERRAL[name] && typeof value === 'string' ? [[REFERRAL[name], value]] : [],
    ),
  );
}

const EVENTS: Partial<Record<Status, string>> = { delivered: 'DELIVERED', read: 'READ', failed: 'UNDELIVERED' };

function statusForm(number: TwilioNumber, { message, status, failure }: Extract<Telling, { kind: 'status' }>): Form {
  const word = status === 'failed' ? 'undelivered' : status;
  const event = status === 'played' ? undefined : EVENTS[status];
  return {
    ChannelPrefix: 'whatsapp',
    ApiVersion: '2010-04-01',
    MessageStatus: word,
    SmsSid: message.id,
    SmsStatus: word,
    ChannelInstallSid: number.senderSid,
    To: `whatsapp:${message.phone}`,
    From: `whatsapp:${number.address}`,
    MessageSid: message.id,
    StructuredMessage: 'false',
    AccountSid: number.account.id,
    ChannelToAddress: `${message.phone.slice(0, -4)}XXXX`,
    ...(event !== undefined && { EventType: event }),
    ...(message.twilio?.serviceSid && { MessagingServiceSid: message.twilio.serviceSid }),
    ...(failure && {
      ErrorCode: String(failure.code),
      ErrorMessage: `Twilio - ${messageOfCode(failure.code)}`,
      ChannelStatusMessage: failure.details ?? messageOfCode(failure.code),
    }),
  };
}
