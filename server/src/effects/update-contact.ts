import type { Perform } from '../engine/performers.ts';
import type { ContactStore } from '../storage/contacts.ts';

export const updateContact =
  (contacts: Pick<ContactStore, 'update'>): Perform<'contact.update'> =>
  ({ fields, attributes }, { id, conversation: { organization, contact } }) =>
    contacts.update(organization, contact, id, { fields, attributes });
