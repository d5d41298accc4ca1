import { isObject } from '@parley/runtime';
import { type ElementOf, type InboundElement, messageElement, type Sender } from '../inbound.ts';
import { contentOf } from './message-content.ts';
import { type Beside, personOf, receiverOf, senderOf } from './message-sender.ts';
import { errorOf, textOf, timeOf } from './read.ts';

type Raw = Record<string, unknown>;

/** Reads one element of `messages[]`; null where it has no id, so that nothing could tell a redelivery apart. */
export function messageOf(raw: unknown, beside: Beside): InboundElement | null {
  const providerId = isObject(raw) ? textOf(raw.id) : null;
  if (!isObject(raw) || providerId === null) return null;
  const from = senderOf(raw, beside);
  return (
    editOf(raw, providerId, from) ??
    revokeOf(raw, providerId, from) ??
    identityOf(raw, providerId, from) ??
    saidBy(raw, providerId, from)
  );
}

/** Reads one element of `message_echoes[]`: what the business wrote from its phone's own app. */
export function echoOf(raw: unknown, beside: Beside): ElementOf<'echo'> | null {
  const providerId = isObject(raw) ? textOf(raw.id) : null;
  if (!isObject(raw) || providerId === null) return null;
  const { message, files } = contentOf(raw);
  return { kind: 'echo', providerId, sentAt: timeOf(raw.timestamp), to: receiverOf(raw, beside), message, files, raw };
}

function saidBy(raw: Raw, providerId: string, from: Sender): ElementOf<'message'> {
  const context = isObject(raw.context) ? raw.context : {};
  const reaction = isObject(raw.reaction) ? raw.reaction : {};
  const content = contentOf(raw);
  const target = content.message.type === 'reaction' ? textOf(reaction.message_id) : null;
  return messageElement({
    providerId,
    sentAt: timeOf(raw.timestamp),
    from,
    ...content,
    replyTo: target ?? textOf(context.id),
    forwarded: context.forwarded === true || context.frequently_forwarded === true,
    error: errorOf(raw.errors),
    raw,
  });
}

/** An edit that names no message stays a message: there is nothing that it could change. */
function editOf(raw: Raw, providerId: string, from: Sender): ElementOf<'edit'> | null {
  if (raw.type !== 'edit' || !isObject(raw.edit)) return null;
  const target = textOf(raw.edit.original_message_id);
  if (target === null || !isObject(raw.edit.message)) return null;
  const { message, files } = contentOf(raw.edit.message);
  return { kind: 'edit', providerId, target, sentAt: timeOf(raw.timestamp), from, message, files, raw };
}

function revokeOf(raw: Raw, providerId: string, from: Sender): ElementOf<'revoke'> | null {
  if (raw.type !== 'revoke' || !isObject(raw.revoke)) return null;
  const target = textOf(raw.revoke.original_message_id);
  return target === null ? null : { kind: 'revoke', providerId, target, sentAt: timeOf(raw.timestamp), from, raw };
}

/**
 * `user_changed_number`, `user_changed_user_id` and what else is said to have changed, where the new name is told. A new
 * device (`customer_identity_changed`) tells none.
 */
function identityOf(raw: Raw, providerId: string, { name }: Sender): ElementOf<'identity'> | null {
  const system = raw.type === 'system' && isObject(raw.system) ? raw.system : {};
  const { waId, bsuid, parentBsuid } = personOf(system.wa_id ?? system.new_wa_id);
  const current = {
    waId,
    bsuid: textOf(system.user_id) ?? bsuid,
    parentBsuid: textOf(system.parent_user_id) ?? parentBsuid,
  };
  if (current.waId === null && current.bsuid === null && current.parentBsuid === null) return null;
  const old = personOf(textOf(raw.from) ?? system.customer);
  const previous = {
    waId: old.waId,
    bsuid: textOf(raw.from_user_id) ?? old.bsuid ?? previousIn(textOf(system.body), current.bsuid),
    parentBsuid: textOf(raw.from_parent_user_id) ?? old.parentBsuid,
  };
  const notice = textOf(system.body);
  return { kind: 'identity', key: providerId, at: timeOf(raw.timestamp), previous, current, notice, name, raw };
}

/**
 * Where only the sentence names the old id ("User Ana changed from US.1 to US.2"): believed when it names exactly two,
 * the second of them the new one. People choose their own names, so that a third could be anybody's.
 */
function previousIn(body: string | null, current: string | null): string | null {
  const ids = body?.match(/\b[A-Z]{2}\.[A-Za-z0-9]+/g) ?? [];
  return current !== null && ids.length === 2 && ids[1] === current ? (ids[0] ?? null) : null;
}
