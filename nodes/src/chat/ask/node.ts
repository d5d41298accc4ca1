import { DurationField, defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { timeoutOf } from '../choice.ts';
import { ANSWERS, type Answer, readAnswer } from './answer.ts';
import { notUnderstood } from './not-understood.ts';

const config = z
  .strictObject({
    text: limitedText(LIMITS.text).meta({ label: 'Question', input: 'textarea' }),
    answer: z.enum(ANSWERS).default('text').meta({ label: 'Expects' }),
    choices: z.array(z.string().min(1).max(200)).max(50).default([]).meta({ label: 'Choices' }),
    saveAs: VariableName.optional().meta({ label: 'Remember as' }),
    retries: z.int().min(0).max(10).default(2).meta({ label: 'Ask again' }),
    invalidText: limitedText(LIMITS.text).optional().meta({ label: 'When the answer does not fit', input: 'textarea' }),
    words: z.boolean().default(false).meta({ label: 'Read "three" as 3' }),
    timeout: DurationField.optional().meta({ label: 'Give up after' }),
  })
  .superRefine((value, ctx) => {
    if (value.answer === 'choice' && value.choices.length === 0)
      ctx.addIssue({ code: 'custom', path: ['choices'], message: 'Add at least one choice.' });
  });

/** Asks a question and listens. A retry is one message; after `retries` more askings the port `invalid` is taken. */
export const ask = defineNode({
  type: 'chat.ask',
  title: 'Ask a question',
  group: 'chat',
  icon: 'message-question',
  description:
    'Asks for a text, a number, an e-mail address, a phone, a date, a choice, a file or a place, and keeps the answer.',
  config,
  literal: ['saveAs', 'answer'],
  sends: true,
  ports: () => ['next', 'invalid', 'timeout'],
  wait: {
    prompt: ({ config, asked, language }) => {
      const text = asked === 0 ? config.text : (config.invalidText ?? askedAgain(config, language));
      return { effects: [{ type: 'message.send', content: { kind: 'text', text } }] };
    },
    on: ['message'],
    timers: ({ config }) => timeoutOf(config),
    receive: ({ config, event, asked, language, wired }) => {
      if (event.type !== 'message') return { stay: true };
      const value = readAnswer(event.message, {
        answer: config.answer,
        choices: config.choices,
        words: config.words,
        language,
      });
      if (value !== undefined) return { port: 'next', set: config.saveAs ? { [config.saveAs]: value } : {} };
      if (asked < config.retries) return { again: true };
      if (wired('invalid')) return { port: 'invalid' };
      return {
        fault: {
          code: 'not_understood',
          message: `No answer fitted in ${config.retries + 1} askings. Wire the port "invalid".`,
        },
      };
    },
  },
});

/** What does not fit, then the question; a question as long as a message may be is not repeated. */
function askedAgain({ answer, text }: { answer: Answer; text: string }, language: string): string {
  const sentence = notUnderstood(answer, language);
  const both = `${sentence}\n\n${text}`;
  return both.length <= LIMITS.text ? both : sentence;
}
