import { defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { heard, LISTENS, listeningFields, listeningTimers, notExpected, remindBeforeTimeout } from '../listening.ts';

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
    receive: (ctx) =>
      heard(ctx, (message) => {
        if (!message.location) return notExpected(ctx, 'no place');
        const { saveAs } = ctx.config;
        return { port: 'next', set: saveAs ? { [saveAs]: { ...message.location } } : {} };
      }),
  },
});
