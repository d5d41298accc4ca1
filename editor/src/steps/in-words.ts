import { OPERATORS } from '@parley/runtime';
import type { TFunction } from 'i18next';
import { PSEUDO } from '../ui/i18n.ts';
import type { Config } from './config.ts';

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
const ISO = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** `PT1H30M` -> `1 hour, 30 minutes`; what is no such duration (a template) stays as it is. */
export function durationInWords(duration: string, wanted: string): string {
  const language = wanted === PSEUDO ? 'en' : wanted;
  const found = ISO.exec(duration.trim());
  if (!found) return duration;
  const parts = UNITS.flatMap((unit, index) => {
    const amount = Number(found[index + 1] ?? 0);
    return amount === 0
      ? []
      : [new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)];
  });
  if (parts.length === 0)
    return new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(0);
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts);
}

/** `{{order.total}} is more than 20`. */
export function conditionInWords(condition: Config, t: TFunction<'canvas'>, left = condition.text('left')): string {
  const operator = OPERATORS.find((one) => one === condition.text('operator')) ?? 'equals';
  const values = condition.texts('right');
  const right = values.length > 0 ? values.join(', ') : condition.text('right');
  return t(`operators.${operator}`, { left: left || '…', right: right || '…' }).trim();
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000; // ms
const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** `mo` -> `Mon`. */
export function dayInWords(day: string, language: string): string {
  const index = DAYS.indexOf(day);
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return index < 0 ? day : format.format(MONDAY + index * DAY);
}
