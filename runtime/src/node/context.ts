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
  /** What the person agreed to: answers to what they wrote, and marketing. */
  consent?: { service: boolean; marketing: boolean };
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
  /** The contact's language, else the flow's: for words that the author did not write. */
  readonly language: string;
  /** IANA time zone of the flow (`settings.timezone`), in which hours and dates are meant. */
  readonly timezone: string;
  /** What this node kept for itself when it was last here (`keep`); null at first. Each use of a sub-flow has its own. */
  readonly kept: Json;
  /** True where the walk came back to this node from inside the loop whose head it is; false where the loop begins anew. */
  readonly cameRound: boolean;
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

/** JavaScript that a flow's author wrote, to be run where it can reach nothing but its input. */
export interface CodeRequest {
  /** The body of a function: it ends with `return`. */
  source: string;
  /** What the code sees, each by its name: `variables`, `contact`, `message`, `now`. */
  input: JsonObject;
  /** In [0, 1): where `Math.random` begins, so that a repetition draws the same. */
  chance: number;
}
export interface CodeReply {
  /** What the code returned; null where it returned nothing. */
  value: Json;
  /** What it wrote with `console.log`, a line each; bounded. */
  logs: string[];
}

/** Services that a `call` node may ask for by name; what it did not ask for is not there. */
export interface Services {
  /** Rejects where no answer came (refused address, time-out, reset); an answer of any status resolves. */
  http(request: HttpRequest): Promise<HttpReply>;
  /** Rejects with an Error for the author: what their code threw and in which line, or the limit that it met. */
  code(request: CodeRequest): Promise<CodeReply>;
}
export type ServiceName = keyof Services;

export interface CallContext<Config> extends Context<Config> {
  readonly services: Services;
  /** The same whenever this very call is run again, so that the other side can refuse a repetition. */
  readonly idempotencyKey: string;
}

/** Values to remember, by variable name; dots nest. */
export type Assignments = Record<string, Json>;

/**
 * Where a `run` node leads: to a port, to the end of its flow (in a sub-flow: back to the caller, by the port `outcome`),
 * or back to where an interrupt or a jump left off.
 */
export type Outcome = (
  | {
      port: string;
      /** Also remembers this node as a place to come back to; a later `back` leaves it by this port. */
      comeBackBy?: string;
    }
  | { end: 'done'; outcome?: string; outputs?: Assignments }
  | { end: 'failed'; reason: string }
  /** `otherwise` is the port where there is nowhere to go back to. */
  | { back: true; otherwise: string }
) & {
  set?: Assignments;
  effects?: Effect[];
  /** Replaces what the node kept for itself; null forgets it. */
  keep?: Json;
};

export interface CallOutcome {
  port: string;
  set?: Assignments;
  /** Why the `error` port was taken, for the journal and the fault. */
  error?: string;
}

export interface Prompt {
  /** Goes on at once by this port instead of listening: for a config that expects no answer. */
  port?: string;
  set?: Assignments;
  effects?: Effect[];
}

export type Received = (
  | { port: string }
  | { again: true }
  | { stay: true }
  | { fault: { code: string; message: string } }
) &
  Omit<Prompt, 'port'>;

export type TimerRequest =
  | {
      name: string;
      /** ISO 8601 duration from now. */
      after: string;
    }
  | {
      name: string;
      /** ISO 8601 moment; one that is over fires at once. */
      at: string;
    };
