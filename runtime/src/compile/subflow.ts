import { type JsonObject, readPath } from '../json.ts';
import { contextOf } from './context.ts';
import type { Context, FlowEvent } from './memory.ts';
import { apply, decide, END_FAILED, INSIDE, TROUBLE } from './outcome.ts';
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

/** A sub-flow has ended: its outputs are remembered here, its variables forgotten, and the call leaves by the outcome. */
export function close(memory: Context, place: Place, event: FlowEvent): Partial<Context> {
  const { verb } = place.type;
  if (verb.kind !== 'subflow' || !place.inside) return {};
  const { scope } = place.inside;
  const failed = memory.port === 'error' || memory.port === TROUBLE || memory.port === END_FAILED;
  const { outcome, outputs } = memory.ending ?? { outcome: null, outputs: {} };
  const inside = memory.scopes[scope] ?? {};
  const left: Context = { ...closed(memory, scope), port: null, ending: null };
  if (failed) {
    const { code, message } = memory.fault ?? { code: 'node_failed', message: 'The sub-flow failed.' };
    return { ...left, ...decide(left, place, 'error', message, code) };
  }
  const values = { ...inside, ...outputs };
  const config = contextOf(left, place, event).config;
  const set = Object.fromEntries(
    Object.entries(verb.subflow.outputs(config)).map(([name, from]) => [
      name,
      (readPath(values, from) ?? null) as never,
    ]),
  );
  const applied: Context = { ...left, ...apply(left, place, event.facts, { set }, false) };
  return { ...applied, ...decide(applied, place, outcome !== null && place.ports.has(outcome) ? outcome : 'next') };
}

/** The memory without the scope, its sub-flows and what their nodes kept. */
function closed(memory: Context, scope: string): Context {
  const without = <Values extends JsonObject>(values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith(scope))) as Values;
  return {
    ...memory,
    scopes: without(memory.scopes),
    kept: without(memory.kept),
    handling: memory.handling.filter((one) => !one.startsWith(scope)),
  };
}
