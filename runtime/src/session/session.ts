import type { Compiled } from '../compile/compile-flow.ts';
import { initialVariables } from '../compile/inline.ts';
import { blankMemory, type Fault, type FlowEvent, type Moment, type Visit } from '../compile/memory.ts';
import type { StepCall, StepEffect, StepTimer } from '../effect/effect.ts';
import { fold } from '../expression/fold.ts';
import { isObject, type Json, type JsonObject, utf8Length, writePath } from '../json.ts';
import { MAX_MEMORY } from '../limits.ts';
import type { InboundMessage } from '../message/inbound.ts';
import type { Facts } from '../node/context.ts';
import { after } from '../node/duration.ts';
import { advance, canRestAt, INITIAL_PLACE, isFinal, type Snapshot } from './advance.ts';

/** The name of the timer that ends a silent session; its visit is 0, so that no node ever takes it for its own. */
export const EXPIRY = '$expire';

/** What one event did. All of it is data: the driver stores the snapshot and performs the rest. */
export interface Step {
  snapshot: Snapshot;
  effects: StepEffect[];
  calls: StepCall[];
  timers: StepTimer[];
  status: 'waiting' | 'calling' | 'done' | 'failed';
  /** False where nothing took the event: a message while only a timer is awaited, a stale answer. */
  handled: boolean;
  fault?: Fault;
  trace: Visit[];
  /** What the session held at each visit of `trace`: for who shows the step bit by bit. Never stored. */
  moments: Moment[];
}

export interface StartInput {
  /** The session's id; random choices of the flow are drawn from it. */
  session: string;
  /** The trigger node that claimed the message. */
  target: string;
  message: InboundMessage | null;
  facts: Facts;
  variables?: Record<string, Json>;
  /** What a webhook, an event or a schedule brought: remembered under the trigger's `saveAs`. */
  data?: Json;
}

/** Begins a session at a trigger. The flow must have compiled without errors. */
export function start(compiled: Compiled, input: StartInput): Step {
  const { session, target, message, facts } = input;
  const before = { at: INITIAL_PLACE, memory: { ...blankMemory(), session } };
  if (compiled.machine && !compiled.places.get(target)?.type.begins) return gone(before, target);
  const variables = variablesOf(compiled, input);
  return step(compiled, before, { type: 'start', session, target, message, facts, variables });
}

/**
 * Begins a session at any node, as if it had come there with these variables: to try a part of a flow. Not for a trigger,
 * which `start` begins at.
 */
export function startFrom(compiled: Compiled, { session, target, message, facts, variables = {} }: StartInput): Step {
  const given = Object.entries(variables);
  const scopes = {
    '': given.reduce((all, [name, value]) => writePath(all, name, value), initialVariables(compiled.flow)),
  };
  const before: Snapshot = { at: target, memory: { ...blankMemory(), session, message, scopes } };
  if (!compiled.places.has(target)) return gone(before, target);
  return step(compiled, before, { type: 'jump', target, facts });
}

function variablesOf(compiled: Compiled, { target, variables = {}, data }: StartInput): JsonObject {
  const config = compiled.places.get(target)?.config;
  const name = isObject(config) ? config.saveAs : undefined;
  return data === undefined || typeof name !== 'string' ? variables : { ...variables, [name]: data };
}

/**
 * Delivers one event to a saved session. Never throws for anything a flow or a snapshot holds: a place that is gone, a
 * loop or a node that throws is a fault of the session.
 */
export function deliver(compiled: Compiled, snapshot: Snapshot, event: FlowEvent): Step {
  if (isFinal(snapshot.at)) return finished(snapshot);
  if (!canRestAt(compiled, snapshot)) return gone(snapshot, snapshot.at);
  return step(compiled, snapshot, interpret(compiled, snapshot, event));
}

/** Places where a person may send the session: `release` with a node answers these as the legal ones. Not inside a sub-flow, which begins at its beginning. */
export const legalTargets = (compiled: Compiled): string[] =>
  [...compiled.places.values()].filter((place) => place.caller === null).map((place) => place.path);

