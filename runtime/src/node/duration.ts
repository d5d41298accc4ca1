import { DateTime, Duration } from 'luxon';
import { z } from 'zod';

/** Longer waits outlive any campaign and any version of a flow. */
const MAX_DAYS = 366;

export const isDuration = (text: string): boolean => {
  const duration = Duration.fromISO(text);
  return duration.isValid && duration.toMillis() >= 0 && duration.as('days') <= MAX_DAYS;
};

/** An ISO 8601 duration such as `PT30M` or `P1D`, up to a year; a template is checked when it is rendered. */
export const DurationField = z
  .string()
  .refine(
    (text) => text.includes('{{') || isDuration(text),
    'Write an ISO 8601 duration of at most a year, such as PT30M (30 minutes) or P1D (a day).',
  )
  .meta({ input: 'duration' });

/** The moment that lies `duration` after `now`, both ISO 8601; null where the duration is none. */
export function after(now: string, duration: string): string | null {
  if (!isDuration(duration)) return null;
  return DateTime.fromISO(now, { zone: 'utc' }).plus(Duration.fromISO(duration)).toUTC().toISO();
}

/** A moment as ISO 8601 in UTC; null where the text is none. Without an offset it is meant in UTC. */
export function moment(text: string): string | null {
  const at = DateTime.fromISO(text.trim(), { zone: 'utc' });
  return at.isValid ? at.toUTC().toISO() : null;
}
