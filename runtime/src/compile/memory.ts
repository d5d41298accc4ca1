import type { StepCall, StepEffect, StepTimer } from '../effect/effect.ts';
import type { Json, JsonObject } from '../json.ts';
import type { InboundMessage } from '../message/inbound.ts';
import type { Assignments, ContactFacts, Facts } from '../node/context.ts';

/** Why a session failed, in words for the flow's author. */
export interface Fault {
  code: string;
  message: string;
  /** The path of the place: the node's id, behind `order/` where it ran inside the sub-flow of the node `order`. */
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

/** A place that an interrupt or a jump left, to come back to. */
export interface Parked {
  at: string;
  asked: number;
  /** What led away: the same interrupt again parks nothing. */
  by: string;
  /** The port by which to go on; null asks again. */
  leaveBy: string | null;
}

/** How a flow ended, on the way from its last node to whoever called it. */
export interface Ending {
  outcome: string | null;
  outputs: Assignments;
}

/** `since` is the visit at which the node began to keep: inner loops began later than those around them. */
export type Kept = { since: number; value: Json };

/** XState's context and all that is saved besides the place. Plain JSON. */
export interface Memory {
  session: string;
  /** Variables by scope: '' is the flow's own, `order/` those of the sub-flow that the node `order` runs. */
  scopes: Record<string, JsonObject>;
  /** What nodes keep for themselves, by path. */
  kept: Record<string, Kept>;
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
  /** Scopes whose error handler is at work: a second failure there is not handled again. */
  handling: string[];
  /** Ordinal of the first effect since the last handler began: earlier sends that fail as well are the same trouble. */
  handledFrom: number;
  /** True once the silence has led to `settings.onExpire`: the next one ends the session. */
  expired: boolean;
  /** The last place in: what an interrupt or a jump left. */
  parked: Parked[];
  /** On the way back there. */
  resume: Parked | null;
  ending: Ending | null;
  /** The path of the place that decided last, by which a node knows whether it came round a loop. */
  left: string | null;
  fault: Fault | null;
}

/** What a session held when a visit began or ended: what a debugger shows. References only, nothing is copied. */
export interface Moment {
  scopes: Memory['scopes'];
  /** Null while no effect of this step changed the contact. */
  contact: ContactFacts | null;
  /** How many effects the step had given by then. */
  effects: number;
}

/** What one step gives besides the memory; made anew for every event and never saved. */
export interface Out {
  effects: StepEffect[];
  calls: StepCall[];
  timers: StepTimer[];
  trace: Visit[];
  /** One for each visit of `trace`. */
  moments: Moment[];
  handled: boolean;
  /** The contact as this step's own effects leave it; null while none changed it. */
  contact: ContactFacts | null;
}

export interface Context extends Memory {
  out: Out;
}

export const emptyOut = (): Out => ({
  effects: [],
  calls: [],
  timers: [],
  trace: [],
  moments: [],
  handled: false,
  contact: null,
});

export const blankMemory = (): Memory => ({
  session: '',
  scopes: { '': {} },
  kept: {},
  message: null,
  port: null,
  held: null,
  awaiting: [],
  visit: 0,
  sent: 0,
  asked: 0,
  walked: 0,
  silent: 0,
  handling: [],
  handledFrom: 0,
  expired: false,
  parked: [],
  resume: null,
  ending: null,
  left: null,
  fault: null,
});

/** A memory as an earlier version may have saved it, with everything that this one knows. */
export const completeMemory = (saved: Memory): Memory => ({
  ...blankMemory(),
  ...saved,
  // Until sub-flows came, `handling` was true or false for the whole flow
  handling: Array.isArray(saved.handling) ? saved.handling : saved.handling ? [''] : [],
});

/** The machine's events: a closed union; ids are fields, never part of `type`. */
export type FlowEvent = { facts: Facts } & (
  | { type: 'start'; target: string; session: string; message: InboundMessage | null; variables: Record<string, Json> }
  | { type: 'message'; message: InboundMessage }
  | { type: 'timer'; visit: number; name: string }
  | { type: 'call.settled'; visit: number; port: string; set: Record<string, Json>; error: string | null }
  | { type: 'effect.settled'; ordinal: number; ok: boolean; error: string | null }
  | { type: 'effect.failed'; ordinal: number; error: string | null }
  /** `from` is the place that the word interrupts; the session fills it in. */
  | { type: 'interrupt'; target: string; message: InboundMessage; from?: string }
  | { type: 'jump'; target: string }
  | { type: 'resumed' }
  | { type: 'closed' }
  | { type: 'expired' }
);
