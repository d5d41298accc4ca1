import type { FlowCounts } from '../api/counts.ts';

export interface Bar {
  at: Date;
  count: number;
}

/** `day` is one of the person's own; `utcDay` where only the sums of whole UTC days are kept. */
export type BarUnit = 'hour' | 'day' | 'utcDay';

const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;
const BY_HOUR = 3 * DAY; // more bars than 72 are no picture

/** One bar for every hour or day of the range, also where nothing happened. */
export function barsOf({ from, to, series: { unit, points } }: Pick<FlowCounts, 'from' | 'to' | 'series'>): {
  unit: BarUnit;
  bars: Bar[];
} {
  const [since, until] = [Date.parse(from), Date.parse(to)];
  const arrivals = points.map(({ at, entered }) => ({ at: Date.parse(at), entered }));
  if (unit === 'hour' && until - since > BY_HOUR) return { unit: 'day', bars: ownDays(since, until, arrivals) };
  const length = unit === 'hour' ? HOUR : DAY;
  const counted = new Map(arrivals.map(({ at, entered }) => [at, entered]));
  const first = Math.floor(since / length) * length;
  const bars = Array.from({ length: Math.ceil((until - first) / length) }, (_, index) => {
    const at = first + index * length;
    return { at: new Date(at), count: counted.get(at) ?? 0 };
  });
  return { unit: unit === 'hour' ? 'hour' : 'utcDay', bars };
}

/** Hours put together to days where the person is; a day may have 23 or 25 of them. */
function ownDays(since: number, until: number, hours: readonly { at: number; entered: number }[]): Bar[] {
  const bars = new Map<number, Bar>();
  for (let at = midnight(since); at.getTime() < until; at = midnight(at.getTime(), 1))
    bars.set(at.getTime(), { at, count: 0 });
  for (const { at, entered } of hours) {
    // A begun hour counts whole: that of the range's beginning may be yesterday's
    const bar = bars.get(midnight(Math.max(at, since)).getTime());
    if (bar) bar.count += entered;
  }
  return [...bars.values()];
}

/** The beginning of that day where the person is, or of one so many days later. */
function midnight(at: number, later = 0): Date {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + later);
}
