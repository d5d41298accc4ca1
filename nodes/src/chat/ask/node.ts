import { type Context, defineNode, LIMITS } from '@parley/runtime';
import { heard, LISTENS, listeningTimers } from '../listening.ts';
import { type Asked, readAnswer } from './answer.ts';
import { type Config, config } from './config.ts';
import { wordsOf } from './refusal.ts';

/** Asks a question and listens. A retry is one message; after `retries` more askings the port `invalid` is taken. */
export const ask = defineNode({
  type: 'chat.ask',
  title: 'Ask a question',
  group: 'chat',
  icon: 'message-question',
  description:
    'Asks for a text, a number, an e-mail address, a phone, a date, a choice, a file or a place, and keeps the answer.',
  config,
  literal: ['saveAs', 'answer', 'pattern', 'country', 'period', 'kinds'],
  typed: ['min', 'max'],
  sends: true,
  ports: () => ['next', 'invalid', 'timeout'],
  wait: {
    prompt: (ctx) => {
      const text = ctx.asked === 0 ? ctx.config.text : (ctx.config.invalidText ?? askedAgain(ctx));
      return { effects: [{ type: 'message.send', content: { kind: 'text', text } }] };
    },
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) =>
      heard(ctx, (message) => {
        const { config, asked, wired } = ctx;
        const reading = readAnswer(message, config, askedIn(ctx));
        if ('value' in reading) return { port: 'next', set: config.saveAs ? { [config.saveAs]: reading.value } : {} };
        if (asked < config.retries) return { again: true };
        if (wired('invalid')) return { port: 'invalid' };
        return {
          fault: {
            code: 'not_understood',
            message: `No answer fitted in ${config.retries + 1} askings. Wire the port "invalid".`,
          },
        };
      }),
  },
});

const askedIn = ({ language, timezone, now }: Context<unknown>): Asked => ({ language, timezone, now });

/** What does not fit, then the question; a question as long as a message may be is not repeated. */
function askedAgain(ctx: Context<Config>): string {
  const { config, message, language } = ctx;
  const reading = message ? readAnswer(message, config, askedIn(ctx)) : null;
  // Who came back from elsewhere said nothing wrong
  if (!reading || 'value' in reading) return config.text;
  const sentence = wordsOf(reading.refused, language);
  const both = `${sentence}\n\n${config.text}`;
  return both.length <= LIMITS.text ? both : sentence.slice(0, LIMITS.text);
}
