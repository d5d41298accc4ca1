import { defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import {
  LISTENS,
  listeningFields,
  listeningTimers,
  notExpected,
  remindBeforeTimeout,
  whileSilent,
} from '../listening.ts';

const config = z
  .strictObject({
    text: limitedText(LIMITS.interactiveBody).meta({ label: 'Message', input: 'textarea' }),
    saveAs: VariableName.optional().meta({ label: 'Remember the place as' }),
    ...listeningFields,
  })
  .superRefine(remindBeforeTimeout);

/** Asks for the person's place with a button, and keeps `{ latitude, longitude, name, address }`. */
export const locationRequest = defineNode({
  type: 'chat.locationRequest',
  title: 'Ask for a place',
  group: 'chat',
  icon: 'map-pin',
  description: 'Shows a button that sends the place where the person is.',
  config,
  literal: ['saveAs'],
  sends: true,
  ports: () => ['next', 'other', 'timeout'],
  wait: {
    prompt: ({ config: { text } }) => ({
      effects: [{ type: 'message.send', content: { kind: 'locationRequest', text } }],
    }),
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) => {
      const silent = whileSilent(ctx);
      if (silent || ctx.event.type !== 'message') return silent ?? { stay: true };
      const { location } = ctx.event.message;
      if (!location) return notExpected(ctx, 'no place');
      const { saveAs } = ctx.config;
      return { port: 'next', set: saveAs ? { [saveAs]: { ...location } } : {} };
    },
  },
});
