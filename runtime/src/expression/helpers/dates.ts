import { DateTime, type DateTimeUnit, Duration, type DurationUnit, Info, type Zone } from 'luxon';
import { type HelperRun, helperGroup } from '../helper.ts';
import { languageOf, plainBlanks, zoneOf } from '../locale.ts';
import type { Rendering } from '../rendering.ts';
import { valueToNumber, valueToText } from '../value.ts';

const MAX_TEXT = 64; // characters of a date, a duration or a format; the longest useful ones have some 40
const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
/** Formats by the length people know; the rest are Luxon's tokens, such as `dd.LL.yyyy`. */
const PRESETS: Record<string, Intl.DateTimeFormatOptions> = Object.assign(Object.create(null), {
  short: { dateStyle: 'short', timeStyle: 'short' },
  medium: { dateStyle: 'medium', timeStyle: 'short' },
  long: { dateStyle: 'long', timeStyle: 'short' },
  full: { dateStyle: 'full', timeStyle: 'short' },
  date: { dateStyle: 'medium' },
  shortDate: { dateStyle: 'short' },
  longDate: { dateStyle: 'long' },
  fullDate: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
});
const READABLE = 'yMLdHhmsSaZ'; // tokens that a date may be read by
const QUOTED = /'[^']*'/g;

interface Moment {
  at: DateTime;
  /** Whether it was written as a day without a time. */
  isDay: boolean;
}

/** ISO 8601 with its own offset, or in the zone where it names none; null for anything else and beyond the years 0 to 9999. */
function momentOf(value: unknown, zone: Zone): Moment | null {
  if (typeof value !== 'string' || value.length > MAX_TEXT) return null;
  const at = known(DateTime.fromISO(value.trim(), { zone }));
  return at && { at, isDay: DATE_ONLY.test(value.trim()) };
}

const known = (at: DateTime): DateTime | null => (at.isValid && at.year >= 0 && at.year <= 9999 ? at : null);

/** The zone that was asked for, else the rendering's; null where the one asked for is none. */
const zoneFor = (zone: unknown, rendering: Rendering): Zone | null =>
  zone === undefined || zone === null || zone === '' ? rendering.zone : zoneOf(valueToText(zone));

const languageFor = (language: unknown, rendering: Rendering): string =>
  language === undefined ? rendering.language : languageOf(valueToText(language));

const written = (at: DateTime, isDay: boolean): string | null =>
  isDay ? at.toISODate() : at.toISO({ suppressMilliseconds: true });

/** Runs `work` on a date in its zone; empty where either is none. */
const onDate =
  (zoneAt: number, work: (moment: Moment, values: unknown[], rendering: Rendering) => unknown): HelperRun =>
  (values, rendering) => {
    const zone = zoneFor(values[zoneAt], rendering);
    const moment = zone && momentOf(values[0], zone);
    return moment ? work(moment, values, rendering) : null;
  };

const formatted = onDate(2, ({ at }, [, format, , language], rendering) => {
  const style = format === undefined ? 'medium' : valueToText(format);
  if (style.length > MAX_TEXT) return null;
  const local = at.reconfigure({
    locale: languageFor(language, rendering),
    numberingSystem: 'latn',
    outputCalendar: 'gregory',
  });
  if (style === 'iso') return written(at, false);
  const preset = PRESETS[style];
  return plainBlanks(preset ? local.toLocaleString(preset) : local.toFormat(style));
});

/** Each token once: Luxon makes a backtracking expression of them, and many in a row would take for ever. */
function isReadable(pattern: string): boolean {
  const tokens = pattern.replace(QUOTED, ' ').match(/([a-z])\1*/gi) ?? [];
  const letters = tokens.map((token) => token.slice(0, 1));
  return new Set(letters).size === letters.length && letters.every((letter) => READABLE.includes(letter));
}

