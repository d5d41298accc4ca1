import type {
  Chain,
  Effect,
  InboundMessage,
  JsonObject,
  OutboundContent,
  Snapshot,
  StepCall,
  TriggerDecision,
} from '@parley/runtime';
import type { Timestamp } from 'mongodb';
import type { Recipient } from '../channels/whatsapp/gateway.ts';
import type { Author, MessageError, MessageFile } from '../storage/messages.ts';

/** Who speaks in a conversation. */
export type Owner =
  | { kind: 'bot' }
  | { kind: 'agent'; user: string }
  | { kind: 'queue'; team: string | null }
  | { kind: 'nobody' };

export interface SessionState {
  id: string;
  flow: string;
  version: number;
  snapshot: Snapshot;
  status: 'waiting' | 'calling' | 'done' | 'failed';
  /** Null: a person's message, a webhook or a schedule began it. */
  chain: Chain | null;
}

export interface TimerState {
  id: string;
  due: Date;
  visit: number;
  name: string;
  whileAway: boolean;
}

export interface CallState extends StepCall {
  id: string;
  epoch: number;
  /** Until then whoever committed it runs it; afterwards anybody asks again, under the same key. */
  until: Date;
}

export interface OutboxEntry {
  /** The message's id and the provider's opaque reference. */
  id: string;
  content: OutboundContent;
  author: Author;
  epoch: number;
  by: 'bot' | 'agent';
  state: 'queued' | 'sending';
  permit: string | null;
  attempt: number;
  notBefore: Date | null;
  /** How often in a row the provider asked to wait; absent in entries of earlier releases. */
  postponed?: number;
  policy: 'once' | 'retry';
  /** The node's `error` port is wired: the machine waits for the outcome. */
  answers: boolean;
  session: string | null;
  ordinal: number | null;
  order: number;
  at: Date;
}

/** What a flow asks for that is neither a send nor a change of who speaks. */
export type DeedEffect = Exclude<Effect, { type: 'message.send' } | { type: 'conversation.assign' }>;
export type DeedType = DeedEffect['type'];

/** Decided by a commit and performed right after it, in order, once: the id makes a repetition harmless. */
export interface Deed {
  id: string;
  effect: DeedEffect;
  /** The tail entry whose journal tells what came of it. */
  event: string;
  chain: Chain | null;
}

/** What came of a deed, for the journal. */
export interface DeedResult {
  id: string;
  type: DeedType;
  /** In words, where it could not be done. */
  problem: string | null;
}

/** Why a flow began or did not begin without a message. */
export interface StartDecision {
  flow: string;
  version: number;
  node: string;
  kind: 'start' | 'event';
  /** The event's name, or what asked for the start. */
  by: string;
  /** Null: it began. `people`: people own the conversation. `busy`: a session is in progress. `consent`: STOP was said. */
  skipped: 'people' | 'busy' | 'consent' | null;
  /** Flows that listen to the same event and came behind this one, and why. */
  over?: { flow: string; node: string; because: string }[];
}

/** How a session ended: `replaced` by another one, `stopped` from outside (STOP, a version that is gone). */
export type RunEnd = 'done' | 'failed' | 'expired' | 'replaced' | 'stopped';

/** What an event did to one session: the journal and the counts read it. */
export interface Run {
  session: string;
  flow: string;
  version: number;
  /** Its visits begin here in the entry's `visited`, and end where the next run's begin. */
  from: number;
  /** Where the session stood before; null: it began. */
  before: string | null;
  /** Where it stands now, or ended. */
  at: string;
  handedOver: boolean;
  ended: RunEnd | null;
}

/** What a commit did with an event; kept in the document until the event's row says so itself. */
export interface TailEntry {
  id: string;
  step: number;
  /** Absent in entries of earlier releases, as are `runs`. */
  at?: Date;
  order: number;
  visited: object[];
  runs?: Run[];
  effects: string[];
  deeds: DeedResult[];
  stale: boolean;
  trigger: TriggerDecision | StartDecision | null;
  fault: object | null;
  /** What the message did to the contact's consent; one of its deeds carries it out. */
  consent: 'withdrawn' | 'given' | null;
  /** It failed too often: shown to people, heard by no flow. */
  parked: boolean;
}

export type Priority = 'none' | 'low' | 'normal' | 'high' | 'urgent';

