export interface Span {
  unit: 'hour' | 'day';
  from: Date;
  to: Date;
}

const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;
/** Up to here a series goes by hours where nobody says otherwise: more bars than 72 are no picture. */
export const BY_HOUR = 3 * DAY;

/** The hours of a range, the begun ones whole. */
export const hoursOf = (from: Date, to: Date): Span => ({
  unit: 'hour',
  from: new Date(Math.floor(from.getTime() / HOUR) * HOUR),
  to: new Date(Math.ceil(to.getTime() / HOUR) * HOUR),
});

/** A range as the rows that hold it: whole UTC days in the middle, hours at both ends. Begun hours count whole. */
export function spansOf(from: Date, to: Date): Span[] {
  const hours = hoursOf(from, to);
  const [first, last] = [hours.from.getTime(), hours.to.getTime()];
  const days = { from: Math.ceil(first / DAY) * DAY, to: Math.floor(last / DAY) * DAY };
  // Up to three days the series is told by hours
  if (last - first <= BY_HOUR || days.from >= days.to) return [hours];
  return spans(['hour', first, days.from], ['day', days.from, days.to], ['hour', days.to, last]);
}

const spans = (...given: [Span['unit'], number, number][]): Span[] =>
  given.flatMap(([unit, from, to]) => (from < to ? { unit, from: new Date(from), to: new Date(to) } : []));
