import { isObject, type Json, type JsonObject, mergeObjects, utf8Length } from '../json.ts';
import { MAX_CALL, MAX_PARKED, MAX_SILENT_VISITS, MAX_TIMERS, MAX_WALK } from '../limits.ts';
import type { Context as NodeContext, Outcome, TimerRequest, WaitContext, WaitEvent } from '../node/context.ts';
import type { NodeType } from '../node/define-node.ts';
import { after, moment } from '../node/duration.ts';
import { contextOf, variableOf } from './context.ts';
import type { Context, FlowEvent } from './memory.ts';
import {
  AGAIN,
  apply,
  BACK,
  decide,
  END,
  END_FAILED,
  FAULT,
  fail,
  guarded,
  isWired,
  REPLACED,
  trouble,
  visited,
} from './outcome.ts';
import type { Place } from './place.ts';
import { open } from './subflow.ts';

/** A verb changes the memory and appends to `out`; it decides by naming a port, and the machine's guards follow. */
export type Verb = (memory: Context, place: Place, event: FlowEvent) => Partial<Context>;

type VerbOf<Kind extends NodeType['verb']['kind']> = Extract<NodeType['verb'], { kind: Kind }>;

/** Entering a node: a fresh visit, the walk counted, then the node's own verb. */
export const enter: Verb = (memory, place, event) => {
  const again = memory.port === AGAIN;
  const resume = memory.resume?.at === place.path ? memory.resume : null;
  const entered: Context = {
    ...memory,
    port: null,
    held: null,
    awaiting: [],
    resume: null,
    visit: memory.visit + 1,
    walked: memory.walked + 1,
    silent: memory.silent + 1,
    asked: again ? memory.asked + 1 : (resume?.asked ?? 0),
  };
  visited(entered, place, null);
  memory.out.handled = true;
  if (entered.walked > MAX_WALK) return { ...entered, ...loopFault(memory, place) };
  if (entered.silent > MAX_SILENT_VISITS) return { ...entered, ...endlessFault(memory, place) };
  if (resume?.leaveBy) return { ...entered, ...decide(entered, place, resume.leaveBy) };
  return guarded(entered, place, () => {
    const { verb } = place.type;
    switch (verb.kind) {
      case 'run':
        return runNode(withGiven(entered, place, event), place, event, verb);
      case 'call':
        return callNode(entered, place, event);
      case 'wait':
        return waitNode(entered, place, event, verb);
      case 'subflow':
        return open(entered, place, event);
    }
  });
};

/** The first node is the trigger: it sets what the session was begun with, objects merged with what was declared. */
function withGiven(memory: Context, place: Place, event: FlowEvent): Context {
  if (event.type !== 'start' || memory.visit > 1) return memory;
  const merged = ([name, value]: [string, Json]): [string, Json] => {
    const declared = variableOf(memory, name);
    return [name, isJsonObject(declared) && isJsonObject(value) ? mergeObjects(declared, value) : value];
  };
  const set = Object.fromEntries(Object.entries(event.variables).map(merged));
  return { ...memory, ...apply(memory, place, event.facts, { set }, false) };
}

const isJsonObject = (value: unknown): value is JsonObject => isObject(value);

function runNode(memory: Context, place: Place, event: FlowEvent, { run }: VerbOf<'run'>): Partial<Context> {
  const outcome = run(contextOf(memory, place, event));
  const waits = isWired(place, 'error');
  const applied: Context = { ...memory, ...apply(memory, place, event.facts, outcome, waits) };
  if (applied.port === FAULT) return applied;
  if ('end' in outcome) return { ...applied, ...ended(applied, place, outcome) };
  if ('back' in outcome) return { ...applied, ...goBack(applied, place, outcome.otherwise) };
  if (outcome.comeBackBy !== undefined) applied.parked = park(applied, place.path, outcome.comeBackBy);
  return goOn(applied, place, outcome.port);
}

/** Follows the port, with `error` wired not before the provider has taken what was sent. */
const goOn = (applied: Context, place: Place, port: string): Partial<Context> =>
  applied.awaiting.length > 0 ? { ...applied, held: port } : { ...applied, ...decide(applied, place, port) };

