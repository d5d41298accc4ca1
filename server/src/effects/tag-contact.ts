import type { Perform } from '../engine/performers.ts';
import type { ContactStore } from '../storage/contacts.ts';

export const tagContact =
  (contacts: Pick<ContactStore, 'tag'>): Perform<'contact.tag'> =>
  ({ add, remove }, { id, conversation: { organization, contact } }) =>
    contacts.tag(organization, contact, id, { add, remove });
