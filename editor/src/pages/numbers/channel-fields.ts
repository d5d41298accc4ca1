import type { ProviderName } from '../../api/channels.ts';

export type FieldName =
  | 'name'
  | 'phoneNumberId'
  | 'businessAccountId'
  | 'accessToken'
  | 'appSecret'
  | 'accountSid'
  | 'authToken'
  | 'from'
  | 'messagingServiceSid';

/** What is asked for a number of each provider, in the order in which people find it there. */
export const FIELDS: Record<ProviderName, readonly FieldName[]> = {
  meta: ['name', 'phoneNumberId', 'businessAccountId', 'accessToken', 'appSecret'],
  twilio: ['name', 'accountSid', 'authToken', 'from', 'messagingServiceSid'],
  simulator: ['name'],
};

/** What may be changed later; the number itself is another channel. */
export const CHANGEABLE: Record<ProviderName, readonly FieldName[]> = {
  meta: ['name', 'businessAccountId', 'accessToken', 'appSecret'],
  twilio: ['name', 'authToken', 'messagingServiceSid'],
  simulator: ['name'],
};

export const SECRET: ReadonlySet<string> = new Set<FieldName>(['accessToken', 'appSecret', 'authToken']);
export const OPTIONAL: ReadonlySet<string> = new Set<FieldName>(['messagingServiceSid']);
