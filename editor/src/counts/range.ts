export type RangeName = 'day' | 'week' | 'month' | 'quarter' | 'own';

export interface OwnDates {
  /** As a date field holds them, `2026-03-02`; both days are meant whole. */
  from: string;
  to: string;
}

export interface Range {
  from: Date;
  to: Date;
}

export const RANGES: readonly RangeName[] = ['day', 'week', 'month', 'quarter', 'own'];
const DAY = 86_400_000; // ms
const LENGTHS = { day: 1, week: 7, month: 30, quarter: 90 };
const LONGEST = 366; // days; the server refuses more

/** Null where somebody's own dates are none, run backwards or are more than a year. */
export function rangeOf(name: RangeName, own: OwnDates, now: Date): Range | null {
  if (name !== 'own') return { from: new Date(now.getTime() - LENGTHS[name] * DAY), to: now };
  const from = midnight(own.from, 0);
  const to = midnight(own.to, 1);
  if (!from || !to || from >= to) return null;
  return to.getTime() - from.getTime() <= LONGEST * DAY ? { from, to } : null;
}

const HOURS_KEPT = 90; // days, by the server

/** Hours as long as they are kept: only they can be put together to days of the person's own. */
export const unitFor = (from: Date, now: Date): 'hour' | 'day' =>
  now.getTime() - from.getTime() <= HOURS_KEPT * DAY ? 'hour' : 'day';

/** The beginning of a day where the person is, `after` days later. */
function midnight(date: string, after: number): Date | null {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return null;
  const at = new Date(year, month - 1, day + after);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** `2026-03-02`, where the person is. */
export const dateOf = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
