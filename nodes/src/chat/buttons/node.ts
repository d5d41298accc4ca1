import { Button, DurationField, defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { receiveChoice, timeoutOf } from '../choice.ts';
import { uniqueChoices } from '../unique-choices.ts';

const config = z
  .strictObject({
    text: limitedText(LIMITS.buttonBody).meta({ label: 'Message', input: 'textarea' }),
    // Meta: an interactive message holds 1 to 3 reply buttons with different titles.
    buttons: z
      .array(Button.extend({ title: limitedText(LIMITS.buttonTitle) }))
      .min(1)
      .max(LIMITS.buttons),
    saveAs: VariableName.optional().meta({ label: 'Remember the title as' }),
    timeout: DurationField.optional().meta({ label: 'Give up after' }),
  })
  .superRefine((value, ctx) => uniqueChoices(value.buttons, ['buttons'], ctx));

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
    prompt: ({ config }) => ({
      effects: [{ type: 'message.send', content: { kind: 'buttons', text: config.text, buttons: config.buttons } }],
    }),
    on: ['message'],
    timers: ({ config }) => timeoutOf(config),
    receive: (ctx) => receiveChoice(ctx, ctx.config.buttons, ctx.config.saveAs),
  },
});
