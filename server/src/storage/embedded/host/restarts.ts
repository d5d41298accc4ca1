const MOST = 5; // restarts within the window; a worker that needs more is not helped by another one
const WINDOW = 10 * 60_000; // ms
const FIRST_DELAY = 100; // ms; doubled with each restart in the window
const LONGEST_DELAY = 10_000; // ms

export interface Restarts {
  /** How many ms to wait before the next restart, or null when there have been too many. `now` in ms. */
  next(now: number): number | null;
}

export function createRestarts(): Restarts {
  let recent: number[] = [];
  return {
    next: (now) => {
      recent = recent.filter((at) => now - at < WINDOW);
      if (recent.length >= MOST) return null;
      const delay = Math.min(FIRST_DELAY * 2 ** recent.length, LONGEST_DELAY);
      recent.push(now);
      return delay;
    },
  };
}
