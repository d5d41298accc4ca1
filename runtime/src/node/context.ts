import type { Effect } from '../effect/effect.ts';
import type { Json, JsonObject } from '../json.ts';
import type { InboundMessage } from '../message/inbound.ts';

export interface ContactFacts {
  id: string;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
  language: string | null;
  tags: string[];
  groups: string[];
  attributes: JsonObject;
}

/** What is true at the moment of a step. It travels on the event and is never remembered by the session. */
export interface Facts {
  /** ISO 8601, UTC. */
  now: string;
  contact: ContactFacts;
  conversation: { id: string; channel: string; windowClosesAt: string | null };
  flow: { id: string; name: string; version: number };
  campaign?: JsonObject;
}

export type WaitEvent =
  | { type: 'message'; message: InboundMessage }
  | { type: 'timer'; name: string }
  | { type: 'resumed' }
  | { type: 'closed' };

/** What a node sees: its config with every template rendered, and the world around it, all read-only. */
export interface Context<Config> {
  readonly config: Config;
  readonly variables: Readonly<JsonObject>;
  readonly contact: Readonly<ContactFacts>;
  readonly conversation: Readonly<Facts['conversation']>;
  readonly flow: Readonly<Facts['flow']>;
  /** The last inbound message, if the conversation had one. */
  readonly message: InboundMessage | null;
  readonly now: string;
  /** The flow's language, for words that the author did not write. */
  readonly language: string;
  /** How often this node has asked already: 0 on the first prompt. */
  readonly asked: number;
  /** Whether an edge leaves this port. */
  wired(port: string): boolean;
  /** A number in [0, 1) that is the same when the step is replayed. */
  chance(name: string): number;
}

export interface WaitContext<Config> extends Context<Config> {
  readonly event: WaitEvent;
}

/** An answer of the world over HTTP. `json` is null where the body was none. */
export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: Json;
}
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Services that a `call` node may ask for by name; what it did not ask for is not there. */
export interface Services {
  /** Rejects where no answer came (refused address, time-out, reset); an answer of any status resolves. */
  http(request: HttpRequest): Promise<HttpReply>;
}
export type ServiceName = keyof Services;

export interface CallContext<Config> extends Context<Config> {
  readonly services: Services;
  /** The same whenever this very call is run again, so that the other side can refuse a repetition. */
  readonly idempotencyKey: string;
}

/** Values to remember, by variable name; dots nest. */
export type Assignments = Record<string, Json>;

export interface Outcome {
  port: string;
  set?: Assignments;
  effects?: Effect[];
}

export interface CallOutcome {
  port: string;
  set?: Assignments;
  /** Why the `error` port was taken, for the journal and the fault. */
  error?: string;
}

export interface Prompt {
  set?: Assignments;
  effects?: Effect[];
}

export type Received = (
  | { port: string }
  | { again: true }
  | { stay: true }
  | { fault: { code: string; message: string } }
) &
  Prompt;

export interface TimerRequest {
  name: string;
  /** ISO 8601 duration from now. */
  after: string;
}
