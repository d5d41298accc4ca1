import type { FlowCounts } from '../api/counts.ts';

export interface Bar {
  at: Date;
  count: number;
}

const LENGTHS = { hour: 3_600_000, day: 86_400_000 }; // ms

/** One bar for every hour or day of the range, also where nothing happened. */
export function barsOf({ from, to, series: { unit, points } }: Pick<FlowCounts, 'from' | 'to' | 'series'>): Bar[] {
  const length = LENGTHS[unit];
  const counted = new Map(points.map(({ at, entered }) => [Date.parse(at), entered]));
  const first = Math.floor(Date.parse(from) / length) * length;
  const count = Math.ceil((Date.parse(to) - first) / length);
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * length;
    return { at: new Date(at), count: counted.get(at) ?? 0 };
  });
}
