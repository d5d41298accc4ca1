import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PSEUDO } from './i18n.ts';
import { pseudo } from './pseudo.ts';

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const; // seconds

export interface Formats {
  /** `1,234.5`; options as those of Intl. */
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** `0.25` -> `25%`. */
  percent: (share: number) => string;
  date: (at: Date) => string;
  time: (at: Date) => string;
  dateTime: (at: Date) => string;
  /** `5 minutes ago`, `yesterday`, `now`. */
  ago: (at: Date, now: Date) => string;
  /** `one, two and three`. */
  list: (items: readonly string[]) => string;
  /** One of them. */
  either: (items: readonly string[]) => string;
}

/** English as it is written where the person lives, while the page is English; so for every language. */
export const localeOf = (language: string, wanted: readonly string[]): string => {
  const plain = language === PSEUDO ? 'en' : language;
  return wanted.find((one) => one.toLowerCase().split('-')[0] === plain) ?? plain;
};

export function formatsFor(locale: string, strange: (words: string) => string = (words) => words): Formats {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const both = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const list = new Intl.ListFormat(locale);
  const either = new Intl.ListFormat(locale, { type: 'disjunction' });
  return {
    number: (value, options) => new Intl.NumberFormat(locale, options).format(value),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    date: (at) => day.format(at),
    time: (at) => clock.format(at),
    dateTime: (at) => both.format(at),
    ago: (at, now) => {
      const seconds = Math.round((at.getTime() - now.getTime()) / 1_000);
      const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 0];
      return strange(relative.format(size ? Math.trunc(seconds / size) : 0, unit));
    },
    list: (items) => list.format(items),
    either: (items) => either.format(items),
  };
}

/** Dates and numbers as the person's language writes them. */
export function useFormats(): Formats {
  const { language } = useTranslation('ui').i18n;
  return useMemo(
    () => formatsFor(localeOf(language, navigator.languages), language === PSEUDO ? pseudo : undefined),
    [language],
  );
}
