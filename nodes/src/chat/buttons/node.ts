import { Button, defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { receiveChoice } from '../choice.ts';
import { footer, header } from '../framing.ts';
import { LISTENS, listeningFields, listeningTimers, remindBeforeTimeout } from '../listening.ts';
import { uniqueChoices } from '../unique-choices.ts';

const config = z
  .strictObject({
    text: limitedText(LIMITS.buttonBody).meta({ label: 'Message', input: 'textarea' }),
    // Meta: an interactive message holds 1 to 3 reply buttons with different titles.
    buttons: z
      .array(Button.extend({ title: limitedText(LIMITS.buttonTitle) }))
      .min(1)
      .max(LIMITS.buttons)
      .meta({ label: 'Buttons' }),
    header,
    footer,
    saveAs: VariableName.optional().meta({ label: 'Remember the title as' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    uniqueChoices(value.buttons, ['buttons'], ctx);
    remindBeforeTimeout(value, ctx);
  });

/** Asks with up to three buttons; each button's id is a port. */
export const buttons = defineNode({
  type: 'chat.buttons',
  title: 'Ask with buttons',
  group: 'chat',
  icon: 'square-rounded-plus',
  description: 'Shows a text with up to three buttons and follows the one that is tapped.',
  config,
  literal: ['saveAs'],
  sends: true,
  ports: ({ buttons }) => [...buttons.map((button) => button.id), 'other', 'timeout'],
  wait: {
    prompt: ({ config: { text, buttons, header, footer } }) => ({
      effects: [{ type: 'message.send', content: { kind: 'buttons', text, buttons, header, footer } }],
    }),
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) => receiveChoice(ctx, ctx.config.buttons),
  },
});
