import type { LiveFlow } from '@parley/runtime';
import type { Answer } from '../../../channels/whatsapp/errors/ask.ts';
import type { ChannelWithSecrets } from '../../../storage/channel.ts';
import type { StoredTemplate } from '../../templates/store.ts';

/** What a provider answered; null where it was not asked, or did not answer in time. */
export type Told<Value> = Answer<Value> | null;

/** What Meta says of a channel's number, account and app. */
export interface MetaFacts {
  /** The number in E.164, as its id leads to it. */
  number: Told<{ address: string | null }>;
  /** `quality`: GREEN, YELLOW, RED or UNKNOWN. `blocked`: why it cannot send at all, in Meta's words. */
  health: Told<{ quality: string | null; blocked: string | null }>;
  /** Whether the number is among those of the WhatsApp account. */
  inAccount: Told<boolean>;
  /** The apps that hear the account's news, each at its override, or at its own address where that is null. */
  subscribedApps: Told<{ id: string | null; override: string | null }[]>;
  token: Told<{ appId: string | null; valid: boolean; expiresAt: Date | null; scopes: string[] }>;
  /** Where the app sends the news of WhatsApp accounts, and which; null value where nothing is set up. */
  subscription: Told<{ callbackUrl: string | null; active: boolean; fields: string[] } | null>;
}

/** What Twilio says of a channel's account and number. */
export interface TwilioFacts {
  account: Told<{ status: string }>;
  /** The number as one of the account's own, for texts; null value where it is none. */
  incoming: Told<{ smsUrl: string | null } | null>;
  /** The number as a sender of WhatsApp; null value where it is none. */
  sender: Told<{
    status: string;
    callbackUrl: string | null;
    statusUrl: string | null;
    quality: string | null;
    reason: string | null;
  } | null>;
}

/** What the last 24 hours left behind in our own store; null where it could not be read. */
export interface OwnFacts {
  /** Elements of webhooks that could not be read, and events that were set aside, newest first. */
  log: { problem: string; parked: boolean }[] | null;
  flows: (LiveFlow & { name: string })[] | null;
  /** Conversations whose flow broke. */
  faults: { conversation: string; flow: string }[] | null;
  traffic: Traffic | null;
  media: { state: 'failed' | 'refused'; contentType: string; size: number | null; reason: string | null }[] | null;
  /** Why files cannot be kept, in words; `ok` where they can. */
  storage: { ok: boolean; problem: string | null } | null;
  templates: Omit<StoredTemplate, 'components'>[] | null;
}

export interface Traffic {
  heard: number;
  sent: number;
  failed: { code: string; reason: string }[];
  /** Seconds from a person's message to the first answer, of each that was answered. */
  answerSeconds: number[];
  /** The newest message of a person, and whether anything answered it. */
  last: { at: Date; answered: boolean; ownedByPeople: boolean } | null;
  lastSent: { at: Date; failed: boolean } | null;
}

/** What webhooks left behind beside their messages. */
export interface Evidence {
  /** Webhooks for this number with a wrong signature, since the last good one. */
  refused: { at: Date; count: number } | null;
  /** What the provider told of the account and the number, by what it is about. */
  news: Record<string, News>;
}

export interface News {
  result: 'failing' | 'warning';
  code: string;
  message: string;
  remedy: string;
  /** Told once, and perhaps never taken back: it counts until then. */
  until: Date;
}

export interface Facts {
  channel: ChannelWithSecrets;
  evidence: Evidence;
  now: Date;
  publicUrl: string;
  /** The provider's API is on this machine, a simulator's: it reaches us wherever we are. */
  isRehearsal: boolean;
  meta: MetaFacts | null;
  twilio: TwilioFacts | null;
  /** Reading the templates from the provider. */
  sync: Told<{ count: number }>;
  own: OwnFacts;
}
