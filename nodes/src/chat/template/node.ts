import {
  defineNode,
  LIMITS,
  limitedText,
  type OutboundContent,
  TemplateButton,
  TemplateHeader,
  valueToText,
} from '@parley/runtime';
import { z } from 'zod';

const config = z.strictObject({
  // Meta: lower-case letters, digits and "_", at most 512 characters.
  name: z
    .string()
    .min(1)
    .max(LIMITS.templateName)
    .regex(/^[a-z0-9_]+$/, 'Write the name as WhatsApp lists it: small letters, digits and "_".'),
  language: z.string().min(2).max(15).meta({ label: 'Language', example: 'en_US' }),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  header: TemplateHeader.optional(),
  buttons: z
    .array(TemplateButton.extend({ couponCode: limitedText(LIMITS.couponCode, 0).optional() }))
    .max(10)
    .optional(),
});

/** Sends an approved template: the only message that may go out when the person was silent for 24 hours. */
export const template = defineNode({
  type: 'chat.template',
  title: 'Send a template',
  group: 'chat',
  icon: 'template',
  description: 'Sends a template that WhatsApp has approved, with its parameters filled in.',
  config,
  literal: ['name', 'language'],
  sends: true,
  ports: () => ['next'],
  run: ({ config: { name, language, parameters, header, buttons } }) => {
    const texts = Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, valueToText(value)]));
    const content: OutboundContent = { kind: 'template', name, language, parameters: texts, header, buttons };
    return { port: 'next', effects: [{ type: 'message.send', content }] };
  },
});
