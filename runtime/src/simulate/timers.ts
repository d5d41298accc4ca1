import { EXPIRY, type Step } from '../session/session.ts';
import type { Timer } from './contract.ts';

/** The timers that run after a step. */
export function timersAfter(timers: readonly Timer[], { timers: changes, status }: Step): Timer[] {
  if (status === 'done' || status === 'failed') return [];
  return changes.reduce<Timer[]>(
    (running, change) =>
      'cancel' in change
        ? running.filter(({ visit }) => visit !== change.cancel)
        : [
            ...running.filter(({ visit, name }) => visit !== change.start.visit || name !== change.start.name),
            change.start,
          ],
    [...timers],
  );
}

/** The next to fire first; of one moment, the session's own end last. */
export const inTurn = (timers: readonly Timer[]): Timer[] =>
  timers.toSorted((a, b) =>
    a.due < b.due ? -1 : a.due > b.due ? 1 : Number(a.name === EXPIRY) - Number(b.name === EXPIRY),
  );
