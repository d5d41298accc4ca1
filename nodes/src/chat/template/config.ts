import { LIMITS, limitedText, TemplateButton, TemplateHeader, VariableName } from '@parley/runtime';
import { z } from 'zod';
import type { Choice } from '../choice.ts';
import { listeningFields, remindBeforeTimeout } from '../listening.ts';
import { uniqueChoices } from '../unique-choices.ts';
import { CONTACT, isLanguageCode } from './language.ts';

const MAX_BUTTONS = 10; // Meta: a template has at most ten, counted from 0
const MAX_LANGUAGES = 100; // Meta lists some seventy
const MAX_CODE = 15; // characters
const MAX_TITLE = 25; // Meta: characters on a button of a template
const NO_CODE = 'Write a code such as pt_BR, "contact" for the language of the contact, or a template.';

const Button = TemplateButton.extend({
  couponCode: limitedText(LIMITS.couponCode, 0).optional(),
  title: limitedText(MAX_TITLE).optional().meta({ label: 'Words on it, where they count when typed' }),
});
type Button = z.output<typeof Button>;

export const config = z
  .strictObject({
    // Meta: lower-case letters, digits and "_", at most 512 characters.
    name: z
      .string()
      .min(1)
      .max(LIMITS.templateName)
      .regex(/^[a-z0-9_]+$/, 'Write the name as WhatsApp lists it: small letters, digits and "_".')
      .meta({ label: 'Template', input: 'template' }),
    language: limitedText(MAX_CODE, 2)
      .refine((code) => code === CONTACT || code.includes('{{') || isLanguageCode(code), NO_CODE)
      .meta({ label: 'Language', example: 'en_US' }),
    languages: z
      .array(z.string().max(MAX_CODE).refine(isLanguageCode, 'Write a code such as pt_BR.'))
      .min(1)
      .max(MAX_LANGUAGES)
      .optional()
      .meta({ label: 'Languages that it has', hint: 'The best one for the person is taken, else the first.' }),
    parameters: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .default({})
      .meta({ label: 'Parameters', input: 'pairs' }),
    header: TemplateHeader.optional().meta({ label: 'Header' }),
    buttons: z.array(Button).max(MAX_BUTTONS).optional().meta({ label: 'Buttons' }),
    waitForReply: z.boolean().default(false).meta({ label: 'Wait for a button' }),
    saveAs: VariableName.optional().meta({ label: "Remember the button's payload as" }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    const issue = (path: PropertyKey[], message: string, params = {}) =>
      ctx.addIssue({ code: 'custom', path, message, params });
    remindBeforeTimeout(value, ctx);
    if (value.waitForReply) repliesFit(value.buttons ?? [], ctx);
    else {
      for (const field of ['saveAs', 'reminders', 'timeout'] as const)
        if (value[field] !== undefined)
          issue([field], `Only a template that waits has ${field}: set waitForReply, or leave it out.`, {
            says: 'template_wait',
          });
    }
    value.buttons?.forEach(({ title }, index) => {
      if (title !== undefined && !value.waitForReply)
        issue(['buttons', index, 'title'], 'Only a template that waits for a reply reads the title: leave it out.');
    });
  });
export type Config = z.output<typeof config>;

const isQuickReply = ({ payload, couponCode }: Button): boolean => payload !== undefined && couponCode === undefined;

/** Each payload is a port: it stands fast, and no two buttons share one. */
function repliesFit(buttons: readonly Button[], ctx: z.core.$RefinementCtx<unknown>): void {
  const issue = (path: PropertyKey[], message: string, params = {}) =>
    ctx.addIssue({ code: 'custom', path, message, params });
  if (!buttons.some(isQuickReply))
    issue(['buttons'], 'Add a quick reply with its index and payload: without one there is nothing to wait for.');
  const indexes = new Set<number>();
  buttons.forEach((button, at) => {
    if (indexes.has(button.index))
      issue(['buttons', at, 'index'], `Two buttons have the index ${button.index}.`, {
        says: 'same_index',
        index: button.index,
      });
    indexes.add(button.index);
    if (button.title !== undefined && !isQuickReply(button))
      issue(['buttons', at, 'title'], 'Only a quick reply answers: give it a payload, or leave the title out.');
  });
  const replies = buttons.map((button) =>
    isQuickReply(button) ? { id: button.payload ?? '', title: button.title } : null,
  );
  replies.forEach((reply, at) => {
    if (reply?.id === '') issue(['buttons', at, 'payload'], 'Write a payload: it is the name of the way out.');
  });
  uniqueChoices(replies, ['buttons'], ctx, 'payload');
}

/** The quick replies, by their payloads. Without a title the words of a button are not known here, and only the tap counts. */
export const repliesOf = ({ buttons = [] }: Pick<Config, 'buttons'>): Choice[] =>
  buttons
    .filter(isQuickReply)
    .map(({ payload = '', title }) => ({ id: payload, title: title ?? payload, spoken: title !== undefined }));
