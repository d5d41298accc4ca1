import type { Effect } from '../effect/effect.ts';
import { TemplateLimit } from '../expression/template.ts';
import { issueText } from '../flow/parse-flow.ts';
import { type Json, type JsonObject, jsonSize, MAX_DEPTH, utf8Length, writePath } from '../json.ts';
import { MAX_CALL, MAX_EFFECTS, MAX_MEMORY, MAX_SILENT_VISITS, MAX_TIMERS, MAX_WALK } from '../limits.ts';
import { OutboundContent } from '../message/content.ts';
import type { Received, TimerRequest, WaitContext, WaitEvent } from '../node/context.ts';
import { after } from '../node/duration.ts';
import { contextOf } from './context.ts';
import type { Context, Fault, FlowEvent } from './memory.ts';
import type { Place } from './place.ts';

/** A verb changes the memory and appends to `out`; it decides by naming a port, and the machine's guards follow. */
export type Verb = (memory: Context, place: Place, event: FlowEvent, language: string) => Partial<Context>;

export const FAULT = '$fault';
export const AGAIN = '$again';

/** Entering a node: a fresh visit, the walk counted, then the node's own verb. */
export const enter: Verb = (memory, place, event, language) => {
  const again = memory.port === AGAIN;
  const entered: Context = {
    ...memory,
    port: null,
    held: null,
    awaiting: [],
    visit: memory.visit + 1,
    walked: memory.walked + 1,
    silent: memory.silent + 1,
    asked: again ? memory.asked + 1 : 0,
  };
  memory.out.trace.push({ node: place.path, visit: entered.visit, port: null });
  memory.out.handled = true;
  if (entered.walked > MAX_WALK) return { ...entered, ...loopFault(memory, place) };
  if (entered.silent > MAX_SILENT_VISITS) {
    return {
      ...entered,
      ...fail(
        place,
        'endless',
        `The flow went through ${MAX_SILENT_VISITS} nodes since the person last wrote. Let it end, or wait for an answer.`,
      ),
    };
  }
  return guarded(entered, place, () => {
    const { verb } = place.type;
    if (verb.kind === 'run') return runNode(entered, place, event, language, verb.run);
    if (verb.kind === 'call') return callNode(entered, place, event, language);
    return waitNode(entered, place, event, language, verb.wait);
  });
};

function runNode(
  memory: Context,
  place: Place,
  event: FlowEvent,
  language: string,
  run: (ctx: never) => { port: string; set?: Record<string, Json>; effects?: Effect[] },
): Partial<Context> {
  const outcome = run(contextOf(memory, place, event, language) as never);
  const waits = isWired(place, 'error');
  const applied = apply(memory, place, outcome.set, outcome.effects, waits);
  if (applied.port === FAULT) return { ...memory, ...applied };
  if (waits && applied.awaiting?.length) return { ...memory, ...applied, held: outcome.port };
  return { ...memory, ...applied, ...decide(memory, place, outcome.port) };
}

function callNode(memory: Context, place: Place, event: FlowEvent, language: string): Partial<Context> {
  const config = contextOf(memory, place, event, language).config as JsonObject;
  if (utf8Length(JSON.stringify(config)) > MAX_CALL)
    return {
      ...memory,
      ...fail(place, 'request_too_large', `The request is larger than ${MAX_CALL} bytes. Send less in it.`),
    };
  memory.out.calls.push({ visit: memory.visit, node: place.path, nodeType: place.type.type, config });
  return memory;
}

interface WaitVerb {
  prompt: (ctx: never) => { set?: Record<string, Json>; effects?: Effect[] };
  timers?: (ctx: never) => TimerRequest[];
  receive: (ctx: never) => Received;
  whileAway?: boolean;
}

function waitNode(memory: Context, place: Place, event: FlowEvent, language: string, wait: WaitVerb): Partial<Context> {
  const ctx = contextOf(memory, place, event, language) as never;
  const prompt = wait.prompt(ctx);
  for (const { name, after: duration } of wait.timers?.(ctx).slice(0, MAX_TIMERS) ?? []) {
    const due = after(event.facts.now, duration);
    if (due === null)
      return {
        ...memory,
        ...fail(place, 'not_a_duration', `"${duration}" is not a duration. Write one such as PT30M or P1D.`),
      };
    memory.out.timers.push({ start: { visit: memory.visit, name, due, whileAway: wait.whileAway ?? false } });
  }
  return { ...memory, ...apply(memory, place, prompt.set, prompt.effects, isWired(place, 'error')) };
}

/** Leaving a node that listens: its timers are cancelled. Correctness is the visit number; this is housekeeping. */
export const leave: Verb = (memory, place) => {
  if (place.type.waits) memory.out.timers.push({ cancel: memory.visit });
  return {};
};

