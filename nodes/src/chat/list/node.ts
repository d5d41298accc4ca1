import { defineNode, LIMITS, ListRow, ListSection, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { receiveChoice } from '../choice.ts';
import { footer, headerText } from '../framing.ts';
import { LISTENS, listeningFields, listeningTimers, remindBeforeTimeout } from '../listening.ts';
import { uniqueChoices } from '../unique-choices.ts';

const Section = ListSection.extend({
  title: limitedText(LIMITS.listSectionTitle, 0).optional(),
  rows: z
    .array(
      ListRow.extend({
        title: limitedText(LIMITS.listRowTitle),
        description: limitedText(LIMITS.listRowDescription, 0).optional(),
      }),
    )
    .min(1)
    .max(LIMITS.listRows),
});

const config = z
  .strictObject({
    text: limitedText(LIMITS.listBody).meta({ label: 'Message', input: 'textarea' }),
    button: limitedText(LIMITS.listButton).meta({ label: 'Button that opens the list' }),
    sections: z.array(Section).min(1).max(LIMITS.listSections),
    header: headerText,
    footer,
    saveAs: VariableName.optional().meta({ label: 'Remember the title as' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    remindBeforeTimeout(value, ctx);
    const rows = value.sections.flatMap((section) => section.rows);
    // Meta: at most 10 rows over all sections; a section needs a title as soon as there are two.
    if (rows.length > LIMITS.listRows)
      ctx.addIssue({
        code: 'custom',
        path: ['sections'],
        message: `Keep at most ${LIMITS.listRows} rows in all sections together.`,
      });
    if (value.sections.length > 1) {
      value.sections.forEach((section, index) => {
        if (!section.title)
          ctx.addIssue({
            code: 'custom',
            path: ['sections', index, 'title'],
            message: 'Give each section a title when there is more than one.',
          });
      });
    }
    value.sections.forEach((section, index) => {
      const before = value.sections.slice(0, index).flatMap((one) => one.rows);
      uniqueChoices(section.rows, ['sections', index, 'rows'], ctx);
      section.rows.forEach((row, at) => {
        if (before.some((one) => one.id === row.id))
          ctx.addIssue({
            code: 'custom',
            path: ['sections', index, 'rows', at, 'id'],
            message: `Two rows have the id ${row.id}. Give each its own.`,
          });
      });
    });
  });

/** Asks with a list of up to ten rows; each row's id is a port. */
export const list = defineNode({
  type: 'chat.list',
  title: 'Ask with a list',
  group: 'chat',
  icon: 'list',
  description: 'Shows a text with a list of up to ten rows and follows the one that is chosen.',
  config,
  literal: ['saveAs'],
  sends: true,
  ports: ({ sections }) => [...sections.flatMap((section) => section.rows.map((row) => row.id)), 'other', 'timeout'],
  wait: {
    prompt: ({ config: { text, button, sections, header, footer } }) => ({
      effects: [{ type: 'message.send', content: { kind: 'list', text, button, sections, header, footer } }],
    }),
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) =>
      receiveChoice(
        ctx,
        ctx.config.sections.flatMap((section) => section.rows),
      ),
  },
});
