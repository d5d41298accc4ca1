import type { ProviderName } from '../../api/channels.ts';

/** What is asked for a number of each provider, in the order in which people find it there. */
export const FIELDS: Record<ProviderName, readonly string[]> = {
  meta: ['name', 'phoneNumberId', 'businessAccountId', 'accessToken', 'appSecret'],
  twilio: ['name', 'accountSid', 'authToken', 'from', 'messagingServiceSid'],
  simulator: ['name'],
};

/** What may be changed later; the number itself is another channel. */
export const CHANGEABLE: Record<ProviderName, readonly string[]> = {
  meta: ['name', 'businessAccountId', 'accessToken', 'appSecret'],
  twilio: ['name', 'authToken', 'messagingServiceSid'],
  simulator: ['name'],
};

export const SECRET = new Set(['accessToken', 'appSecret', 'authToken']);
export const OPTIONAL = new Set(['messagingServiceSid']);
