/** How the simulator waits; a test's own turns by hand. */
export interface Timers {
  /** Runs the work once after so many ms, and gives what calls it off. */
  later(milliseconds: number, work: () => void): () => void;
}

export interface Clock {
  now(): Date;
  /** Runs the work at a time of this clock: sooner, when the clock is advanced past it. */
  at(due: Date, work: () => void): void;
  /** Runs the work after so many ms of real time. */
  later(milliseconds: number, work: () => void): void;
  /** Moves the hour on by so many ms and does what falls due in between, in order. */
  advance(milliseconds: number): void;
  /** Forgets all that is still to come. */
  clear(): void;
}

const MAX_WAIT = 2 ** 31 - 1; // ms; a longer timer of Node fires at once

/** The simulator's own hour, which can be moved on. `clear` puts it back. */
export function createClock(realNow: () => Date, timers: Timers): Clock {
  let offset = 0;
  const plans = new Set<{ due: number; work: () => void; cancel: () => void }>();
  const now = () => new Date(realNow().getTime() + offset);

  function plan(due: number, work: () => void) {
    const wait = Math.min(Math.max(0, due - now().getTime()), MAX_WAIT);
    const one = { due, work, cancel: () => {} };
    plans.add(one);
    one.cancel = timers.later(wait, () => {
      if (!plans.delete(one)) return;
      if (wait === MAX_WAIT) plan(due, work);
      else work();
    });
  }

  return {
    now,
    at: (due, work) => plan(due.getTime(), work),
    later: (milliseconds, work) => plan(now().getTime() + milliseconds, work),
    advance: (milliseconds) => {
      offset += milliseconds;
      for (const one of [...plans].sort((left, right) => left.due - right.due)) {
        if (one.due > now().getTime() || !plans.delete(one)) continue;
        one.cancel();
        one.work();
      }
    },
    clear: () => {
      for (const { cancel } of plans) cancel();
      plans.clear();
      offset = 0;
    },
  };
}

/** Timers of Node; none of them keeps the process alive. */
export const realTimers: Timers = {
  later: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