function ended(memory: Context, place: Place, outcome: Extract<Outcome, { end: string }>): Partial<Context> {
  visited(memory, place, END);
  if (outcome.end === 'failed') return { ...fail(place, 'ended_failed', outcome.reason), port: END_FAILED };
  // Another flow takes this session's place: whoever called this one does not go on either
  if (outcome.effects?.some(({ type }) => type === 'flow.start')) return { port: REPLACED };
  return { port: END, ending: { outcome: outcome.outcome ?? null, outputs: outcome.outputs ?? {} } };
}

function goBack(memory: Context, place: Place, otherwise: string): Partial<Context> {
  if (memory.parked.length > 0) {
    visited(memory, place, BACK);
    return { port: BACK };
  }
  if (isWired(place, otherwise)) return decide(memory, place, otherwise);
  return trouble(place, 'nowhere_to_return', `Nothing led here that one could go back to. Wire the port ${otherwise}.`);
}

/** Remembers where to come back to. The same way of leaving twice is one; the oldest is forgotten beyond the limit. */
function park(memory: Context, path: string, leaveBy: string): Context['parked'] {
  const top = memory.parked.at(-1);
  if (top?.by === path && top.leaveBy === leaveBy) return memory.parked;
  return [...memory.parked, { at: path, asked: 0, by: path, leaveBy }].slice(-MAX_PARKED);
}

function callNode(memory: Context, place: Place, event: FlowEvent): Partial<Context> {
  const config = contextOf(memory, place, event).config as JsonObject;
  if (utf8Length(JSON.stringify(config)) > MAX_CALL)
    return {
      ...memory,
      ...fail(place, 'request_too_large', `The request is larger than ${MAX_CALL} bytes. Send less in it.`),
    };
  memory.out.calls.push({ visit: memory.visit, node: place.path, nodeType: place.type.type, config });
  return memory;
}

function waitNode(memory: Context, place: Place, event: FlowEvent, { wait }: VerbOf<'wait'>): Partial<Context> {
  const ctx = contextOf(memory, place, event);
  const prompt = wait.prompt(ctx);
  if (prompt.port !== undefined) {
    const applied: Context = { ...memory, ...apply(memory, place, event.facts, prompt, isWired(place, 'error')) };
    return applied.port === FAULT ? applied : goOn(applied, place, prompt.port);
  }
  const started = startTimers(memory, place, event, wait, ctx);
  return started ?? { ...memory, ...apply(memory, place, event.facts, prompt, isWired(place, 'error')) };
}

function startTimers(
  memory: Context,
  place: Place,
  event: FlowEvent,
  wait: VerbOf<'wait'>['wait'],
  ctx: NodeContext<unknown>,
): Partial<Context> | null {
  for (const timer of wait.timers?.(ctx).slice(0, MAX_TIMERS) ?? []) {
    const due = dueOf(timer, event.facts.now);
    if (due === null) return { ...memory, ...notATime(place, timer) };
    memory.out.timers.push({
      start: { visit: memory.visit, name: timer.name, due, whileAway: wait.whileAway ?? false },
    });
  }
  return null;
}

const dueOf = (timer: TimerRequest, now: string): string | null =>
  'at' in timer ? moment(timer.at) : after(now, timer.after);

const notATime = (place: Place, timer: TimerRequest): Partial<Context> =>
  'at' in timer
    ? trouble(place, 'not_a_date', `"${timer.at}" is not a date and time. Write one such as 2026-03-02T09:00:00Z.`)
    : trouble(place, 'not_a_duration', `"${timer.after}" is not a duration. Write one such as PT30M or P1D.`);

/** Leaving a node that listens: its timers are cancelled. Correctness is the visit number; this is housekeeping. */
export const leave: Verb = (memory, place) => {
  if (place.type.verb.kind === 'wait') memory.out.timers.push({ cancel: memory.visit });
  return {};
};

