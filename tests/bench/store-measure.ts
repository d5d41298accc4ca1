/** What came of one operation, done again and again. */
export interface Measured {
  perSecond: number;
  /** Milliseconds of one. */
  p50: number;
  p99: number;
  most: number;
  count: number;
}

/** Runs `work` so many times, some at once. */
export async function measure(
  count: number,
  inFlight: number,
  work: (n: number) => Promise<unknown>,
): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < count) {
      const n = next++;
      const began = performance.now();
      await work(n);
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, run));
  return summary(times, performance.now() - began);
}

/** Runs `work` one after the other until `load` has ended, at least as long as it takes to have something to say. */
export async function measureDuring(load: Promise<unknown>, work: (n: number) => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  let over = false;
  const end = load.finally(() => {
    over = true;
  });
  const first = performance.now();
  for (let n = 0; !over; n++) {
    const began = performance.now();
    await work(n);
    times.push(performance.now() - began);
  }
  await end;
  return summary(times, performance.now() - first);
}

function summary(times: number[], took: number): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: (times.length * 1000) / took, p50: at(0.5), p99: at(0.99), most: at(1), count: times.length };
}

/** Rough numbers for people: three digits. */
export const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
