import { defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { type Choice, receiveChoice, told } from '../choice.ts';
import { footer, headerText } from '../framing.ts';
import { LISTENS, listeningFields, listeningTimers, remindBeforeTimeout } from '../listening.ts';
import { CHOSEN, rowsFit, rowsIn, rowsOf, Section, sectionsWith } from './rows.ts';

const config = z
  .strictObject({
    text: limitedText(LIMITS.listBody).meta({ label: 'Message', input: 'textarea' }),
    button: limitedText(LIMITS.listButton).meta({ label: 'Button that opens the list' }),
    sections: z.array(Section).max(LIMITS.listSections).default([]).meta({ label: 'Sections and rows' }),
    rowsFrom: z.string().min(1).optional().meta({ label: 'Rows from data', placeholder: '{{slots}}' }),
    header: headerText,
    footer,
    saveAs: VariableName.optional().meta({ label: 'Remember the title as' }),
    saveIdAs: VariableName.optional().meta({ label: 'Remember the id as' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    remindBeforeTimeout(value, ctx);
    rowsFit(value, ctx);
  });
type Config = z.output<typeof config>;

/**
 * Asks with a list of up to ten rows. Each row's id is a port; rows that come from data (`rowsFrom`) share the port
 * `chosen`, stand before the others, and tell by `saveAs` and `saveIdAs` which of them it was.
 *
 * @example rowsFrom: '{{slots}}' with slots: [{ "id": "mo9", "title": "Monday 9:00", "description": "With Dr Silva" }]
 */
export const list = defineNode({
  type: 'chat.list',
  title: 'Ask with a list',
  group: 'chat',
  icon: 'list',
  description: 'Shows a text with a list of up to ten rows and follows the one that is chosen.',
  config,
  literal: ['saveAs', 'saveIdAs'],
  typed: ['rowsFrom'],
  sends: true,
  sets: ({ saveIdAs }) => (saveIdAs === undefined ? [] : [saveIdAs]),
  ports: ({ sections, rowsFrom }) => [
    ...rowsIn(sections).map((row) => row.id),
    ...(rowsFrom === undefined ? [] : [CHOSEN]),
    'other',
    'timeout',
  ],
  wait: {
    prompt: ({ config }) => {
      const { text, button, header, footer } = config;
      const sections = shown(config);
      return { effects: [{ type: 'message.send', content: { kind: 'list', text, button, sections, header, footer } }] };
    },
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) => receiveChoice(ctx, choicesOf(ctx.config)),
  },
});

const shown = ({ sections, rowsFrom }: Config): Section[] =>
  rowsFrom === undefined ? sections : sectionsWith(rowsOf(rowsFrom), sections);

/** Also the same words may come twice among rows from data. */
function choicesOf({ sections, rowsFrom }: Config): Choice[] {
  if (rowsFrom === undefined) return rowsIn(sections);
  return told([...rowsOf(rowsFrom).map((row) => ({ ...row, port: CHOSEN })), ...rowsIn(sections)]);
}