/** A message, a timer, a hand-back or a close reaches a node that listens. */
export const receive: Verb = (memory, place, event) => {
  const { verb } = place.type;
  const waitEvent = asWaitEvent(event);
  // `held`: it listens no more, its way is chosen and only the provider's word is missing
  if (verb.kind !== 'wait' || waitEvent === null || memory.held !== null) return {};
  memory.out.handled = true;
  const heard: Context =
    event.type === 'message' ? { ...memory, ...sinceHeard(event.message) } : { ...memory, walked: 0 };
  if (waitEvent.type === 'timer' && waitEvent.name === 'timeout')
    return { ...heard, ...decide(heard, place, 'timeout') };
  return guarded(heard, place, () => {
    const ctx: WaitContext<unknown> = { ...contextOf(heard, place, event), event: waitEvent };
    const received = verb.wait.receive(ctx);
    const applied: Context = { ...heard, ...apply(heard, place, event.facts, received, false) };
    if (applied.port === FAULT) return applied;
    if ('fault' in received) return { ...applied, ...trouble(place, received.fault.code, received.fault.message) };
    if ('stay' in received) return applied;
    if ('again' in received) return { ...applied, port: AGAIN };
    return { ...applied, ...decide(applied, place, received.port) };
  });
};

/** The world's answer to a call of this very visit. */
export const settle: Verb = (memory, place, event) => {
  if (event.type !== 'call.settled') return {};
  memory.out.handled = true;
  const known = place.ports.has(event.port);
  const port = known ? event.port : 'error';
  const error = event.error ?? (known ? null : `The node answered with a port ${event.port} that it does not have.`);
  return guarded(memory, place, () => {
    const applied = { ...memory, ...apply(memory, place, event.facts, { set: event.set }, false) };
    return { ...applied, ...decide(applied, place, port, error) };
  });
};

/** The provider's word on a send that the present node waits for. */
export const confirm: Verb = (memory, place, event) => {
  if (event.type !== 'effect.settled') return {};
  memory.out.handled = true;
  if (!event.ok) return { ...decide(memory, place, 'error', event.error), awaiting: [] };
  const awaiting = memory.awaiting.filter((ordinal) => ordinal !== event.ordinal);
  if (awaiting.length > 0 || memory.held === null) return { awaiting };
  return { awaiting, ...decide(memory, place, memory.held), held: null };
};

/** A send of an earlier node failed, and nothing waited for it: the handler of `scope` is next. */
export const failed = (memory: Context, event: FlowEvent, scope: string): Partial<Context> => {
  memory.out.handled = true;
  const error = event.type === 'effect.failed' ? event.error : null;
  return {
    handling: [...memory.handling, scope],
    handledFrom: memory.sent,
    walked: 0,
    fault: { code: 'send_failed', message: error ?? 'A message could not be sent.', node: null },
  };
};

/** The person spoke: counts begin anew, and a failure from now on is a new one for the error handler. */
export const sinceHeard = (message: Context['message']): Partial<Context> => ({
  message,
  walked: 0,
  silent: 0,
  handling: [],
  expired: false,
});

function loopFault(memory: Context, place: Place): Partial<Context> {
  const nodes = loopIn(memory, place);
  return fail(
    place,
    'loop',
    `The flow went round ${nodes.join(' -> ')} more than ${MAX_WALK} nodes without waiting. Put a question or a wait into the loop.`,
    nodes,
  );
}

function endlessFault(memory: Context, place: Place): Partial<Context> {
  const nodes = loopIn(memory, place);
  const round = nodes.length > 1 ? ` It came to ${nodes.join(' -> ')}.` : '';
  return fail(
    place,
    'endless',
    `The flow went through ${MAX_SILENT_VISITS} nodes since the person last wrote.${round} Let it end, or wait for an answer.`,
    nodes,
  );
}

/** The walk of this step back to the last visit of the same node. */
function loopIn(memory: Context, place: Place): string[] {
  const walked = memory.out.trace.filter((visit) => visit.port === null).map((visit) => visit.node);
  const before = walked.lastIndexOf(place.path, walked.length - 2);
  return before < 0 ? walked.slice(-MAX_WALK) : walked.slice(before, -1);
}

function asWaitEvent(event: FlowEvent): WaitEvent | null {
  switch (event.type) {
    case 'message':
      return { type: 'message', message: event.message };
    case 'timer':
      return { type: 'timer', name: event.name };
    case 'resumed':
    case 'closed':
      return { type: event.type };
    default:
      return null;
  }
}
