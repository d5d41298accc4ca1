import { useTranslation } from 'react-i18next';
import { DAYS, type Day } from './week.ts';

const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000; // ms

/** What the days of the week are called in the person's language. */
export function useDayNames(length: 'short' | 'long'): (day: Day) => string {
  const { i18n } = useTranslation('inspector');
  const format = new Intl.DateTimeFormat(i18n.language.startsWith('qps') ? 'en' : i18n.language, {
    weekday: length,
    timeZone: 'UTC',
  });
  return (day) => format.format(A_MONDAY + DAYS.indexOf(day) * DAY);
}
