import type { JsonObject } from '../json.ts';
import type { Step } from '../session/session.ts';
import type { Frame } from './contract.ts';

/** What the outside of a session was after so many of a step's effects. */
export type Outside = Pick<Frame, 'now' | 'owner' | 'contact' | 'windowClosesAt' | 'timers' | 'lines' | 'effects'>;

/** The scopes of a session's memory as a frame shows them. */
export function variablesIn({ '': variables = {}, ...others }: Readonly<Record<string, JsonObject>>) {
  const inside = Object.fromEntries(Object.entries(others).map(([path, own]) => [path.replace(/\/$/, ''), own]));
  return { variables, inside };
}

/** A step's visits as moments of the conversation. `outside` has one entry more than the step has effects. */
export function framesOfStep(flow: string, { trace, moments }: Step, outside: readonly Outside[]): Frame[] {
  return trace.flatMap(({ node, port }, index) => {
    const moment = moments[index];
    // A step that failed of itself gives no effects: then all of it happens at once
    const at = outside[Math.min(moment?.effects ?? 0, outside.length - 1)];
    if (!moment || !at) return [];
    const contact = moment.contact ?? at.contact;
    return [
      {
        ...at,
        kind: port === null ? 'entered' : 'left',
        flow,
        node,
        port,
        status: 'running',
        ...variablesIn(moment.scopes),
        contact,
      },
    ];
  });
}
