import { DateTime } from 'luxon';
import { westernDigits } from '../digits.ts';

const MAX_LENGTH = 40; // characters
const YEAR_FIRST = ['yyyy-MM-dd', 'yyyy-M-d', 'yyyy/M/d', 'yyyy.M.d'];
const DAY_FIRST = ['d.M.yyyy', 'd/M/yyyy', 'd-M-yyyy', 'd.M.yy', 'd/M/yy'];
const MONTH_FIRST = ['M/d/yyyy', 'M-d-yyyy', 'M/d/yy'];
const NAMED = ['d MMM yyyy', 'd MMMM yyyy', "d 'de' MMMM 'de' yyyy", "d 'de' MMM 'de' yyyy", 'd. MMMM yyyy'];
const NAMED_MONTH_FIRST = ['MMMM d, yyyy', 'MMM d, yyyy', 'MMMM d yyyy', 'MMM d yyyy'];
/** Regions that write the month first. Source: Unicode CLDR, short date of en-US, en-PH and the like. */
const MONTH_FIRST_REGION = /^[a-z]{2,3}[-_](US|PH|GU|PR|AS|MP|VI|UM)$/i;

/**
 * A date as people write it, as ISO 8601 (`2026-03-31`): ISO itself, then the day before the month as most of the world
 * writes it, the month first where the language's region does (`en-US`); names of months in the language and in English.
 */
export function readDate(text: string, language: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const plain = westernDigits(text).trim();
  const numeric = MONTH_FIRST_REGION.test(language) ? [...MONTH_FIRST, ...DAY_FIRST] : DAY_FIRST;
  const locale = language.replace('_', '-');
  for (const format of [...YEAR_FIRST, ...numeric]) {
    const date = DateTime.fromFormat(plain, format, { locale: 'en', zone: 'utc' });
    if (date.isValid) return date.toISODate();
  }
  // Digits alone need no names of months, and reading those is slow
  if (!/\p{L}/u.test(plain)) return undefined;
  for (const named of new Set([locale, 'en'])) {
    for (const format of [...NAMED, ...NAMED_MONTH_FIRST]) {
      const date = parsed(plain, format, named);
      if (date?.isValid) return date.toISODate() ?? undefined;
    }
  }
  return undefined;
}

function parsed(text: string, format: string, locale: string): DateTime | null {
  try {
    return DateTime.fromFormat(text, format, { locale, zone: 'utc' });
  } catch {
    return null; // no language that the platform knows
  }
}

/** The day that it is in the zone (IANA), as ISO 8601. */
export function dayOf(now: string, timezone: string): string {
  const there = DateTime.fromISO(now, { zone: timezone });
  return (there.isValid ? there : DateTime.fromISO(now, { zone: 'utc' })).toISODate() ?? now.slice(0, 10);
}

/** A limit of the config as a day: `today`, or an ISO 8601 date; null where it is none. */
export function limitDay(limit: string | number, today: string): string | null {
  const text = String(limit).trim();
  if (text.toLowerCase() === 'today') return today;
  const date = DateTime.fromISO(text, { setZone: true });
  return date.isValid && /^\d{4}-\d{2}-\d{2}/.test(text) ? date.toISODate() : null;
}
