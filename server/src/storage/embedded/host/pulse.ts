/** Time as the supervisor knows it; tests turn it by hand. All in milliseconds. Each function returned calls it off. */
export interface Pulse {
  /** Rises steadily, whatever is done to the machine's clock. */
  now(): number;
  every(interval: number, run: () => void): () => void;
  after(delay: number, run: () => void): () => void;
}

export const realPulse: Pulse = {
  now: () => performance.now(),
  every: (interval, run) => {
    const timer = setInterval(run, interval).unref(); // watching keeps no process alive
    return () => clearInterval(timer);
  },
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};
