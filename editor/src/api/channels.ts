import type { JsonObject } from '@parley/runtime';
import { request } from './request.ts';

export type ProviderName = 'meta' | 'twilio' | 'simulator';
export type DiagnosticResult = 'ok' | 'failing' | 'warning' | 'unknown' | 'not-applicable';

export interface Diagnostic {
  id: string;
  topic: string;
  title: string;
  result: DiagnosticResult;
  message: string;
  remedy: string | null;
}

/** A connected number. Secrets never come back: `secrets` tells which of them are kept. */
export interface Channel {
  id: string;
  provider: ProviderName;
  name: string;
  enabled: boolean;
  /** E.164; null until the provider has told it. */
  address: string | null;
  phoneNumberId: string | null;
  businessAccountId: string | null;
  accountSid: string | null;
  messagingServiceSid: string | null;
  webhook: { inbound: string | null; status: string | null; verifyToken: string | null };
  secrets: Record<string, true>;
  check: {
    state: 'ok' | 'failing' | 'unknown';
    at: string | null;
    problems: { code: string; message: string; remedy: string }[];
    diagnostics: Diagnostic[];
  };
  heardFromAt: string | null;
  createdAt: string;
}

const at = (id: string) => `/api/channels/${encodeURIComponent(id)}`;
const MANY = 200; // an organization has tens of numbers; a page of the API holds so many

export const listChannels = () =>
  request<{ items: Channel[] }>('GET', `/api/channels?sort=createdAt&limit=${MANY}`).then(({ items }) => items);
export const connectChannel = (wanted: Record<string, string>) => request<Channel>('POST', '/api/channels', wanted);
export const changeChannel = (id: string, change: Record<string, unknown>) => request<Channel>('PATCH', at(id), change);
export const removeChannel = (id: string) => request<void>('DELETE', at(id));
export const checkChannel = (id: string) => request<Channel>('POST', `${at(id)}/check`);

/** What a customer does on the phone of a trial. */
export type PhoneAct =
  | { type: 'text'; text: string }
  | { type: 'button'; text: string; payload: string }
  | { type: 'flow'; answers: JsonObject }
  | { type: 'location'; location: { latitude: number; longitude: number; name?: string; address?: string } };

export const writeAsPhone = (id: string, who: { from: string; name?: string }, act: PhoneAct) =>
  request<{ messageId: string }>('POST', `${at(id)}/inbound`, { ...who, ...act });
