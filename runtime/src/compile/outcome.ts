import { changeContact } from '../effect/change-contact.ts';
import type { Effect } from '../effect/effect.ts';
import { TemplateLimit } from '../expression/template.ts';
import type { Variable } from '../flow/flow.ts';
import { issueText } from '../flow/parse-flow.ts';
import { type Json, jsonSize, MAX_DEPTH, readPath, writePath } from '../json.ts';
import { MAX_EFFECTS, MAX_MEMORY } from '../limits.ts';
import { OutboundContent } from '../message/content.ts';
import type { Facts } from '../node/context.ts';
import { cameRound } from './context.ts';
import type { Context, Fault, Memory } from './memory.ts';
import type { Place } from './place.ts';
import { typedValue } from './typed-value.ts';

/** Decisions that are no port of the node: a node's own ports never begin with `$`. */
export const FAULT = '$fault';
/** What the node wanted went wrong, and it has no port `error`: the flow's handler is next. */
export const TROUBLE = '$trouble';
export const AGAIN = '$again';
export const END = '$end';
/** The flow was ended as failed on purpose: its own handler is not asked. */
export const END_FAILED = '$failed';
/** The whole session ends, from however deep: another flow begins in its place. */
export const REPLACED = '$replaced';
export const BACK = '$back';
export const INSIDE = '$inside';

/** What the node wants is not possible as it stands; `guarded` makes it the node's `error`, or the session's fault. */
export class NodeFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Notes that a node was entered (port null) or left, and what the session held at that moment. */
export function visited({ out, scopes, visit }: Context, place: Place, port: string | null): void {
  out.trace.push({ node: place.path, visit, port });
  out.moments.push({ scopes, contact: out.contact, effects: out.effects.length });
}

/** Names the port that the guards follow. Without an edge, some ports are a fault that the author should see. */
export function decide(
  memory: Context,
  place: Place,
  port: string,
  error: string | null = null,
  code = 'node_failed',
): Partial<Context> {
  if (!place.ports.has(port)) return fail(place, 'unknown_port', `The node took a port ${port} that it does not have.`);
  visited(memory, place, port);
  if (port !== 'error') return { port, left: place.path };
  return {
    port,
    left: place.path,
    fault: { code, message: error ?? 'The node could not do its work.', node: place.path },
  };
}

/** Remembers what the node set, and collects what it wants done. Throws a `NodeFault` for what cannot be kept or sent. */
export function apply(
  memory: Context,
  place: Place,
  facts: Facts,
  { set = {}, effects = [], keep }: { set?: Record<string, Json>; effects?: Effect[]; keep?: Json },
  answers: boolean,
): Partial<Context> {
  mustBeSmall(set);
  if (keep !== undefined) mustBeSmall(keep);
  for (const effect of effects) if (effect.type === 'message.send') mustFit(effect.content);
  const changed: Partial<Context> = {
    scopes: { ...memory.scopes, [place.scope]: written(memory.scopes[place.scope] ?? {}, set, place) },
    ...(keep !== undefined && { kept: keptWith(memory, place, keep) }),
  };
  let sent = memory.sent;
  const awaiting = [...memory.awaiting];
  for (const effect of effects) {
    const waited = answers && effect.type === 'message.send';
    if (waited) awaiting.push(sent);
    memory.out.effects.push({ ...effect, node: place.path, ordinal: sent, answers: waited });
    const before = memory.out.contact ?? facts.contact;
    const contact = changeContact(before, effect);
    if (contact !== before) memory.out.contact = contact;
    sent++;
  }
  Object.assign(changed, { sent, awaiting });
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

function written(before: Context['scopes'][string], set: Record<string, Json>, place: Place): typeof before {
  const declared = place.flow.variables;
  let variables = before;
  for (const [name, value] of Object.entries(set)) {
    const whole = declared.find((one) => name.startsWith(`${one.name}.`) && !MAY_HAVE_PARTS.has(one.type));
    if (whole) throw new NodeFault('wrong_type', `${name} cannot be set: ${whole.name} is declared as ${whole.type}.`);
    variables = writePath(variables, name, value);
    for (const one of declared) {
      const own = one.name === name || one.name.startsWith(`${name}.`) ? readPath(variables, one.name) : undefined;
      if (own !== undefined) variables = writePath(variables, one.name, typed(one, own as Json));
    }
  }
  return variables;
}

const MAY_HAVE_PARTS = new Set<Variable['type']>(['object', 'any']);

function typed({ name, type }: Variable, value: Json): Json {
  const read = typedValue(type, value);
  if (read !== undefined) return read;
  throw new NodeFault('wrong_type', `${name} is declared as ${type}, and "${shortly(value)}" does not read as one.`);
}

const shortly = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 40);

/**
 * A turn of a loop ends the loops inside it, also those that were left early: they began later. Entered from outside, all
 * that its body kept is of an earlier time.
 */
function keptWith(memory: Context, place: Place, value: Json): Memory['kept'] {
  const round = cameRound(memory, place);
  const since = (round && memory.kept[place.path]?.since) || memory.visit;
  const others = Object.entries(memory.kept).filter(
    ([path, one]) => path !== place.path && !(place.body().has(path) && (!round || one.since > since)),
  );
  return Object.fromEntries(value === null ? others : [...others, [place.path, { since, value }]]);
}

/** Also before anything is kept: a value that holds itself twice, thirty times over, has no end as JSON. */
function mustBeSmall(value: unknown): void {
  if (jsonSize(value, MAX_MEMORY) === Infinity)
    throw new NodeFault(
      'value_too_large',
      `A value is larger than ${MAX_MEMORY} bytes or nested deeper than ${MAX_DEPTH} levels. Keep less of it.`,
    );
}

/** WhatsApp's limits hold for the text as it is sent, after its templates were filled in. */
function mustFit(content: OutboundContent): void {
  const issue = OutboundContent.safeParse(content).error?.issues[0];
  if (issue) throw new NodeFault('content_refused', issueText(issue));
}

/** A throwing node is the author's trouble, not the engine's: it takes `error`, else the flow's handler, by name. */
export function guarded(memory: Context, place: Place, work: () => Partial<Context>): Partial<Context> {
  const { sent } = memory;
  const { length } = memory.out.effects;
  try {
    return work();
  } catch (error) {
    memory.out.effects.length = length; // what it wanted before it broke is not half done
    const code =
      error instanceof NodeFault ? error.code : error instanceof TemplateLimit ? 'template_limit' : 'node_failed';
    const message = error instanceof Error ? error.message : String(error);
    const next = place.ports.has('error')
      ? decide(memory, place, 'error', message, code)
      : trouble(place, code, message);
    return { ...memory, sent, ...next };
  }
}

export const fail = (place: Place, code: string, message: string, nodes?: string[]): Partial<Context> => {
  const fault: Fault = { code, message, node: place.path, ...(nodes ? { nodes } : {}) };
  return { port: FAULT, fault };
};

/** Like `fail`, but the flow's error handler may take it from here. */
export const trouble = (place: Place, code: string, message: string): Partial<Context> => ({
  ...fail(place, code, message),
  port: TROUBLE,
  left: place.path,
});

export const isWired = (place: Place, port: string): boolean => (place.ports.get(port) ?? null) !== null;
