import type { StepCall, StepEffect, StepTimer } from '../effect/effect.ts';
import type { Json, JsonObject } from '../json.ts';
import type { InboundMessage } from '../message/inbound.ts';
import type { Facts } from '../node/context.ts';

/** Why a session failed, in words for the flow's author. */
export interface Fault {
  code: string;
  message: string;
  node: string | null;
  /** The nodes of a loop, in the order they were walked. */
  nodes?: string[];
}

export interface Visit {
  node: string;
  visit: number;
  /** The port taken; null while the node listens or asks. */
  port: string | null;
}

/** XState's context and all that is saved besides the place. Plain JSON. */
export interface Memory {
  session: string;
  scopes: Record<string, JsonObject>;
  message: InboundMessage | null;
  /** The decision that the guards read; null at rest. */
  port: string | null;
  /** The decision of a sending node, kept until its sends are confirmed. */
  held: string | null;
  /** Ordinals of the effects whose outcome the present node waits for. */
  awaiting: number[];
  /** Rises with each entry; stamps calls and timers, so that a stale one is known. */
  visit: number;
  /** Running number of effects. */
  sent: number;
  asked: number;
  walked: number;
  silent: number;
  /** True inside the flow's error handler: a second failure ends the session. */
  handling: boolean;
  fault: Fault | null;
}

/** What one step gives besides the memory; made anew for every event and never saved. */
export interface Out {
  effects: StepEffect[];
  calls: StepCall[];
  timers: StepTimer[];
  trace: Visit[];
  handled: boolean;
}

export interface Context extends Memory {
  out: Out;
}

export const emptyOut = (): Out => ({ effects: [], calls: [], timers: [], trace: [], handled: false });

export const blankMemory = (): Memory => ({
  session: '',
  scopes: { '': {} },
  message: null,
  port: null,
  held: null,
  awaiting: [],
  visit: 0,
  sent: 0,
  asked: 0,
  walked: 0,
  silent: 0,
  handling: false,
  fault: null,
});

/** The machine's events: a closed union; ids are fields, never part of `type`. */
export type FlowEvent = { facts: Facts } & (
  | { type: 'start'; target: string; session: string; message: InboundMessage | null; variables: Record<string, Json> }
  | { type: 'message'; message: InboundMessage }
  | { type: 'timer'; visit: number; name: string }
  | { type: 'call.settled'; visit: number; port: string; set: Record<string, Json>; error: string | null }
  | { type: 'effect.settled'; ordinal: number; ok: boolean; error: string | null }
  | { type: 'effect.failed'; ordinal: number; error: string | null }
  | { type: 'interrupt'; target: string; message: InboundMessage }
  | { type: 'jump'; target: string }
  | { type: 'resumed' }
  | { type: 'closed' }
  | { type: 'expired' }
);
