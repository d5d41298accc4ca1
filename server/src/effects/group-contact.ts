import type { Perform } from '../engine/performers.ts';
import type { ContactStore } from '../storage/contacts.ts';

export const groupContact =
  (contacts: Pick<ContactStore, 'regroup'>): Perform<'contact.group'> =>
  ({ add, remove }, { id, conversation: { organization, contact } }) =>
    contacts.regroup(organization, contact, id, { add, remove });
