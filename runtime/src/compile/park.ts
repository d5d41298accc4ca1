import { MAX_PARKED } from '../limits.ts';
import type { Context, FlowEvent } from './memory.ts';
import type { Place } from './place.ts';

/** An interrupt leaves the place that listens: it is remembered, so that `back` can ask there again. */
export function leaveForInterrupt(
  memory: Context,
  event: FlowEvent,
  places: ReadonlyMap<string, Place>,
): Partial<Context> {
  if (event.type !== 'interrupt' || event.from === undefined) return {};
  const { from: at, target: by } = event;
  // The same word again, said inside its own handler, leads back to where the first one left
  if (places.get(at)?.type.verb.kind !== 'wait' || memory.parked.at(-1)?.by === by) return {};
  return { parked: [...memory.parked, { at, asked: memory.asked, by, leaveBy: null }].slice(-MAX_PARKED) };
}

/** A place that a newer version made a call or a sub-flow is another place. */
export const canComeBackTo = (place: Place | undefined): boolean =>
  place?.type.verb.kind === 'wait' || place?.type.verb.kind === 'run';

/** Takes the last place that was left. One that this version of the flow does not have is a fault, never a guess. */
export function unpark(memory: Context, places: ReadonlyMap<string, Place>): Partial<Context> {
  const resume = memory.parked.at(-1) ?? null;
  const parked = memory.parked.slice(0, -1);
  if (resume && canComeBackTo(places.get(resume.at))) return { parked, resume };
  return {
    parked,
    resume: null,
    fault: {
      code: 'nowhere_to_return',
      message: resume
        ? `This version of the flow has no node ${resume.at} to go back to.`
        : 'Nothing led here that one could go back to.',
      node: resume?.at ?? null,
    },
  };
}
