import type { Provider } from '@parley/runtime';
import { explainError } from '../channels/whatsapp/errors/index.ts';
import type { ContactStore } from '../storage/contacts.ts';
import type { MessageError } from '../storage/messages.ts';

/** A message that failed for good. */
export interface FailedMessage {
  id: string;
  organization: string;
  contact: string;
  provider: Provider;
  code: string;
}

export type Consequences = (failed: FailedMessage) => Promise<void>;

/**
 * Codes with which a provider tells that the person has withdrawn a consent. Not all of the class `consent` do: 131049
 * and 63049 are Meta's own limit for marketing. Meta "Error codes", 131050; Twilio "Error Dictionary", 21610 (STOP).
 */
const WITHDRAWN: Readonly<Record<string, { service?: false; marketing: false }>> = {
  'meta 131050': { marketing: false },
  'twilio 21610': { service: false, marketing: false },
};

/** The simulator speaks with Meta's codes. */
const tableOf = (provider: Provider): 'meta' | 'twilio' => (provider === 'twilio' ? 'twilio' : 'meta');

/**
 * What a failure tells of the person: no more marketing, no more messages, or none of ours at all. Each message has its
 * consequence once, so that a status that comes again undoes nothing of what the person did since.
 */
export const createConsequences =
  (contacts: Pick<ContactStore, 'recordConsent' | 'block'>): Consequences =>
  async ({ id, organization, contact, provider, code }) => {
    const table = tableOf(provider);
    const withdrawn = WITHDRAWN[`${table} ${code}`];
    const deed = `failed.${id}`;
    if (withdrawn) await contacts.recordConsent(organization, contact, deed, { ...withdrawn, source: 'whatsapp' });
    else if (explainError(table, code).class === 'blocked') await contacts.block(organization, contact, deed);
  };

/** "Nothing: it is tried again by itself." is no help with a message that has failed for good. */
const PATIENCE = /^Nothing[^.]*\.\s*/;
const GIVEN_UP = 'It is not tried again by itself any more: send it anew. ';

/** The provider's error with what to do about it. Words of ours for a code say it themselves. */
export function withRemedy(provider: Provider, { code, reason }: { code: string; reason: string }): MessageError {
  if (!/^\d+$/.test(code)) return { code, reason, remedy: null };
  const { remedy, retry } = explainError(tableOf(provider), code);
  return { code, reason, remedy: retry === 'never' ? remedy : remedy.replace(PATIENCE, GIVEN_UP).trim() };
}
