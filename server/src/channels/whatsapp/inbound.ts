import type { InboundMessage, JsonObject } from '@parley/runtime';

/** Who wrote, under every name that the provider gives; the ledger of identities finds the contact by any of them. */
export interface Sender {
  /** The digits of the phone, as WhatsApp writes them; null for people who are known by their user name only. */
  waId: string | null;
  /** The business-scoped user id, `CC.<letters and digits>`. */
  bsuid: string | null;
  /** The same for a whole portfolio of businesses, `CC.ENT.<letters and digits>`. */
  parentBsuid: string | null;
  /** Without the leading `@`. */
  username: string | null;
  groupId: string | null;
  name: string | null;
}

/** A file that the provider holds for us, to be fetched with the channel's credentials. */
export interface InboundFile {
  /** Meta's media id (kept 7 days); null where the provider gives an address only. */
  id: string | null;
  url: string | null;
  contentType: string | null;
  filename: string | null;
  /** As the provider wrote it: base64 or hex. */
  sha256: string | null;
  /** Recorded with the phone's microphone. */
  voice: boolean;
  animated: boolean;
}

export type InboundStatus = 'SENT' | 'FAILED' | 'DELIVERED' | 'READ';

/** What the message cost, as Meta tells it. */
export interface Pricing {
  billable: boolean | null;
  model: string | null;
  type: string | null;
  category: string | null;
}

/** One thing that a provider told us, the same for every provider. */
export type InboundElement =
  | {
      kind: 'message';
      providerId: string;
      /** Null where the provider tells no time (Twilio): it counts from its arrival. */
      sentAt: Date | null;
      from: Sender;
      message: InboundMessage;
      /** Every file of it; `message.media` names the first. */
      files: InboundFile[];
      /** False for what is no answer to anything: a reaction, a system notice, what could not be shown. */
      speaks: boolean;
      replyTo: string | null;
      forwarded: boolean;
      /** The provider has handled the words itself: whoever wrote STOP is opted out there. */
      optOut: 'stop' | 'start' | 'help' | null;
      /** Why the provider could not hand the content over, such as a file too large to fetch. */
      error: { code: string; reason: string } | null;
      raw: unknown;
    }
  /** The person changed or took back a message; `target` is the provider's id of it. */
  | {
      kind: 'edit';
      providerId: string;
      target: string;
      sentAt: Date | null;
      from: Sender;
      message: InboundMessage;
      files: InboundFile[];
      raw: unknown;
    }
  | { kind: 'revoke'; providerId: string; target: string; sentAt: Date | null; from: Sender; raw: unknown }
  /** The business wrote from its phone's own app. */
  | {
      kind: 'echo';
      providerId: string;
      sentAt: Date | null;
      to: Sender;
      message: InboundMessage;
      files: InboundFile[];
      raw: unknown;
    }
  /** A person goes by another number or id from now on; `key` makes a redelivery change nothing. */
  | {
      kind: 'identity';
      key: string;
      at: Date | null;
      previous: Pick<Sender, 'waId' | 'bsuid' | 'parentBsuid'>;
      current: Pick<Sender, 'waId' | 'bsuid' | 'parentBsuid'>;
      /** The provider's own sentence about it, for the people who read the conversation. */
      notice?: string | null;
      /** As the person calls themselves, where it was told. */
      name?: string | null;
      raw: unknown;
    }
  /** The person wants marketing messages no more, or again. */
  | { kind: 'preference'; key: string; at: Date | null; from: Sender; marketing: boolean; raw: unknown }
  | {
      kind: 'status';
      providerId: string;
      /** Our own id, where the provider echoes it. */
      reference: string | null;
      status: InboundStatus;
      /** The provider's own word: `played` counts as READ. */
      word: string;
      at: Date | null;
      error: { code: string; reason: string } | null;
      recipient: Pick<Sender, 'waId' | 'bsuid' | 'parentBsuid'> & {
        groupId: string | null;
        /** In a group: the member whom this status is about. */
        participant: string | null;
        participantBsuid: string | null;
      };
      pricing: Pricing | null;
      /** The conversation that Meta counts it to (v23 and older, and free entry points). */
      conversation: { id: string; origin: string | null; expiresAt: Date | null } | null;
      raw: unknown;
    }
  /**
   * Anything else is kept as it came; `key` makes a redelivery change nothing. `facts` holds what the field tells of
   * templates, numbers and accounts, in the provider's own names, for those who read it.
   */
  | { kind: 'other'; field: string; key: string; problem: string | null; facts: JsonObject; raw: unknown };

export type ElementOf<Kind extends InboundElement['kind']> = Extract<InboundElement, { kind: Kind }>;

/** A sender of whom only these names are known. */
export const sender = (known: Partial<Sender>): Sender => ({
  waId: null,
  bsuid: null,
  parentBsuid: null,
  username: null,
  groupId: null,
  name: null,
  ...known,
});

type Given<Kind extends InboundElement['kind'], Needed extends keyof ElementOf<Kind>> = Partial<ElementOf<Kind>> &
  Pick<ElementOf<Kind>, Needed>;

/** A message with what is seldom told left empty. */
export const messageElement = (
  given: Given<'message', 'providerId' | 'from' | 'message' | 'sentAt' | 'raw'>,
): ElementOf<'message'> => ({
  kind: 'message',
  files: [],
  speaks: true,
  replyTo: null,
  forwarded: false,
  optOut: null,
  error: null,
  ...given,
});

export const statusElement = (
  given: Given<'status', 'providerId' | 'reference' | 'status' | 'at' | 'raw'>,
): ElementOf<'status'> => ({
  kind: 'status',
  word: given.status.toLowerCase(),
  error: null,
  recipient: { waId: null, bsuid: null, parentBsuid: null, groupId: null, participant: null, participantBsuid: null },
  pricing: null,
  conversation: null,
  ...given,
});

export const otherElement = (given: Given<'other', 'field' | 'key' | 'problem' | 'raw'>): ElementOf<'other'> => ({
  kind: 'other',
  facts: {},
  ...given,
});
