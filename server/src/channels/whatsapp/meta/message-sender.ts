import { isObject } from '@parley/runtime';
import { type Sender, sender } from '../inbound.ts';
import { textOf } from './read.ts';

type Raw = Record<string, unknown>;

/** What came with one element: the people, and how many elements share them. */
export interface Beside {
  contacts: Raw[];
  index: number;
  count: number;
}

/** `CC.<up to 128 letters and digits>`; a whole portfolio's is `CC.ENT.…`. Source: Meta, "Business-scoped user IDs". */
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** A name that Meta puts where a phone was expected: some senders put the business-scoped id into `from` and `to`. */
export function personOf(value: unknown): Pick<Sender, 'waId' | 'bsuid' | 'parentBsuid'> {
  const name = textOf(value);
  const match = name === null ? null : BSUID.exec(name);
  if (!match) return { waId: name, bsuid: null, parentBsuid: null };
  return match[1] ? { waId: null, bsuid: null, parentBsuid: name } : { waId: null, bsuid: name, parentBsuid: null };
}

/** Who wrote a message. `from` may be absent or empty: people with a user name need not show their phone. */
export function senderOf(raw: Raw, beside: Beside): Sender {
  const own = contactOf(raw, beside);
  const profile = isObject(own.profile) ? own.profile : {};
  const from = personOf(raw.from);
  // The contact's phone is the sender's only where the message itself names nobody else
  const named = from.bsuid !== null || from.parentBsuid !== null;
  const username = textOf(profile.username)?.replace(/^@/, '') || null;
  return sender({
    waId: named ? null : (from.waId ?? personOf(own.wa_id).waId),
    bsuid: textOf(raw.from_user_id) ?? from.bsuid ?? textOf(own.user_id),
    parentBsuid: textOf(raw.from_parent_user_id) ?? from.parentBsuid ?? textOf(own.parent_user_id),
    username,
    groupId: textOf(raw.group_id),
    name: textOf(profile.name) ?? username,
  });
}

/** Whom the business wrote to from its phone's app. */
export function receiverOf(raw: Raw, { contacts }: Beside): Sender {
  const to = personOf(raw.to);
  const bsuid = textOf(raw.to_user_id) ?? to.bsuid;
  const known = [to.waId, bsuid].filter((id) => id !== null);
  const own = contacts.find(({ wa_id, user_id }) => [wa_id, user_id].some((id) => known.includes(textOf(id) ?? '')));
  const profile = own && isObject(own.profile) ? own.profile : {};
  const username = textOf(profile.username)?.replace(/^@/, '') || null;
  return sender({
    ...to,
    bsuid: bsuid ?? textOf(own?.user_id),
    parentBsuid: textOf(raw.to_parent_user_id) ?? to.parentBsuid ?? textOf(own?.parent_user_id),
    username,
    groupId: textOf(raw.group_id),
    name: textOf(profile.name) ?? username,
  });
}

/**
 * The sender among `contacts[]`, which is not always in step with the messages. No name is better than a stranger's: with
 * the name goes the business-scoped id, and with that the conversation.
 */
function contactOf(raw: Raw, { contacts, index, count }: Beside): Raw {
  const [from, user] = [textOf(raw.from), textOf(raw.from_user_id)];
  const isTheirs = ({ wa_id, user_id }: Raw) =>
    [wa_id, user_id].some((id) => from !== null && textOf(id) === from) || (user !== null && textOf(user_id) === user);
  const named = contacts.find(isTheirs);
  if (named) return named;
  const nameless = from === null && user === null;
  if (contacts.length === 1 && (count === 1 || nameless)) return contacts[0] ?? {};
  return (nameless && contacts.length === count && contacts[index]) || {};
}
