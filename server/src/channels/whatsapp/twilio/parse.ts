import { createHash } from 'node:crypto';
import { isObject } from '@parley/runtime';
import { type InboundElement, messageElement, otherElement, type Sender, sender } from '../inbound.ts';
import { type Form, paramOf, parseJson } from './form.ts';
import { contentOf, type Read } from './parse-content.ts';

const OPT_OUTS = new Map([
  ['STOP', 'stop'],
  ['START', 'start'],
  ['HELP', 'help'],
] as const);

/**
 * Reads the webhook of one inbound message. Never throws: what has no id of its own is kept as it came. Twilio tells no
 * time. Source: Twilio, "Webhook request" and "WhatsApp", and recordings of 2026.
 */
export function parseTwilio(form: Form): InboundElement {
  const providerId = messageSidOf(form);
  if (providerId === null) return unreadable(form, 'This webhook names no MessageSid.');
  const read = reader(form);
  const { message, files, speaks, error } = contentOf(form, read);
  return messageElement({
    providerId,
    sentAt: null,
    from: senderOf(read),
    message: { ...message, referral: referralOf(read) },
    files,
    speaks,
    replyTo: read('OriginalRepliedMessageSid'),
    forwarded: [read('Forwarded'), read('FrequentlyForwarded')].includes('true'),
    optOut: OPT_OUTS.get(read('OptOutType')?.toUpperCase() as 'STOP') ?? null,
    error,
    raw: form,
  });
}

/** What came to a number by SMS: it stands in the log and starts nothing, for no answer would find its way back. */
export const smsElement = (form: Form): InboundElement =>
  otherElement({
    field: 'sms',
    key: messageSidOf(form) ?? hashOf(form),
    problem: 'This came as an SMS, not by WhatsApp.',
    raw: form,
  });

/** Some samples name no prefix; what only WhatsApp tells gives it away. */
export const isSms = (form: Form): boolean =>
  !['From', 'To'].some((name) => paramOf(form, name)?.startsWith('whatsapp:')) &&
  !['WaId', 'ExternalUserId', 'ChannelMetadata'].some((name) => paramOf(form, name) !== null);

/** The three are the same where all are there. */
export const messageSidOf = (form: Form): string | null =>
  paramOf(form, 'MessageSid') ?? paramOf(form, 'SmsMessageSid') ?? paramOf(form, 'SmsSid');

export const unreadable = (form: Form, problem: string): InboundElement =>
  otherElement({ field: 'messages', key: hashOf(form), problem, raw: form });

const hashOf = (form: Form): string => createHash('sha256').update(JSON.stringify(form)).digest('hex').slice(0, 40);

/** A parameter, or the same name in `ChannelMetadata`, where accounts since 2024 have some of them again. */
function reader(form: Form): Read {
  const metadata = parseJson(paramOf(form, 'ChannelMetadata'));
  const data = isObject(metadata) && isObject(metadata.data) ? metadata.data : {};
  const context = isObject(data.context) ? data.context : {};
  return (name) => {
    const beside = Object.hasOwn(context, name) ? context[name] : null;
    return (
      (paramOf(form, name) ?? (['string', 'number', 'boolean'].includes(typeof beside) ? String(beside) : '')) || null
    );
  };
}

/** `CC.<letters and digits>`; a whole portfolio's is `CC.ENT.…`. Source: Meta, "Business-scoped user IDs". */
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** A person as Twilio addresses them: `whatsapp:+<digits>`, or `whatsapp:CC.<id>` for those who show no phone. */
export function personOf(address: string | null): Pick<Sender, 'waId' | 'bsuid' | 'parentBsuid'> {
  const bare = address?.replace(/^whatsapp:/, '') ?? '';
  const id = BSUID.exec(bare);
  return {
    waId: /^\+?(\d{1,20})$/.exec(bare)?.[1] ?? null,
    bsuid: id && !id[1] ? bare : null,
    parentBsuid: id?.[1] ? bare : null,
  };
}

/** The phone is the one in `From`, to which answers go; `WaId` may differ from it in Brazil, Mexico and Argentina. */
function senderOf(read: Read): Sender {
  const from = personOf(read('From'));
  const external = personOf(read('ExternalUserId'));
  const username = read('ProfileUsername')?.replace(/^@/, '') || null;
  const name = read('ProfileName');
  return sender({
    waId: from.waId ?? personOf(read('WaId')).waId,
    bsuid: external.bsuid ?? from.bsuid,
    parentBsuid: personOf(read('ParentExternalUserId')).parentBsuid ?? external.parentBsuid ?? from.parentBsuid,
    username,
    name: (name === '~' ? null : name) ?? username, // WhatsApp's mark for a name that is not set
  });
}

/** `ReferralNumMedia=0` stands beside nearly every message: only an id tells of an advertisement. */
function referralOf(read: Read) {
  const sourceId = read('ReferralSourceId');
  if (sourceId === null) return null;
  const sourceType = read('ReferralSourceType');
  return { sourceId, sourceType, sourceUrl: read('ReferralSourceUrl'), clickId: read('ReferralCtwaClid') };
}
