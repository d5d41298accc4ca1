import {
  defineNode,
  type InboundMessage,
  isObject,
  type JsonObject,
  LIMITS,
  limitedText,
  VariableName,
} from '@parley/runtime';
import { z } from 'zod';
import { footer, header } from '../framing.ts';
import { heard, LISTENS, listeningFields, listeningTimers, notExpected, remindBeforeTimeout } from '../listening.ts';

const config = z
  .strictObject({
    text: limitedText(LIMITS.interactiveBody).meta({ label: 'Message', input: 'textarea' }),
    button: limitedText(LIMITS.formButton).meta({ label: 'Words on the button' }),
    formId: z.string().min(1).max(100).optional().meta({ label: 'Id of the form' }),
    formName: z.string().min(1).max(200).optional().meta({ label: 'Name of the form' }),
    screen: limitedText(LIMITS.formScreen).optional().meta({ label: 'First screen' }),
    data: z
      .record(z.string(), z.json())
      .optional()
      .meta({ label: 'What the screen is filled with', input: 'assignments' }),
    token: limitedText(LIMITS.formToken).optional().meta({ label: 'Token that comes back' }),
    mode: z
      .enum(['draft', 'published'])
      .optional()
      .meta({ label: 'Version of the form', options: { draft: 'Draft', published: 'Published' } }),
    header,
    footer,
    saveAs: VariableName.optional().meta({ label: 'Remember the answers as' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    if ((value.formId === undefined) === (value.formName === undefined))
      issue('formId', 'Name the form by its id or by its name, not by both.');
    if (value.data !== undefined && value.screen === undefined)
      issue('screen', 'Name the screen that the data is for.');
    remindBeforeTimeout(value, ctx);
  });

type Config = z.output<typeof config>;

/**
 * Opens a form that was made in WhatsApp (a "Flow" in Meta's words) and keeps its answers as an object, by field.
 *
 * @example answers: { "size": "M", "colours": ["red"] }
 */
export const flowForm = defineNode({
  type: 'chat.flowForm',
  title: 'Ask with a form',
  group: 'chat',
  icon: 'forms',
  description: 'Opens a form of WhatsApp and keeps what was filled in.',
  config,
  literal: ['saveAs', 'mode'],
  typed: ['data'],
  sends: true,
  ports: () => ['next', 'other', 'timeout'],
  wait: {
    prompt: ({ config, conversation }) => {
      const { text, button, formId, formName, screen, data, mode, header, footer } = config;
      const token = tokenOf(config, conversation.id);
      const form = { text, button, formId, formName, screen, data, token, mode, header, footer };
      return { effects: [{ type: 'message.send', content: { kind: 'form', ...form } }] };
    },
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) =>
      heard(ctx, (message) => {
        const answers = answersOf(message, tokenOf(ctx.config, ctx.conversation.id));
        if (!answers) return notExpected(ctx, 'not this form');
        const { saveAs } = ctx.config;
        return { port: 'next', set: saveAs ? { [saveAs]: answers } : {} };
      }),
  },
});

/** Tells the answers of this form from those of another one that the person opened later than it was asked. */
const tokenOf = ({ token, formId, formName }: Config, conversation: string): string =>
  token ?? `${conversation}:${formId ?? formName}`.slice(0, LIMITS.formToken);

/** The answers, without the token that Meta lays beside them; null for the answers of another form. */
function answersOf({ type, data }: InboundMessage, token: string): JsonObject | null {
  if (type !== 'form' || !data) return null;
  const { flow_token, ...answers } = (isObject(data.answers) ? data.answers : data) as JsonObject;
  // Some phones send none, and then it is taken for the form that was asked for last.
  return flow_token === undefined || flow_token === token ? answers : null;
}
