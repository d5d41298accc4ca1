import type { Compiled } from '../compile/compile-flow.ts';
import { contextOf } from '../compile/context.ts';
import type { StepCall } from '../effect/effect.ts';
import { MAX_ANSWER } from '../limits.ts';
import type { CallOutcome, Facts, Services } from '../node/context.ts';
import type { Snapshot } from './advance.ts';

/**
 * Asks the world for a call that a step gave: runs the node's `call` with the services it declared. Always answers;
 * a node that throws takes its `error` port. May run twice for one call, under the same idempotency key.
 */
export async function callOf(
  compiled: Compiled,
  { memory }: Snapshot,
  call: StepCall,
  world: { facts: Facts; services: Services; idempotencyKey: string },
): Promise<CallOutcome> {
  const place = compiled.places.get(call.node);
  if (place?.type.verb.kind !== 'call') return { port: 'error', error: `The flow has no call at ${call.node}.` };
  const { facts, services, idempotencyKey } = world;
  const event = { type: 'resumed', facts } as const;
  const context = contextOf(memory, { ...place, render: () => call.config }, event);
  const granted = Object.fromEntries(place.type.services.map((name) => [name, services[name]])) as unknown as Services;
  try {
    return fitting(await place.type.verb.call({ ...context, services: granted, idempotencyKey }));
  } catch (error) {
    return { port: 'error', error: error instanceof Error ? error.message : String(error) };
  }
}

const fitting = (outcome: CallOutcome): CallOutcome =>
  JSON.stringify(outcome.set ?? {}).length > MAX_ANSWER
    ? {
        port: 'error',
        error: `The answer is larger than ${MAX_ANSWER} characters. Ask for less, or keep a part of it.`,
      }
    : outcome;
