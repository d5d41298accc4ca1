import { type Context, defineNode } from '@parley/runtime';
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { ClockTime, isoOf, mustBeZone, readMoment, ZoneField } from '../clock.ts';

/** As for every wait: longer ones outlive any campaign and any version of a flow. */
const MAX_DAYS = 366;
const DAY = 24 * 60 * 60 * 1_000; // ms

const isOffset = (text: string): boolean => {
  const offset = Duration.fromISO(text);
  return offset.isValid && Math.abs(offset.as('days')) <= MAX_DAYS;
};

const config = z.strictObject({
  date: z.string().min(1).max(500).meta({ label: 'Until', placeholder: '{{appointment.date}}' }),
  at: ClockTime.default('09:00').meta({ label: 'At', hint: 'For a date without a time.' }),
  offset: z
    .string()
    .max(100)
    .refine(
      (text) => text.includes('{{') || isOffset(text),
      'Write an ISO 8601 duration of at most a year, such as -P1D (a day before) or PT2H (two hours later).',
    )
    .optional()
    .meta({ label: 'Before or after it', placeholder: '-P1D' }),
  timezone: ZoneField.optional().meta({ label: "Time zone, if not the bot's" }),
});
type Config = z.output<typeof config>;

/** Lets time pass until a moment, or some time before or after it; `past` where that is over already. */
export const until = defineNode({
  type: 'time.until',
  title: 'Wait until',
  group: 'time',
  icon: 'calendar-clock',
  description: 'Goes on at a date, or some time before or after it; follows "past" where that is over already.',
  config,
  literal: ['at'],
  ports: () => ['next', 'past'],
  wait: {
    prompt: () => ({}),
    on: ['timer'],
    // One that is over fires at once; its name tells the two apart however late the timer comes.
    timers: (ctx) => {
      const at = isoOf(momentOf(ctx));
      return [{ name: at > ctx.now ? 'next' : 'past', at }];
    },
    receive: ({ event }) =>
      event.type === 'timer' && (event.name === 'next' || event.name === 'past')
        ? { port: event.name }
        : { stay: true },
  },
});

/** Days of an offset are days of the calendar: a day before 09:00 is 09:00, also where the clocks are changed between. */
function momentOf({ config: { date, at, offset = '', timezone }, timezone: own, now }: Context<Config>): DateTime {
  const moment = readMoment(date, mustBeZone(timezone ?? own), at);
  if (!moment)
    throw new Error(`"${date.slice(0, 60)}" is no date to wait for. Give one such as 2026-12-24 or 2026-12-24T18:00.`);
  if (offset !== '' && !isOffset(offset))
    throw new Error(`"${offset.slice(0, 60)}" is no duration of at most a year. Write one such as -P1D or PT2H.`);
  const due = offset === '' ? moment : moment.plus(Duration.fromISO(offset));
  if (due.toMillis() - DateTime.fromISO(now).toMillis() > MAX_DAYS * DAY)
    throw new Error(`${isoOf(due)} is more than ${MAX_DAYS} days ahead. Wait until an earlier date.`);
  return due;
}
