import type { Perform } from '../engine/performers.ts';
import type { ContactStore } from '../storage/contacts.ts';

export const recordConsent =
  (contacts: Pick<ContactStore, 'recordConsent'>): Perform<'contact.consent'> =>
  async ({ service, marketing, source }, { id, conversation: { organization, contact } }) => {
    await contacts.recordConsent(organization, contact, id, { service, marketing, source });
    return null;
  };