/** A message, a timer, a hand-back or a close reaches a node that listens. */
export const receive: Verb = (memory, place, event, language) => {
  const { verb } = place.type;
  const waitEvent = asWaitEvent(event);
  if (verb.kind !== 'wait' || waitEvent === null) return {};
  memory.out.handled = true;
  const heard: Context =
    event.type === 'message' ? { ...memory, ...sinceHeard(event.message) } : { ...memory, walked: 0 };
  if (waitEvent.type === 'timer' && waitEvent.name === 'timeout')
    return { ...heard, ...decide(heard, place, 'timeout') };
  return guarded(heard, place, () => {
    const ctx = { ...contextOf(heard, place, event, language), event: waitEvent } as WaitContext<never>;
    const received = verb.wait.receive(ctx);
    const applied = { ...heard, ...apply(heard, place, received.set, received.effects, false) };
    if (applied.port === FAULT) return applied;
    if ('fault' in received) return { ...applied, ...fail(place, received.fault.code, received.fault.message) };
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
    const applied = { ...memory, ...apply(memory, place, event.set, [], false) };
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

/** A send of an earlier node failed, and nothing waited for it. */
export const failed = (memory: Context, event: FlowEvent): Partial<Context> => {
  memory.out.handled = true;
  const error = event.type === 'effect.failed' ? event.error : null;
  return {
    handling: true,
    walked: 0,
    fault: { code: 'send_failed', message: error ?? 'A message could not be sent.', node: null },
  };
};

/** The person spoke: counts begin anew, and a failure from now on is a new one for the error handler. */
export const sinceHeard = (message: Context['message']): Partial<Context> => ({
  message,
  walked: 0,
  silent: 0,
  handling: false,
});

/** Names the port that the guards follow. Without an edge, some ports are a fault that the author should see. */
export function decide(
  memory: Context,
  place: Place,
  port: string,
  error: string | null = null,
  code = 'node_failed',
): Partial<Context> {
  if (!place.ports.has(port)) return fail(place, 'unknown_port', `The node took a port ${port} that it does not have.`);
  memory.out.trace.push({ node: place.path, visit: memory.visit, port });
  if (port !== 'error') return { port };
  return {
    port,
    fault: { code, message: error ?? 'The node could not do its work.', node: place.path },
  };
}

/** What the node wants is not possible as it stands; `guarded` makes it the node's `error`, or the session's fault. */
class NodeFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Remembers what the node set, and collects what it wants done. Throws a `NodeFault` for what cannot be kept or sent. */
function apply(
  memory: Context,
  place: Place,
  set: Record<string, Json> = {},
  effects: Effect[] = [],
  answers: boolean,
): Partial<Context> {
  // Also before anything is kept: a value that holds itself twice, thirty times over, has no end as JSON.
  if (jsonSize(set, MAX_MEMORY) === Infinity)
    throw new NodeFault(
      'value_too_large',
      `A value is larger than ${MAX_MEMORY} bytes or nested deeper than ${MAX_DEPTH} levels. Keep less of it.`,
    );
  for (const effect of effects) if (effect.type === 'message.send') mustFit(effect.content);
  let variables = memory.scopes[''] ?? {};
  for (const [name, value] of Object.entries(set)) variables = writePath(variables, name, value);
  let sent = memory.sent;
  const awaiting = [...memory.awaiting];
  for (const effect of effects) {
    const waited = answers && effect.type === 'message.send';
    if (waited) awaiting.push(sent);
    memory.out.effects.push({ ...effect, node: place.path, ordinal: sent, answers: waited });
    sent++;
  }
  const changed: Partial<Context> = { scopes: { ...memory.scopes, '': variables }, sent, awaiting };
  if (memory.out.effects.length <= MAX_EFFECTS) return changed;
  return {
    ...changed,
    ...fail(
      place,
      'too_many_effects',
      `One step sent more than ${MAX_EFFECTS} messages. Wait for an answer in between.`,
    ),
  };
}

/** WhatsApp's limits hold for the text as it is sent, after its templates were filled in. */
function mustFit(content: OutboundContent): void {
  const issue = OutboundContent.safeParse(content).error?.issues[0];
  if (issue) throw new NodeFault('content_refused', issueText(issue));
}

/** A throwing node is the author's trouble, not the engine's: it fails the session by name. */
function guarded(memory: Context, place: Place, work: () => Partial<Context>): Partial<Context> {
  try {
    return work();
  } catch (error) {
    const code =
      error instanceof NodeFault ? error.code : error instanceof TemplateLimit ? 'template_limit' : 'node_failed';
    const message = error instanceof Error ? error.message : String(error);
    return {
      ...memory,
      ...(place.ports.has('error') ? decide(memory, place, 'error', message, code) : fail(place, code, message)),
    };
  }
}

const fail = (place: Place, code: string, message: string, nodes?: string[]): Partial<Context> => {
  const fault: Fault = { code, message, node: place.path, ...(nodes ? { nodes } : {}) };
  return { port: FAULT, fault };
};

function loopFault(memory: Context, place: Place): Partial<Context> {
  const walked = memory.out.trace.filter((visit) => visit.port === null).map((visit) => visit.node);
  const before = walked.lastIndexOf(place.path, walked.length - 2);
  const nodes = before < 0 ? walked.slice(-MAX_WALK) : walked.slice(before, -1);
  return fail(
    place,
    'loop',
    `The flow went round ${nodes.join(' -> ')} more than ${MAX_WALK} nodes without waiting. Put a question or a wait into the loop.`,
    nodes,
  );
}

const isWired = (place: Place, port: string): boolean => (place.ports.get(port) ?? null) !== null;

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
