import { type JsonObject, readPath, writePath } from '../json.ts';
import { contextOf } from './context.ts';
import type { Context, FlowEvent, Memory } from './memory.ts';
import { apply, decide, END_FAILED, guarded, INSIDE, TROUBLE } from './outcome.ts';
import type { Place } from './place.ts';

/** Opens a sub-flow: its variables begin with what they were declared with, and the inputs from here. */
export function open(memory: Context, place: Place, event: FlowEvent): Partial<Context> {
  const { verb } = place.type;
  if (verb.kind !== 'subflow' || !place.inside) return memory;
  const { scope, initial } = place.inside;
  const inputs = verb.subflow.inputs(contextOf(memory, place, event));
  const opened: Context = { ...closed(memory, scope), port: INSIDE };
  opened.scopes = { ...opened.scopes, [scope]: initial };
  const first = { ...place, scope, flow: place.inside.flow };
  return { ...opened, ...apply(opened, first, event.facts, { set: inputs }, false), port: INSIDE };
}

/**
 * A sub-flow has ended: its outputs are remembered here, its variables forgotten, and the call leaves by the outcome. It
 * has ended also where an output cannot be kept.
 */
export function close(memory: Context, place: Place, event: FlowEvent): Partial<Context> {
  const { verb } = place.type;
  if (verb.kind !== 'subflow' || !place.inside) return {};
  const { subflow } = verb;
  const { scope } = place.inside;
  const failed = memory.port === 'error' || memory.port === TROUBLE || memory.port === END_FAILED;
  const { outcome, outputs } = memory.ending ?? { outcome: null, outputs: {} };
  const inside = memory.scopes[scope] ?? {};
  const left: Context = { ...closed(memory, scope), port: null, ending: null };
  if (failed) {
    const { code, message } = memory.fault ?? { code: 'node_failed', message: 'The sub-flow failed.' };
    return { ...left, ...decide(left, place, 'error', message, code) };
  }
  return guarded(left, place, () => {
    const values = Object.entries(outputs).reduce((all, [name, value]) => writePath(all, name, value), inside);
    const { config } = contextOf(left, place, event);
    const set = Object.fromEntries(
      Object.entries(subflow.outputs(config)).map(([name, from]) => [name, (readPath(values, from) ?? null) as never]),
    );
    const applied: Context = { ...left, ...apply(left, place, event.facts, { set }, false) };
    return { ...applied, ...decide(applied, place, outcome !== null && place.ports.has(outcome) ? outcome : 'next') };
  });
}

/** Without the sub-flows that nobody is in and nobody comes back to: a person, a silence or `back` led out of them. */
export function withoutLeft(memory: Memory, at: string): Memory {
  const places = [at, ...memory.parked.map((one) => one.at)];
  const gone = Object.keys(memory.scopes).filter((scope) => !places.some((path) => path.startsWith(scope)));
  return gone.reduce((left, scope) => closed(left, scope), memory);
}

/** The memory without the scope, its sub-flows, what their nodes kept and the places in it that one could come back to. */
function closed<Any extends Memory>(memory: Any, scope: string): Any {
  const without = <Values extends JsonObject>(values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith(scope))) as Values;
  return {
    ...memory,
    scopes: without(memory.scopes),
    kept: without(memory.kept),
    parked: memory.parked.filter(({ at }) => !at.startsWith(scope)),
    handling: memory.handling.filter((one) => !one.startsWith(scope)),
  };
}