/** The only document that decides; the fields are explained in the engine's protocol note. */
export interface ConversationDocument {
  _id: string;
  organization: string;
  channel: string;
  contact: string;
  recipient: Recipient;
  revision: number;
  step: number;
  epoch: number;
  owner: Owner;
  lease: { worker: string; token: number; at: Date };
  session: SessionState | null;
  timers: TimerState[];
  calls: CallState[];
  head: number;
  next: number;
  outbox: Record<string, OutboxEntry>;
  /** Of the last commit; empty again before the next one. */
  deeds: Deed[];
  sendingAt: Date | null;
  tail: TailEntry[];
  resume: number | null;
  /** Where a hand-back sends the session; null is where it was. */
  resumeAt: string | null;
  wakeAt: Date | null;
  /** What lists show, kept by the commits. */
  status: 'open' | 'snoozed' | 'closed';
  /** Who looks after it (a user's id) and how it is sorted; who speaks is `owner`. */
  assignee: string | null;
  team: string | null;
  labels: string[];
  priority: Priority;
  unread: number;
  heard: number;
  lastInboundAt: Date | null;
  lastInboundId: string | null;
  lastMessage: { id: string; preview: string; direction: 'INBOUND' | 'OUTBOUND'; createdAt: Date } | null;
  orders: number;
  createdAt: Date;
  updatedAt: Date;
}

export type EventPayload =
  | {
      kind: 'message';
      messageId: string;
      providerId: string;
      message: InboundMessage;
      speaks: boolean;
      name: string | null;
      replyTo: string | null;
      sentAt: string | null;
      files?: MessageFile[];
      forwarded?: boolean;
      /** The provider has answered the word itself. */
      optOut?: 'stop' | 'start' | 'help' | null;
      /** Why the provider could not hand the content over. */
      error?: MessageError | null;
      /** Nobody wrote this: the provider tells of the person. It opens no window and is nothing unread. */
      notice?: boolean;
    }
  | {
      /** `target` is the id of the message's row; `at` is the provider's clock, or ours where it told no time. */
      kind: 'edit';
      target: string;
      targetProviderId: string;
      message: InboundMessage;
      files: MessageFile[];
      at: string;
    }
  | { kind: 'revoke'; target: string; targetProviderId: string; at: string }
  | {
      /** The business wrote from its phone's own app. */
      kind: 'echo';
      messageId: string;
      providerId: string;
      message: InboundMessage;
      files: MessageFile[];
      sentAt: string | null;
    }
  | { kind: 'answer'; call: string; visit: number; port: string; set: Record<string, unknown>; error: string | null }
  | { kind: 'result'; effect: string; session: string; ordinal: number; ok: boolean; error: string | null }
  | { kind: 'agent'; content: OutboundContent; author: Author }
  | { kind: 'closed' }
  | {
      /** A flow begins without a message: a webhook, a schedule, another flow. */
      kind: 'start';
      flow: string;
      /** Null: the flow's first trigger. */
      node: string | null;
      variables: JsonObject;
      by: 'webhook' | 'schedule' | 'flow';
      chain: Chain | null;
    }
  | { kind: 'event'; name: string; data: JsonObject; chain: Chain | null };

/** The inbox, the dedupe and the journal in one. */
export interface EventRow {
  _id: string;
  organization: string;
  conversation: string;
  kind: EventPayload['kind'] | 'other' | 'status';
  payload: EventPayload | { raw: unknown; channel: string | null; field: string; problem: string | null };
  /** Sent as Timestamp(0, 0): the store fills it at insert, strictly rising. */
  arrived: Timestamp;
  acceptedAt: Date;
  state: 'new' | 'done' | 'parked' | 'raw';
  attempts: number;
  doneAt?: Date;
  /** A session was moved: the journey of the conversation shows it. */
  walked?: true;
  /** Its visits are in no sum yet (decisions/counts.md). */
  uncounted?: true;
  step?: Omit<TailEntry, 'id' | 'order' | 'parked'> | undefined;
}

// The protocol's bounds (research on the engine's protocol, section 2); its times are in timing.ts
export const BATCH = 32; // events of one commit
export const OUTBOX_PAUSE = 32; // entries from which on no further event is delivered; the outbox holds 64
export const MAX_ATTEMPTS = 3; // deliveries of one event before it is parked
export const MAX_SENDS = 2; // calls for one send that nobody knows the end of
export const LATER_PATIENCE = 24 * 3_600_000; // ms that a send waits for a provider that asks to wait; then people see it
export const DEEDS_PAUSE = 32; // deeds of one commit from which on no further event is delivered; a step adds 32 at most
export const MAX_DEED = 64_000; // bytes of JSON of one deed: 16,000 characters of variables may take four each
