import { isDuration } from '@parley/runtime';

/** Weeks, days, hours, minutes, seconds, in this order, each at most once. */
const SHORT = /^(?:(\d+)w)?\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?$/i;

/** `30m`, `1h 30m`, `2d` or `PT30M` as ISO 8601; null where it is none of them or longer than a year. */
export function readDuration(typed: string): string | null {
  const text = typed.trim();
  const parts = SHORT.exec(text);
  const iso = text !== '' && parts ? isoOf(parts.slice(1)) : text.toUpperCase();
  return isDuration(iso) ? iso : null;
}

function isoOf([weeks = '0', days = '0', hours, minutes, seconds]: (string | undefined)[]): string {
  // Weeks are told in days: ISO 8601 lets them stand only alone
  const wholeDays = Number(weeks) * 7 + Number(days);
  const times = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`].filter(Boolean).join('');
  return `P${wholeDays > 0 ? `${wholeDays}D` : ''}${times === '' ? '' : `T${times}`}`;
}

/** What lies between two moments, as ISO 8601 seconds; at least nothing. */
export function durationBetween(from: string, to: string): string {
  const milliseconds = Math.max(0, new Date(to).getTime() - new Date(from).getTime());
  return `PT${milliseconds / 1000}S`;
}