/** `seconds` and `milliseconds` since 1970, else Luxon's tokens. */
const parsed: HelperRun = ([value, format, zone, language], rendering) => {
  const at = zoneFor(zone, rendering);
  const pattern = format === undefined ? '' : valueToText(format);
  const text = valueToText(value).trim();
  if (!at || text.length > MAX_TEXT || pattern.length > MAX_TEXT) return null;
  if (pattern === '') {
    const moment = momentOf(text, at);
    return moment && written(moment.at, moment.isDay);
  }
  if (pattern === 'seconds' || pattern === 'milliseconds') {
    const count = valueToNumber(text);
    const since =
      count === null ? null : known(DateTime.fromMillis(count * (pattern === 'seconds' ? 1000 : 1), { zone: at }));
    return since && written(since, false);
  }
  if (!isReadable(pattern)) return null;
  const read = known(
    DateTime.fromFormat(text, pattern, { zone: at, locale: languageFor(language, rendering), numberingSystem: 'latn' }),
  );
  return read && written(read, !/[Hhmsa]/.test(pattern.replace(QUOTED, '')));
};

const moved = (sign: 1 | -1): HelperRun =>
  onDate(2, ({ at, isDay }, [, duration]) => {
    const text = valueToText(duration).trim();
    const length = text.length > MAX_TEXT ? null : Duration.fromISO(text);
    if (!length?.isValid) return null;
    const result = known(sign > 0 ? at.plus(length) : at.minus(length));
    return result && written(result, isDay && !text.includes('T'));
  });

/** `day`, `days`, `Day`; null for what is no unit. */
function unitOf(value: unknown): (typeof UNITS)[number] | null {
  const name = valueToText(value).trim().toLowerCase().replace(/s$/, '');
  return UNITS.find((unit) => unit === name) ?? null;
}

const edge = (which: 'startOf' | 'endOf'): HelperRun =>
  onDate(2, ({ at, isDay }, [, unit]) => {
    const wanted = unitOf(unit);
    const result = wanted && known(at[which](wanted as DateTimeUnit));
    return result ? written(result, isDay) : null;
  });

/** Whole units between two dates, below 0 where the second comes first. */
const between: HelperRun = ([from, to, unit, zone], rendering) => {
  const at = zoneFor(zone, rendering);
  const wanted = unitOf(unit ?? 'day');
  const [start, end] = at ? [momentOf(from, at), momentOf(to, at)] : [];
  if (!start || !end || !wanted) return null;
  return valueToNumber(Math.trunc(end.at.diff(start.at, wanted as DurationUnit).as(wanted as DurationUnit)));
};

const compared =
  (unit: DateTimeUnit | null, accepts: (sign: number) => boolean): HelperRun =>
  ([left, right, zone], rendering) => {
    const at = zoneFor(zone, rendering);
    const [a, b] = at ? [momentOf(left, at), momentOf(right, at)] : [];
    if (!a || !b) return false;
    const [x, y] = unit ? [a.at.startOf(unit), b.at.startOf(unit)] : [a.at, b.at];
    return accepts(Math.sign(x.toMillis() - y.toMillis()));
  };

const dayFromNow =
  (days: number): HelperRun =>
  ([zone], rendering) => {
    const at = zoneFor(zone, rendering);
    const now = at && momentOf(rendering.now, at);
    const day = now && known(now.at.plus({ days }));
    return day?.toISODate() ?? null;
  };

const weekday = onDate(
  1,
  ({ at }, [, , language], rendering) =>
    // The names by themselves: `at.toFormat('cccc')` gives the same, but for languages that bend them inside a date.
    Info.weekdays('long', { locale: languageFor(language, rendering) })[at.weekday - 1],
);

const scope = { now: '2026-03-02T18:30:00Z', due: '2026-03-30' };

