import { zoneOf } from '@parley/runtime';
import { DateTime, type Zone } from 'luxon';
import { z } from 'zod';

/** In the order of ISO 8601: Monday is the first. */
export const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export type Day = (typeof DAYS)[number];

export const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time as hours and minutes, such as 09:00 or 17:30.')
  .meta({ input: 'time' });

/** An IANA zone, or a template that gives one. */
export const ZoneField = z
  .string()
  .min(1)
  .max(60)
  .refine((name) => name.includes('{{') || zoneOf(name) !== null, 'Name a time zone such as Europe/Lisbon.')
  .meta({ input: 'timezone' });

/** The zone of a name as it was rendered. Throws words for the author where there is none of that name. */
export function mustBeZone(name: string): Zone {
  const zone = zoneOf(name);
  if (zone) return zone;
  throw new Error(`There is no time zone "${name.slice(0, 60)}". Name one such as Europe/Lisbon.`);
}

/**
 * The moment at which the clocks of that day's zone show the time; `24:00` is the end of the day. RFC 5545, 3.3.5: a time
 * that comes twice means its first coming; one that is skipped is counted on from before the gap (02:30 becomes 03:30).
 */
export function atClock({ year, month, day, zone }: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return earlier(DateTime.fromObject({ year, month, day, hour, minute }, { zone }));
}

/** Luxon leaves open which of two equal wall times it takes; it depends on the time of year at which it is asked. */
const earlier = (moment: DateTime): DateTime => moment.getPossibleOffsets()[0] ?? moment;

export const dayOf = ({ weekday }: DateTime): Day => DAYS[weekday - 1] ?? 'mo';

export const isoOf = (moment: DateTime): string => new Date(moment.toMillis()).toISOString();

const MOMENT = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}\S{0,20})?$/;
const ZONED = /([zZ]|[+-]\d{2}(:?\d{2})?)$/;

/**
 * Reads an ISO 8601 date or moment; without an offset it is meant in `zone`, and a date alone at `time` of its day. Null
 * where it is none, also for the bare times and weeks of ISO 8601: they would need today's date.
 */
export function readMoment(text: string, zone: Zone, time: string): DateTime | null {
  const given = text.trim();
  const read = MOMENT.exec(given);
  if (!read) return null;
  const clock = read[1];
  const moment = DateTime.fromISO(given.replace(' ', 'T'), { zone });
  if (!moment.isValid) return null;
  if (clock === undefined) return atClock(moment, time);
  return ZONED.test(clock) ? moment : earlier(moment);
}
