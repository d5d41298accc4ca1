export interface Span {
  unit: 'hour' | 'day';
  from: Date;
  to: Date;
}

const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;

/** A range as the rows that hold it: whole UTC days in the middle, hours at both ends. Begun hours count whole. */
export function spansOf(from: Date, to: Date): Span[] {
  const first = Math.floor(from.getTime() / HOUR) * HOUR;
  const last = Math.ceil(to.getTime() / HOUR) * HOUR;
  const days = { from: Math.ceil(first / DAY) * DAY, to: Math.floor(last / DAY) * DAY };
  // Up to three days the series is told by hours
  if (last - first <= 3 * DAY || days.from >= days.to) return spans(['hour', first, last]);
  return spans(['hour', first, days.from], ['day', days.from, days.to], ['hour', days.to, last]);
}

const spans = (...given: [Span['unit'], number, number][]): Span[] =>
  given.flatMap(([unit, from, to]) => (from < to ? { unit, from: new Date(from), to: new Date(to) } : []));