function step(compiled: Compiled, before: Snapshot, event: FlowEvent): Step {
  const { snapshot: after, context, busy } = advance(compiled, before, event);
  const { effects, calls, timers, trace, moments, handled } = context.out;
  const tooMuch = utf8Length(JSON.stringify(after.memory)) > MAX_MEMORY;
  if (tooMuch && after.at !== '$failed') return tooLarge(before, trace, moments);
  const fault = after.memory.fault ?? undefined;
  const snapshot = tooMuch ? { at: after.at, memory: { ...before.memory, fault: after.memory.fault } } : after;
  if (snapshot.at === '$failed') {
    // A step that ends in a fault of the flow itself says nothing: half of a loop's messages help nobody.
    const silent = context.port === '$fault';
    const said = silent ? [] : effects;
    return {
      snapshot,
      effects: said,
      calls: [],
      timers,
      status: 'failed',
      handled: true,
      fault: fault ?? noFault(),
      trace,
      moments,
    };
  }
  if (snapshot.at === '$done') return { snapshot, effects, calls: [], timers, status: 'done', handled, trace, moments };
  return {
    snapshot,
    effects,
    calls,
    timers: [...timers, ...expiryOf(compiled, event)],
    status: busy ? 'calling' : 'waiting',
    handled,
    trace,
    moments,
  };
}

/** A typed interrupt word wins over the question that waits; a button's title never does. */
function interpret(compiled: Compiled, snapshot: Snapshot, event: FlowEvent): FlowEvent {
  if (event.type === 'timer' && event.name === EXPIRY) return { type: 'expired', facts: event.facts };
  if (event.type !== 'message' || event.message.type !== 'text' || event.message.text === null) return event;
  const verb = compiled.places.get(snapshot.at)?.type.verb;
  if (verb?.kind === 'wait' && verb.wait.interrupts === false) return event;
  const said = fold(event.message.text);
  if (said === '') return event;
  const found = compiled.flow.settings.interrupts.find((one) => one.keywords.some((keyword) => fold(keyword) === said));
  return found
    ? { type: 'interrupt', target: found.target, message: event.message, from: snapshot.at, facts: event.facts }
    : event;
}

/** What ends a silence. Also the hand-back of an agent: whoever is asked again gets the whole time to answer. */
const REVIVES = new Set<FlowEvent['type']>(['start', 'message', 'interrupt', 'jump', 'resumed', 'expired']);

function expiryOf(compiled: Compiled, event: FlowEvent): StepTimer[] {
  const { expireAfter } = compiled.flow.settings;
  if (!expireAfter || !REVIVES.has(event.type)) return [];
  const due = after(event.facts.now, expireAfter);
  return due === null ? [] : [{ start: { visit: 0, name: EXPIRY, due, whileAway: false } }];
}

const quiet = () => ({ effects: [], calls: [], timers: [], trace: [], moments: [], handled: false });

const finished = (snapshot: Snapshot): Step =>
  snapshot.at === '$done'
    ? { ...quiet(), snapshot, status: 'done' }
    : { ...quiet(), snapshot, status: 'failed', fault: snapshot.memory.fault ?? noFault() };

const noFault = (): Fault => ({ code: 'failed', message: 'The session failed.', node: null });

function failedAt(before: Snapshot, fault: Fault, trace: Visit[], moments: Moment[]): Step {
  const snapshot = { at: '$failed', memory: { ...before.memory, fault } };
  return { ...quiet(), snapshot, status: 'failed', handled: true, fault, trace, moments };
}

const gone = (before: Snapshot, node: string): Step =>
  failedAt(
    before,
    { code: 'place_gone', message: `This version of the flow has no node ${node} to go on from.`, node },
    [],
    [],
  );

const tooLarge = (before: Snapshot, trace: Visit[], moments: Moment[]): Step =>
  failedAt(
    before,
    {
      code: 'memory_too_large',
      message: `A session remembers at most ${MAX_MEMORY} bytes. Keep less of the answers.`,
      node: before.at,
    },
    trace,
    moments,
  );
