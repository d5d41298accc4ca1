import { isObject } from '@parley/runtime';
import { type ElementOf, type InboundStatus, statusElement } from '../inbound.ts';
import { personOf } from './message-sender.ts';
import { errorOf, textOf, timeOf } from './read.ts';

type Raw = Record<string, unknown>;

/** A map, not an object: a status may be called `constructor`. */
const STATUSES = new Map<unknown, InboundStatus>([
  ['sent', 'SENT'],
  ['delivered', 'DELIVERED'],
  ['read', 'READ'],
  ['played', 'READ'], // a voice note was listened to
  ['failed', 'FAILED'],
]);

const UNDELIVERED = { code: 'unknown', reason: 'The message could not be delivered.' };

/** Reads one element of `statuses[]`; null where its id or its word is none of a message's (calls and payments have their own). */
export function statusOf(raw: unknown): ElementOf<'status'> | null {
  if (!isObject(raw)) return null;
  const providerId = textOf(raw.id);
  const status = STATUSES.get(raw.status);
  // A call or a payment has failed, not the message that asked for it
  if (providerId === null || !status || raw.type === 'call' || isObject(raw.payment)) return null;
  return statusElement({
    providerId,
    reference: textOf(raw.biz_opaque_callback_data),
    status,
    word: String(raw.status),
    at: timeOf(raw.timestamp),
    error: status === 'FAILED' ? (errorOf(raw.errors) ?? UNDELIVERED) : null,
    recipient: recipientOf(raw),
    pricing: pricingOf(raw.pricing),
    conversation: conversationOf(raw.conversation),
    raw,
  });
}

function recipientOf(raw: Raw): ElementOf<'status'>['recipient'] {
  const isGroup = raw.recipient_type === 'group';
  const to = personOf(isGroup ? null : raw.recipient_id);
  return {
    waId: to.waId,
    bsuid: textOf(raw.recipient_user_id) ?? to.bsuid,
    // Both spellings are in the wild: Meta's pages have the first
    parentBsuid: textOf(raw.parent_recipient_user_id) ?? textOf(raw.recipient_parent_user_id) ?? to.parentBsuid,
    groupId: isGroup ? textOf(raw.recipient_id) : null,
    participant: textOf(raw.recipient_participant_id),
    participantBsuid: textOf(raw.recipient_participant_user_id),
  };
}

function pricingOf(value: unknown): ElementOf<'status'>['pricing'] {
  if (!isObject(value)) return null;
  return {
    billable: typeof value.billable === 'boolean' ? value.billable : null,
    model: textOf(value.pricing_model),
    type: textOf(value.type),
    category: textOf(value.category),
  };
}

function conversationOf(value: unknown): ElementOf<'status'>['conversation'] {
  const id = isObject(value) ? textOf(value.id) : null;
  if (!isObject(value) || id === null) return null;
  const origin = isObject(value.origin) ? textOf(value.origin.type) : null;
  return { id, origin, expiresAt: timeOf(value.expiration_timestamp) };
}
