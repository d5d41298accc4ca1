import { createHash } from 'node:crypto';
import { explainError } from '../errors/index.ts';
import { type InboundElement, type InboundStatus, otherElement, statusElement } from '../inbound.ts';
import { type Form, paramOf } from './form.ts';
import { messageSidOf, personOf, unreadable } from './parse.ts';

/**
 * A map, not an object: a status may be called `constructor`. `SENT` is what the answer to a send means too: Twilio has it,
 * and it must not be sent again (decisions/twilio-statuses.md).
 */
const STATUSES = new Map<string | null, InboundStatus>([
  ['accepted', 'SENT'],
  ['scheduled', 'SENT'],
  ['queued', 'SENT'],
  ['sending', 'SENT'],
  ['sent', 'SENT'],
  ['delivered', 'DELIVERED'],
  ['read', 'READ'],
  ['undelivered', 'FAILED'],
  ['failed', 'FAILED'],
  ['canceled', 'FAILED'],
]);

/**
 * Reads a status callback. `reference` is our id of the message, from the signed address. Never throws; Twilio tells no
 * time, and neither order nor completeness is promised. Source: Twilio, "Outbound message status in status callbacks".
 */
export function parseTwilioStatus(form: Form, reference: string | null): InboundElement {
  const providerId = messageSidOf(form);
  if (providerId === null) return unreadable(form, 'This status names no MessageSid.');
  const told = paramOf(form, 'MessageStatus') ?? paramOf(form, 'SmsStatus') ?? paramOf(form, 'EventType');
  const word = told?.toLowerCase() ?? null;
  const status = STATUSES.get(word);
  if (!status || word === null) {
    const key = createHash('sha256').update(JSON.stringify(form)).digest('hex').slice(0, 40);
    const problem = word === null ? 'This status names no MessageStatus.' : null;
    return otherElement({
      field: 'status',
      key,
      problem,
      facts: { MessageSid: providerId, MessageStatus: word },
      raw: form,
    });
  }
  const to = personOf(paramOf(form, 'To'));
  return statusElement({
    providerId,
    reference,
    status,
    word,
    at: null,
    error: status === 'FAILED' ? errorOf(form, word) : null,
    recipient: { ...to, groupId: null, participant: null, participantBsuid: null },
    raw: form,
  });
}

/** `ErrorCode` often comes without `ErrorMessage`; what the code means then stands in its place. */
function errorOf(form: Form, word: string): { code: string; reason: string } {
  const code = paramOf(form, 'ErrorCode') ?? word;
  const told = paramOf(form, 'ErrorMessage') ?? paramOf(form, 'ChannelStatusMessage');
  if (told !== null) return { code, reason: told };
  if (code === 'canceled') return { code, reason: 'The message was canceled before it was sent.' };
  return {
    code,
    reason: /^\d+$/.test(code) ? explainError('twilio', code).words : 'The message could not be delivered.',
  };
}
