import { compilePattern, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { listeningFields, remindBeforeTimeout } from '../listening.ts';
import { choicesOf } from './choices.ts';
import { limitDay } from './date.ts';

export const ANSWERS = ['text', 'number', 'email', 'phone', 'date', 'choice', 'media', 'location'] as const;
export type Answer = (typeof ANSWERS)[number];
export const MEDIA_KINDS = ['image', 'video', 'audio', 'document'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

const MAX_CHOICES = 50;
const MAX_TITLE = 200; // characters of a choice
const MAX_PATTERN = 500; // characters, the engine's own limit

const Listed = z.union([
  z.string().min(1).max(MAX_TITLE),
  z.strictObject({ id: z.string().min(1).max(MAX_TITLE), title: limitedText(MAX_TITLE) }),
]);
const limit = z.union([z.number(), z.string().min(1).max(1_000)]).optional();

export const config = z
  .strictObject({
    text: limitedText(LIMITS.text).meta({ label: 'Question', input: 'textarea' }),
    answer: z
      .enum(ANSWERS)
      .default('text')
      .meta({
        label: 'Expects',
        options: {
          text: 'A text',
          number: 'A number',
          email: 'An e-mail address',
          phone: 'A phone number',
          date: 'A date',
          choice: 'One of several choices',
          media: 'A file',
          location: 'A place',
        },
      }),
    choices: z.array(Listed).max(MAX_CHOICES).default([]).meta({ label: 'Choices', input: 'choices' }),
    multiple: z.boolean().default(false).meta({ label: 'Several choices' }),
    minLength: z.int().min(1).max(LIMITS.text).optional().meta({ label: 'Least characters' }),
    maxLength: z.int().min(1).max(LIMITS.text).optional().meta({ label: 'Most characters' }),
    pattern: z.string().min(1).max(MAX_PATTERN).optional().meta({ label: 'Pattern of the whole answer' }),
    patternWords: limitedText(LIMITS.interactiveBody).optional().meta({ label: 'The pattern in words' }),
    min: limit.meta({ label: 'At least' }),
    max: limit.meta({ label: 'At most' }),
    integer: z.boolean().default(false).meta({ label: 'Whole numbers only' }),
    period: z
      .enum(['any', 'past', 'future'])
      .default('any')
      .meta({ label: 'Dates of', options: { any: 'Any time', past: 'The past', future: 'The future' } }),
    country: z
      .string()
      .refine((code) => isSupportedCountry(code), 'Write the country in two capital letters, such as GB.')
      .optional()
      .meta({ label: 'Country of numbers without a prefix', input: 'country' }),
    kinds: z
      .array(z.enum(MEDIA_KINDS))
      .min(1)
      .optional()
      .meta({
        label: 'Sorts of files',
        options: { image: 'Picture', video: 'Video', audio: 'Sound', document: 'Document' },
      }),
    saveAs: VariableName.optional().meta({ label: 'Remember as' }),
    retries: z.int().min(0).max(10).default(2).meta({ label: 'Ask again' }),
    invalidText: limitedText(LIMITS.text).optional().meta({ label: 'When the answer does not fit', input: 'textarea' }),
    words: z.boolean().default(false).meta({ label: 'Read "twenty-one" as 21' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    remindBeforeTimeout(value, ctx);
    fieldsFit(value, ctx);
    choicesFit(value, ctx);
    limitsFit(value, ctx);
    if (value.pattern !== undefined && compilePattern(value.pattern) === null)
      ctx.addIssue({
        code: 'custom',
        path: ['pattern'],
        message: `The pattern ${value.pattern} cannot be read.`,
        params: { says: 'pattern', pattern: value.pattern },
      });
  });

export interface Config {
  text: string;
  answer: Answer;
  choices: (string | { id: string; title: string })[];
  multiple: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  patternWords?: string;
  min?: number | string;
  max?: number | string;
  integer: boolean;
  period: 'any' | 'past' | 'future';
  country?: string;
  kinds?: MediaKind[];
  words: boolean;
}
type Refinement = z.core.$RefinementCtx<unknown>;

/** Which answers each field speaks about: on another one it would silently do nothing. */
const SPEAKS_OF = {
  minLength: ['text'],
  maxLength: ['text'],
  pattern: ['text'],
  patternWords: ['text'],
  min: ['number', 'date', 'choice'],
  max: ['number', 'date', 'choice'],
  country: ['phone'],
  kinds: ['media'],
} as const satisfies Partial<Record<keyof Config, readonly Answer[]>>;

function fieldsFit(value: Config, ctx: Refinement): void {
  for (const [field, answers] of Object.entries(SPEAKS_OF) as [keyof typeof SPEAKS_OF, readonly Answer[]][]) {
    if (value[field] !== undefined && !answers.includes(value.answer))
      ctx.addIssue({
        code: 'custom',
        path: [field],
        message: `${field} is for answers of the kind ${answers.join(', ')}; this one expects a ${value.answer}.`,
        params: { says: 'other_answer' },
      });
  }
}

function choicesFit({ answer, choices, multiple, min, max }: Config, ctx: Refinement): void {
  const issue = (path: PropertyKey[], message: string, params = {}) =>
    ctx.addIssue({ code: 'custom', path, message, params });
  if (answer === 'choice' && choices.length === 0) issue(['choices'], 'Add at least one choice.');
  if (multiple && answer !== 'choice')
    issue(['multiple'], `Only a choice can be several; this expects a ${answer}.`, { says: 'only_choice' });
  const ids = new Set<string>();
  choicesOf(choices).forEach(({ id }, index) => {
    if (ids.has(id))
      issue(['choices', index], `Two choices are called ${id}. Give each its own.`, { says: 'same_id', id });
    ids.add(id);
  });
  if (answer !== 'choice') return;
  for (const [field, value] of [['min', min] as const, ['max', max] as const]) {
    if (value === undefined) continue;
    const count = Number(value);
    const known = !String(value).includes('{{');
    if (!multiple)
      issue([field], `${field} is for several choices: set multiple, or leave it out.`, { says: 'several_choices' });
    else if (known && (!Number.isInteger(count) || count < 1 || count > choices.length))
      issue([field], `Write a whole number from 1 to ${choices.length}, the number of choices.`, {
        says: 'choice_count',
        limit: choices.length,
      });
  }
}

function limitsFit({ answer, min, max, minLength, maxLength }: Config, ctx: Refinement): void {
  const issue = (field: string, message: string) => ctx.addIssue({ code: 'custom', path: [field], message });
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    issue('maxLength', 'The longest answer is shorter than the shortest one.');
  const place = (value: number | string) =>
    answer === 'date' ? limitDay(value, '') : Number.isFinite(Number(value)) ? Number(value) : null;
  for (const [field, value] of [['min', min] as const, ['max', max] as const]) {
    if (value === undefined || String(value).includes('{{') || place(value) !== null) continue;
    if (answer === 'date') issue(field, 'Write a date such as 2026-03-31, or today.');
    if (answer === 'number') issue(field, 'Write a number.');
  }
  if (min === undefined || max === undefined || `${min}${max}`.includes('{{')) return;
  const [least, most] = [place(min), place(max)];
  if (least !== null && most !== null && least > most && least !== '' && most !== '')
    issue('max', 'max is below min: no answer would fit.');
}