/** Dates are texts in ISO 8601; one without an offset is meant in the zone. What is no date gives nothing. */
export const dateHelpers = helperGroup('dates', {
  formatDate: {
    takes: 'value: date, format?: text, zone?: text, language?: text',
    gives: 'text',
    does: `The date as a language writes it: ${Object.keys(PRESETS).join(', ')}, iso, or Luxon's tokens such as dd.LL.yyyy HH:mm.`,
    example: ['{{formatDate now "long" zone="Europe/Lisbon" language="en-GB"}}', '2 March 2026 at 18:30', scope],
    run: formatted,
  },
  parseDate: {
    takes: 'text: text, format?: text, zone?: text, language?: text',
    gives: 'date',
    does: 'The date that a text reads as: ISO 8601, tokens such as d.M.yyyy (each once), seconds or milliseconds since 1970.',
    example: ['{{parseDate "2.3.2026" "d.M.yyyy"}}', '2026-03-02'],
    run: parsed,
  },
  addTime: {
    takes: 'value: date, duration: text, zone?: text',
    gives: 'date',
    does: 'The date later by an ISO 8601 duration: P1D a day, P1M a month, PT30M half an hour.',
    example: ['{{addTime due "P1M"}}', '2026-04-30', scope],
    run: moved(1),
  },
  subtractTime: {
    takes: 'value: date, duration: text, zone?: text',
    gives: 'date',
    does: 'The date earlier by an ISO 8601 duration.',
    example: ['{{subtractTime now "PT2H"}}', '2026-03-02T16:30:00Z', scope],
    run: moved(-1),
  },
  startOf: {
    takes: 'value: date, unit: text, zone?: text',
    gives: 'date',
    does: `When the unit around a date begins: ${UNITS.join(', ')}. Weeks begin on Monday.`,
    example: ['{{startOf due "month"}}', '2026-03-01', scope],
    run: edge('startOf'),
  },
  endOf: {
    takes: 'value: date, unit: text, zone?: text',
    gives: 'date',
    does: 'The last moment of the unit around a date; its last day for a date without a time.',
    example: ['{{endOf due "month"}}', '2026-03-31', scope],
    run: edge('endOf'),
  },
  timeBetween: {
    takes: 'from: date, to: date, unit?: text, zone?: text',
    gives: 'number',
    does: 'Whole units from one date to another, days unless told; below 0 where the second comes first.',
    example: ['{{timeBetween now due "week"}}', 3, scope],
    run: between,
  },
  weekday: {
    takes: 'value: date, zone?: text, language?: text',
    gives: 'text',
    does: 'The name of the day of the week.',
    example: ['{{weekday due language="es"}}', 'lunes', scope],
    run: weekday,
  },
  isBefore: {
    takes: 'left: date, right: date, zone?: text',
    gives: 'yes or no',
    does: 'Whether the first date comes before the second.',
    example: ['{{isBefore now due}}', true, scope],
    run: compared(null, (sign) => sign < 0),
  },
  isAfter: {
    takes: 'left: date, right: date, zone?: text',
    gives: 'yes or no',
    does: 'Whether the first date comes after the second.',
    example: ['{{isAfter now due}}', false, scope],
    run: compared(null, (sign) => sign > 0),
  },
  isSameDay: {
    takes: 'left: date, right: date, zone?: text',
    gives: 'yes or no',
    does: 'Whether two dates lie on one day of the zone.',
    example: ['{{isSameDay now "2026-03-03" zone="Asia/Tokyo"}}', true, scope],
    run: compared('day', (sign) => sign === 0),
  },
  isDate: {
    takes: 'value: value',
    gives: 'yes or no',
    does: 'Whether a value is a date in ISO 8601.',
    example: ['{{isDate "2026-02-30"}}', false],
    run: ([value], rendering) => momentOf(value, rendering.zone) !== null,
  },
  today: {
    takes: 'zone?: text',
    gives: 'date',
    does: 'The day it is.',
    example: ['{{today zone="Asia/Tokyo"}}', '2026-03-03', scope],
    run: dayFromNow(0),
  },
  tomorrow: {
    takes: 'zone?: text',
    gives: 'date',
    does: 'The day that comes.',
    example: ['{{tomorrow}}', '2026-03-03', scope],
    run: dayFromNow(1),
  },
  yesterday: {
    takes: 'zone?: text',
    gives: 'date',
    does: 'The day that was.',
    example: ['{{yesterday}}', '2026-03-01', scope],
    run: dayFromNow(-1),
  },
});
