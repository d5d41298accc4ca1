import type { InboundMessage } from '@parley/runtime';

/** Who wrote, under every name that the provider gives; the ledger of identities finds the contact by any of them. */
export interface Sender {
  waId: string | null;
  bsuid: string | null;
  groupId: string | null;
  name: string | null;
}

/** One thing that a provider told us, the same for every provider. */
export type InboundElement =
  | {
      kind: 'message';
      providerId: string;
      sentAt: Date | null;
      from: Sender;
      message: InboundMessage;
      /** False for what is no answer to anything: a reaction, a deleted message, a change of number. */
      speaks: boolean;
      replyTo: string | null;
      raw: unknown;
    }
  | {
      kind: 'status';
      providerId: string;
      /** Our own id, where the provider echoes it. */
      reference: string | null;
      status: 'SENT' | 'FAILED' | 'DELIVERED' | 'READ';
      at: Date | null;
      error: { code: string; reason: string } | null;
      raw: unknown;
    }
  /** Anything else is kept as it came; `key` makes a redelivery change nothing. */
  | { kind: 'other'; field: string; key: string; problem: string | null; raw: unknown };
