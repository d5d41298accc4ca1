import type { Recipient } from '../channels/whatsapp/gateway.ts';
import type { ElementOf, Sender } from '../channels/whatsapp/inbound.ts';
import type { Channel } from '../storage/channel.ts';
import type { ContactStore, Identity } from '../storage/contacts.ts';
import type { EngineStore } from './store.ts';

type Names = Pick<Sender, 'waId' | 'bsuid' | 'parentBsuid'>;

interface Deps {
  store: Pick<EngineStore, 'conversationOf' | 'moveRecipients'>;
  contacts: Pick<ContactStore, 'resolve' | 'rename' | 'link'>;
}

/** Where a person's words belong. */
export interface Placed {
  contact: string;
  conversation: string;
}

const MOST_LINKED = 10_000; // pairs remembered as linked already, of some 100 bytes each

export type Placing = ReturnType<typeof createPlacing>;

/** Finds the people behind what a provider tells, and the conversations with them. */
export function createPlacing({ store, contacts }: Deps) {
  const linked = new Set<string>();

  const moving = (organization: string, to: Pick<Names, 'waId' | 'bsuid'>) => (contact: string) =>
    store.moveRecipients(organization, contact, to);
  const leaving = (organization: string) => (contact: string, bsuid: string) =>
    store.moveRecipients(organization, contact, { waId: null, bsuid }, ['phone']);

  return {
    /** The contact, made where there is none; rejects where nobody is named. */
    contactOf: (channel: Channel, from: Sender, source: string, wrote: boolean): Promise<string> => {
      const { organization } = channel;
      // The name and the user name are the member's, not the group's
      const named = from.groupId === null ? { name: from.name, username: from.username } : {};
      const told = { ...named, source, wrote, moving: moving(organization, from), leaving: leaving(organization) };
      return contacts.resolve(organization, identitiesOf(from, channel), told);
    },

    conversationOf: (channel: Channel, contact: string, from: Sender): Promise<string> =>
      store.conversationOf(channel.organization, channel.id, contact, recipientOf(from)),

    /** A person goes by another number or id. In words why that changed nothing, or the contact. */
    async rename(
      channel: Channel,
      { previous, current }: ElementOf<'identity'>,
    ): Promise<{ contact: string } | string> {
      const { organization } = channel;
      const before = identitiesOf({ ...previous, groupId: null }, channel);
      const after = identitiesOf({ ...current, groupId: null }, channel);
      if (before.length === 0 || after.length === 0) return 'This names no former or no new number or id.';
      const renamed = await contacts.rename(organization, before, after, moving(organization, current));
      switch (renamed.kind) {
        case 'moved':
          return { contact: renamed.contact };
        case 'unknown':
          return 'Nobody here has the former number or id.';
        case 'taken':
          return `The new number or id belongs to another contact, ${renamed.by}. Look whether the two are one person.`;
      }
    },

    /** Statuses name people by several ids at once; each such pair is learned once. */
    async linkFromStatus(channel: Channel, { recipient }: ElementOf<'status'>): Promise<void> {
      if (recipient.groupId !== null) return;
      const identities = identitiesOf(recipient, channel);
      if (identities.length < 2) return;
      const { organization } = channel;
      const pair = `${organization}\n${keyOfAll(identities)}`;
      if (linked.has(pair)) return;
      const told = { moving: moving(organization, recipient), leaving: leaving(organization) };
      if (!(await contacts.link(organization, identities, told))) return;
      if (linked.size >= MOST_LINKED) linked.clear();
      linked.add(pair);
    },
  };
}

export const keyOfAll = (identities: readonly Identity[]): string => identities.map(({ value }) => value).join('\n');

/** Whose business-scoped ids a channel tells: those of one account are one for each person. */
type Account = Pick<Channel, 'id' | 'businessAccountId' | 'accountSid'>;

export function identitiesOf(
  { waId, bsuid, parentBsuid, groupId }: Names & Pick<Sender, 'groupId'>,
  { businessAccountId, accountSid, id }: Account,
): Identity[] {
  // A group is a conversation of its own: the answer belongs to the group, never to one of its members
  if (groupId !== null) return [{ kind: 'group', value: groupId }];
  const names = { bsuid, wa_id: waId, parent_bsuid: parentBsuid } as const;
  return (['bsuid', 'wa_id', 'parent_bsuid'] as const).flatMap((kind) => {
    const value = names[kind];
    // Half a character comes out of the store as another one, and would never be found again
    if (value === null) return [];
    const scope = kind === 'bsuid' ? { scope: businessAccountId ?? accountSid ?? id } : {};
    return { kind, value: value.toWellFormed(), ...scope };
  });
}

function recipientOf({ waId, bsuid, parentBsuid, groupId }: Sender): Recipient {
  if (groupId !== null) return { kind: 'group', value: groupId };
  return waId !== null ? { kind: 'phone', value: waId } : { kind: 'bsuid', value: bsuid ?? parentBsuid ?? '' };
}
