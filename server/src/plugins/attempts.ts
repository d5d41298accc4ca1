export interface Attempts {
  /** Counts one attempt; answers how many seconds to wait when there were too many, else 0. */
  begin(who: string, now: Date): number;
  /** The attempt was good: forgets those before it. */
  succeeded(who: string): void;
}

const MAX_WATCHED = 10_000; // beyond it the oldest are forgotten, so that made-up names cannot fill the memory

/**
 * Counts failures per name in a window. An attempt counts before its outcome is known, so parallel guesses do not slip
 * past. Kept in this process: with several, each allows its own share.
 */
export function createAttempts(limit: number, windowMs: number): Attempts {
  const watched = new Map<string, { count: number; until: number }>();
  return {
    begin(who, now) {
      const time = now.getTime();
      const known = watched.get(who);
      if (!known || known.until <= time) {
        watched.delete(who);
        watched.set(who, { count: 1, until: time + windowMs });
        forgetOldest(watched);
        return 0;
      }
      if (known.count >= limit) return Math.ceil((known.until - time) / 1000);
      known.count += 1;
      return 0;
    },
    succeeded: (who) => {
      watched.delete(who);
    },
  };
}

function forgetOldest(watched: Map<string, unknown>): void {
  const [oldest] = watched.keys();
  if (watched.size > MAX_WATCHED && oldest !== undefined) watched.delete(oldest);
}
