import type { OutboundContent } from '@parley/runtime';
import type { ChannelWithSecrets } from '../../storage/channel.ts';

/** Who gets a message: a phone, a business-scoped user id (no phone is known), or a group. */
export interface Recipient {
  kind: 'phone' | 'bsuid' | 'group';
  value: string;
}

export interface SendRequest {
  channel: ChannelWithSecrets;
  to: Recipient;
  content: OutboundContent;
  /** Our id of the message; the provider gives it back with every status. */
  reference: string;
  /** The provider's id of the person's last message, for reactions. */
  lastInbound: string | null;
  /** The provider's id of the message that this one answers, shown above it as a quote. */
  replyTo?: string | null;
  signal: AbortSignal;
}

/**
 * The provider's word. `unknown` means that it may have gone out: only a status or silence can tell. `held`: the provider
 * keeps it back until it has judged the template, so that silence says nothing.
 */
export type SendResult =
  | { kind: 'accepted'; providerId: string; held?: boolean }
  | { kind: 'refused'; code: string; reason: string }
  | { kind: 'later'; code: string; reason: string; afterSeconds: number }
  | { kind: 'unknown'; reason: string };

/** The code of a refusal of ours: the provider has nothing of the kind. */
export const UNSUPPORTED = 'unsupported_content';

/** One provider's way out. Never throws for what the network or the provider does. */
export type Gateway = (request: SendRequest) => Promise<SendResult>;

export interface ReadRequest {
  channel: ChannelWithSecrets;
  /** The provider's id of the person's message. */
  messageId: string;
  /** Also show that an answer is being written. */
  typing: boolean;
  signal: AbortSignal;
}

/** Marks a message as read. Null, or in words why it was not; never throws for what the provider does. */
export type MarkRead = (request: ReadRequest) => Promise<string | null>;

/** What goes to the gateway in a content's place, or why nothing can; `later` where it may be tried again. */
export type Prepared =
  | { kind: 'ready'; content: OutboundContent }
  | Extract<SendResult, { kind: 'refused' } | { kind: 'later' }>;

/**
 * Makes a content fit for the channel's provider before the permit is used: what the provider lacks becomes something else
 * (`providerContent`), and files of our own (`med_…`) become what the provider can fetch. Never throws.
 */
export type Prepare = (
  channel: ChannelWithSecrets,
  content: OutboundContent,
  context: { language: string; signal: AbortSignal },
) => Promise<Prepared>;
