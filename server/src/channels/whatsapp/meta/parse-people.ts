import { isObject } from '@parley/runtime';
import type { ElementOf } from '../inbound.ts';
import { type Beside, personOf, senderOf } from './message-sender.ts';
import { keyOf, textOf, timeOf } from './read.ts';

/** Reads one element of `user_id_update[]`: a person's business-scoped id is another from now on. */
export function userIdUpdateOf(raw: unknown): ElementOf<'identity'> | null {
  if (!isObject(raw)) return null;
  const phone = personOf(raw.wa_id).waId;
  const [bsuid, parent] = [changeOf(raw.user_id), changeOf(raw.parent_user_id)];
  if (bsuid.current === null && parent.current === null) return null;
  return {
    kind: 'identity',
    key: keyOf('user_id_update', raw),
    at: timeOf(raw.timestamp),
    previous: { waId: phone, bsuid: bsuid.previous, parentBsuid: parent.previous },
    current: { waId: phone, bsuid: bsuid.current, parentBsuid: parent.current },
    notice: textOf(raw.detail),
    raw,
  };
}

const changeOf = (value: unknown): { previous: string | null; current: string | null } =>
  isObject(value)
    ? { previous: textOf(value.previous), current: textOf(value.current) }
    : { previous: null, current: textOf(value) };

/** Reads one element of `user_preferences[]`: marketing messages no more (`stop`), or again (`resume`). */
export function preferenceOf(raw: unknown, { contacts }: Beside): ElementOf<'preference'> | null {
  if (!isObject(raw) || raw.category !== 'marketing_messages') return null;
  if (raw.value !== 'stop' && raw.value !== 'resume') return null;
  // Never by the contact's place in the list: a stranger would be opted out
  const person = { from: raw.wa_id, from_user_id: raw.user_id, from_parent_user_id: raw.parent_user_id };
  const from = senderOf(person, { contacts, index: -1, count: -1 });
  if (from.waId === null && from.bsuid === null) return null;
  return {
    kind: 'preference',
    key: keyOf('user_preferences', raw),
    at: timeOf(raw.timestamp),
    from,
    marketing: raw.value === 'resume',
    raw,
  };
}
