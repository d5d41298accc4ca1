import { defineNode, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { isoOf, mustBeZone, readMoment, ZoneField } from '../clock.ts';
import { Holidays, lookUp, WeekHours } from './calendar.ts';

const config = z.strictObject({
  hours: WeekHours.meta({
    input: 'hours',
    label: 'Open on',
    hint: 'From and to; a "to" before the "from" is on the next day.',
  }),
  holidays: Holidays.meta({ input: 'holidays', label: 'Closed on', hint: '2026-12-25, or 12-25 for every year.' }),
  timezone: ZoneField.optional().meta({ label: "Time zone, if not the bot's" }),
  at: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ label: 'Look at', hint: 'A moment; without it, now.', placeholder: '{{appointment}}' }),
  saveAs: VariableName.default('opensAt').meta({ label: 'Remember when it opens next as' }),
});

/** Whether it is open, by the week's hours and holidays. While closed, `saveAs` holds the next opening (ISO 8601, UTC), else null. */
export const hours = defineNode({
  type: 'time.hours',
  title: 'Business hours',
  group: 'time',
  icon: 'building-store',
  description: 'Follows "open" within your hours and "closed" outside of them and on holidays.',
  config,
  literal: ['hours', 'holidays', 'saveAs'],
  ports: () => ['open', 'closed'],
  run: ({ config: { hours, holidays, timezone, at, saveAs }, timezone: own, now }) => {
    const zone = mustBeZone(timezone ?? own);
    const moment = readMoment(at ?? now, zone, '00:00');
    if (!moment) throw new Error(`"${(at ?? now).slice(0, 60)}" is no moment. Give one such as 2026-12-24T18:00.`);
    const { open, opensAt } = lookUp({ hours, holidays, zone }, moment);
    return { port: open ? 'open' : 'closed', set: { [saveAs]: opensAt && isoOf(opensAt) } };
  },
});
