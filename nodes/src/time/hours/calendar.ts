import { DateTime, type Zone } from 'luxon';
import { z } from 'zod';
import { atClock, ClockTime, dayOf } from '../clock.ts';

const MAX_SPANS = 6; // of one day
const MAX_HOLIDAYS = 200;
/** A leap year, so that the 29th of February can be a holiday. */
const LEAP_YEAR = '2024';
/** Days in which the next opening is looked for: all holidays in a row, and a week. */
const DAYS_AHEAD = MAX_HOLIDAYS + 8;

const Closing = z.union(
  [ClockTime, z.literal('24:00')],
  'Write the time as hours and minutes, such as 09:00 or 24:00.',
);
const Span = z
  .tuple([ClockTime, Closing])
  .refine(
    ([opens, closes]) => opens !== closes,
    'It opens and closes at the same time. For the whole day: 00:00 to 24:00.',
  );
const Spans = z.array(Span).max(MAX_SPANS).default([]);

export const WeekHours = z
  .strictObject({ mo: Spans, tu: Spans, we: Spans, th: Spans, fr: Spans, sa: Spans, su: Spans })
  .refine((week) => Object.values(week).some((spans) => spans.length > 0), 'Give at least one day its hours.');
type WeekHours = z.output<typeof WeekHours>;

const isDate = (text: string): boolean => DateTime.fromISO(text, { zone: 'utc' }).isValid;
const HolidayDate = z
  .string()
  .refine(
    (text) => /^(\d{4}-)?\d{2}-\d{2}$/.test(text) && isDate(text.length === 5 ? `${LEAP_YEAR}-${text}` : text),
    'Write the date as 2026-12-25, or as 12-25 for every year.',
  );
export const Holidays = z
  .array(z.union([HolidayDate, z.strictObject({ date: HolidayDate, name: z.string().max(100) })]))
  .max(MAX_HOLIDAYS)
  .default([]);
type Holidays = z.output<typeof Holidays>;

export interface Calendar {
  hours: WeekHours;
  holidays: Holidays;
  zone: Zone;
}

/**
 * Whether a moment lies within the hours, and if not, when they begin again; null where they do not within 208 days. Hours
 * belong to the day on which they begin: those over midnight go on into a holiday, and none begin on one.
 */
export function lookUp({ hours, holidays, zone }: Calendar, at: DateTime): { open: boolean; opensAt: DateTime | null } {
  const moment = at.setZone(zone);
  const closed = new Set(holidays.map((one) => (typeof one === 'string' ? one : one.date)));
  const noon = moment.set({ hour: 12, minute: 0, second: 0, millisecond: 0 });
  const spansOn = (ahead: number): [DateTime, DateTime][] => {
    const day = noon.plus({ days: ahead });
    const date = day.toFormat('yyyy-MM-dd');
    if (closed.has(date) || closed.has(date.slice(5))) return [];
    return hours[dayOf(day)].map(([opens, closes]) => [
      atClock(day, opens),
      atClock(closes > opens ? day : day.plus({ days: 1 }), closes),
    ]);
  };
  // Yesterday's hours may go on over midnight.
  const present = [...spansOn(-1), ...spansOn(0)];
  if (present.some(([opens, closes]) => opens <= moment && moment < closes)) return { open: true, opensAt: null };
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const later = spansOn(ahead).flatMap(([opens]) => (opens > moment ? [opens] : []));
    if (later.length > 0) return { open: false, opensAt: DateTime.min(...later) ?? null };
  }
  return { open: false, opensAt: null };
}
