import { zoneOf } from '@parley/runtime';
import { DateTime, type Zone } from 'luxon';
import { atClock, dayOf, isoOf } from '../../time/clock.ts';
import type { Schedule } from './node.ts';

/** What says when; the audience is the server's. */
export type Occasions = Pick<Schedule, 'every' | 'at' | 'date' | 'days' | 'dayOfMonth' | 'timezone'>;

/** Days until a day of the week comes round; one more for a day whose time is over already. */
const DAYS_AHEAD = 8;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The first occurrence later than `after`, both ISO 8601, the answer in UTC; null where none will come: one that happens
 * once and is over, and everything in a zone that does not exist. `timezone` is the flow's, for a schedule without its own.
 * Where clocks are changed, a time that comes twice counts once (the first), one that is skipped is that much later; every
 * hour means every hour that passes.
 */
export function nextOccurrence(occasions: Occasions, after: string, timezone: string): string | null {
  const zone = zoneOf(occasions.timezone ?? timezone);
  if (!zone) return null;
  const from = DateTime.fromISO(after, { zone });
  if (!from.isValid) return null;
  const found = candidates(occasions, from, zone).find((one) => one.toMillis() > from.toMillis());
  return found ? isoOf(found) : null;
}

/** Moments that may come next, in order of time. */
function candidates({ every, at, date, days, dayOfMonth = 1 }: Occasions, from: DateTime, zone: Zone): DateTime[] {
  // Counted from noon: no zone changes its clocks then, so that each step lands on the next date.
  const noon = from.set({ hour: 12, minute: 0, second: 0, millisecond: 0 });
  switch (every) {
    case 'once': {
      const day = DateTime.fromISO(`${date}T12:00`, { zone });
      return day.isValid ? [atClock(day, at)] : [];
    }
    case 'hour':
      return hours(from, Number(at.slice(3)));
    case 'day':
    case 'week': {
      const ahead = Array.from({ length: DAYS_AHEAD }, (_, count) => noon.plus({ days: count }));
      return ahead.filter((day) => every === 'day' || days.includes(dayOf(day))).map((day) => atClock(day, at));
    }
    case 'month':
      return [0, 1, 2].map((count) => {
        const month = noon.set({ day: 1 }).plus({ months: count });
        return atClock(month.set({ day: Math.min(dayOfMonth, month.daysInMonth ?? dayOfMonth) }), at);
      });
  }
}

/** The minute of this hour and of the next ones. Where clocks move by half an hour, the hand is set anew behind it. */
function hours(from: DateTime, minute: number): DateTime[] {
  const begun = from.toMillis() - from.minute * MINUTE - from.second * 1_000 - from.millisecond;
  return [0, 1, 2].map((count) => {
    const moment = from.plus({ milliseconds: begun + minute * MINUTE + count * HOUR - from.toMillis() });
    return moment.plus({ minutes: (minute - moment.minute + 60) % 60 });
  });
}
