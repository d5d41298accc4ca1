import type { ContentOf, OutboundContent } from '@parley/runtime';
import { request } from './request.ts';

export interface Person {
  id: string;
  name: string | null;
  phone: string | null;
}

export interface Conversation {
  id: string;
  contact: Person;
  owner: { kind: 'bot' | 'agent' | 'queue' | 'nobody'; flow: { id: string; version: number; node: string } | null };
  /** Whether the person may be written to; why not. */
  eligible: { ok: boolean; reason: string | null };
  lastMessage: { preview: string; createdAt: string } | null;
  updatedAt: string;
}

export interface Message {
  id: string;
  direction: 'INBOUND' | 'OUTBOUND';
  /** What it is, in capitals for what was sent: `TEXT`, `image`. */
  type: string;
  text: string | null;
  attachments: readonly { url: string | null; contentType: string | null; filename: string | null }[];
  /** Of what was sent: as the bot sent it. */
  interactive: OutboundContent | null;
  template: ContentOf<'template'> | null;
  location: ContentOf<'location'> | null;
  status: 'PENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'RECEIVED';
  error: { reason: string; remedy: string | null } | null;
  /** Of what a person wrote: the flow that began with it. */
  trigger: { flow: string } | null;
  createdAt: string;
}

const at = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;
const list = (query: Record<string, string>) =>
  request<{ items: Conversation[] }>('GET', `/api/conversations?${new URLSearchParams(query)}`).then(
    ({ items }) => items,
  );

const FOUND = '8'; // conversations that a search shows
const PAGE = 200; // messages; the API gives no more at once

export const findConversations = (words: string) => list({ q: words, limit: FOUND, sort: '-updatedAt' });

/** What one number and one customer wrote to each other; null until the customer has written. */
export async function findConversationOf(channel: string, phone: string): Promise<Conversation | null> {
  const found = await list({ channel, q: phone });
  return found.find(({ contact }) => contact.phone === phone) ?? null;
}

/** The last ones, oldest first. */
export const readMessages = (conversation: string) =>
  request<{ items: Message[] }>('GET', `${at(conversation)}/messages?limit=${PAGE}`).then(({ items }) => items);

/** Lets bots answer again where a person had the conversation, or nobody yet. */
export const giveBack = (conversation: string) =>
  request<Conversation>('POST', `${at(conversation)}/release`, { to: 'bot' });
