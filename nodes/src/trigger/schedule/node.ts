import { defineNode } from '@parley/runtime';
import { z } from 'zod';
import { NameList } from '../../rendered.ts';
import { ClockTime, DAYS, ZoneField } from '../../time/clock.ts';
import { WhenBusy } from '../when-busy.ts';

const config = z
  .strictObject({
    every: z
      .enum(['once', 'hour', 'day', 'week', 'month'])
      .default('day')
      .meta({
        label: 'How often',
        options: { once: 'Once', hour: 'Every hour', day: 'Every day', week: 'Every week', month: 'Every month' },
      }),
    at: ClockTime.default('09:00').meta({ label: 'At', hint: 'Of every hour, only the minutes count.' }),
    date: z.iso.date('Write the date as 2026-12-24.').optional().meta({ label: 'On the date', input: 'date' }),
    days: z.array(z.enum(DAYS)).max(DAYS.length).default([]).meta({ label: 'On the days', input: 'days' }),
    dayOfMonth: z
      .int()
      .min(1)
      .max(31)
      .optional()
      .meta({ label: 'On the day of the month', hint: 'A shorter month takes its last day.' }),
    timezone: ZoneField.optional().meta({ label: "Time zone, if not the bot's" }),
    audience: z
      .strictObject({ tags: NameList.meta({ label: 'Tags' }), groups: NameList.meta({ label: 'Groups' }) })
      .meta({ label: 'For everybody with one of these', hint: 'Who withdrew consent is left out.' }),
    whenBusy: WhenBusy,
  })
  .superRefine(({ every, date, days, dayOfMonth, timezone, audience }, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    if (every === 'once' && date === undefined) issue('date', 'Choose the date.');
    if (every === 'week' && days.length === 0) issue('days', 'Choose at least one day of the week.');
    if (every === 'month' && dayOfMonth === undefined) issue('dayOfMonth', 'Choose the day of the month.');
    if (timezone?.includes('{{')) issue('timezone', 'Nobody is there yet whose zone it could be: name one.');
    if (audience.tags.length + audience.groups.length === 0) issue('audience', 'Choose at least one tag or group.');
    if ([...audience.tags, ...audience.groups].some((name) => name.includes('{{')))
      issue('audience', 'Nobody is there yet: write tags and groups without {{ }}.');
  });
export type Schedule = z.output<typeof config>;

/** Begins a session for each contact of the audience, at a time or again and again. */
export const scheduleTrigger = defineNode({
  type: 'trigger.schedule',
  title: 'At a time',
  group: 'trigger',
  icon: 'calendar-time',
  description: 'Begins the bot once or regularly, for everybody with a tag or in a group.',
  config,
  literal: Object.keys(config.shape),
  begins: 'schedule',
  ports: () => ['next'],
  run: () => ({ port: 'next' }),
});
