/** What the engine asks of time besides the hour, so that a test can turn it by hand. */
export interface Timers {
  /** Runs the work once, after so many ms, and gives what calls it off. Keeps no process alive. */
  later(milliseconds: number, work: () => void): () => void;
  /** Aborts after so many ms. */
  patience(milliseconds: number): AbortSignal;
}

export const realTimers: Timers = {
  later: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  patience: (milliseconds) => AbortSignal.timeout(milliseconds),
};
