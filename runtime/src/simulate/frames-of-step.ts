import type { Step } from '../session/session.ts';
import type { Frame } from './contract.ts';

/** What the outside of a session was after so many of a step's effects. */
export type Outside = Pick<Frame, 'now' | 'owner' | 'contact' | 'windowClosesAt' | 'timers' | 'lines' | 'effects'>;

/** A step's visits as moments of the conversation. `outside` has one entry more than the step has effects. */
export function framesOfStep(flow: string, { trace, moments }: Step, outside: readonly Outside[]): Frame[] {
  return trace.flatMap(({ node, port }, index) => {
    const moment = moments[index];
    // A step that failed of itself gives no effects: then all of it happens at once
    const at = outside[Math.min(moment?.effects ?? 0, outside.length - 1)];
    if (!moment || !at) return [];
    const variables = moment.scopes[''] ?? {};
    const contact = moment.contact ?? at.contact;
    return [
      { ...at, kind: port === null ? 'entered' : 'left', flow, node, port, status: 'running', variables, contact },
    ];
  });
}
