import { DurationField, defineNode } from '@parley/runtime';
import { z } from 'zod';

/** Lets time pass. Messages meanwhile reach the inbox; a trigger that is meant for them may begin another flow. */
export const wait = defineNode({
  type: 'time.wait',
  title: 'Wait',
  group: 'time',
  icon: 'clock-pause',
  description: 'Goes on after some minutes, hours or days.',
  config: z.strictObject({ duration: DurationField.meta({ label: 'For' }) }),
  ports: () => ['next'],
  wait: {
    prompt: () => ({}),
    on: ['timer'],
    timers: ({ config }) => [{ name: 'over', after: config.duration }],
    receive: ({ event }) => (event.type === 'timer' && event.name === 'over' ? { port: 'next' } : { stay: true }),
  },
});
