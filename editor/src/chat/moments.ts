import i18next from 'i18next';
import { localeOf } from '../ui/formats.ts';

const MOMENT = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const LONG_SILENCE = 15 * 60_000; // ms: after it the window says when the talk went on

/** In the page's language, as it is written where the reader lives. */
const format = (options: Intl.DateTimeFormatOptions, at: string): string =>
  new Intl.DateTimeFormat(localeOf(i18next.language ?? 'en', navigator.languages), options).format(new Date(at));

/** "Mon, 2 Mar, 09:00", where the reader lives. */
export const momentOf = (at: string): string => format(MOMENT, at);
/** "09:00". */
export const timeOf = (at: string): string => format(CLOCK, at);

export const isLongAfter = (at: string, before: string): boolean =>
  new Date(at).getTime() - new Date(before).getTime() >= LONG_SILENCE;
