import type { BusinessNumber, Message } from '../network/model.ts';
import { messageOfCode } from './errors.ts';

/** RFC 2822, as the `2010-04-01` resources write a time. */
export const rfc2822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

const WORDS: Partial<Record<Message['status'], string>> = { failed: 'undelivered' };

/** A message as Twilio shows it. */
export function showMessage(message: Message, number: BusinessNumber) {
  const { twilio } = message;
  const ours = message.from === 'business';
  const path = `/2010-04-01/Accounts/${number.account.id}/Messages/${message.id}`;
  const sent = message.status !== 'queued' && message.status !== 'accepted' && message.status !== 'scheduled';
  const here = `whatsapp:${number.address}`;
  const there = `whatsapp:${message.phone}`;
  return {
    account_sid: number.account.id,
    api_version: '2010-04-01',
    body: message.revoked ? '' : (message.text ?? ''),
    date_created: rfc2822(message.at),
    date_sent: sent ? rfc2822(message.at) : null,
    date_updated: rfc2822(twilio?.updatedAt ?? message.at),
    direction: ours ? 'outbound-api' : 'inbound',
    error_code: message.failure?.code ?? null,
    error_message: message.failure ? messageOfCode(message.failure.code) : null,
    from: ours ? here : there,
    messaging_service_sid: twilio?.serviceSid ?? null,
    num_media: String(mediaIdsOf(message).length),
    num_segments: '1',
    price: null,
    price_unit: null,
    sid: message.id,
    status: ours ? (WORDS[message.status] ?? message.status) : 'received',
    subresource_uris: { media: `${path}/Media.json` },
    tags: null,
    to: ours ? there : here,
    uri: `${path}.json`,
  };
}

export const mediaIdsOf = ({ media, twilio }: Message): string[] =>
  twilio?.mediaIds.length ? twilio.mediaIds : media && 'bytes' in media ? [media.id] : [];
