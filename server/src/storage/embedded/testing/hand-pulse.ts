import type { Pulse } from '../host/pulse.ts';

export interface HandPulse extends Pulse {
  /** Lets that many ms pass at once: what is due then runs, once each, in the order it was asked for. */
  pass(ms: number): void;
}

/** Time that passes when a test says so. */
export function handPulse(): HandPulse {
  let time = 0;
  const due = new Map<object, { at: number; interval: number | null; run: () => void }>();
  const ask = (delay: number, interval: number | null, run: () => void): (() => void) => {
    const key = {};
    due.set(key, { at: time + delay, interval, run });
    return () => void due.delete(key);
  };
  const pass = (ms: number): void => {
    time += ms;
    for (const [key, wait] of [...due]) {
      if (wait.at > time || !due.has(key)) continue;
      if (wait.interval === null) due.delete(key);
      else wait.at = time + wait.interval;
      wait.run();
    }
  };
  return {
    now: () => time,
    every: (interval, run) => ask(interval, interval, run),
    after: (delay, run) => ask(delay, null, run),
    pass,
  };
}
