import {
  compilePattern,
  defineNode,
  fold,
  type InboundMessage,
  matchesPattern,
  type TriggerClaim,
} from '@parley/runtime';
import { z } from 'zod';

const config = z
  .strictObject({
    match: z
      .enum(['keyword', 'any', 'first', 'button', 'referral'])
      .default('keyword')
      .meta({
        label: 'Begins on',
        options: {
          keyword: 'Certain words',
          any: 'Any message',
          first: 'The first message of a person',
          button: 'A tapped button',
          referral: 'A click on an ad',
        },
      }),
    keywords: z.array(z.string().min(1).max(200)).max(100).default([]).meta({ label: 'Words', placeholder: 'hello' }),
    how: z
      .enum(['equals', 'contains', 'starts', 'pattern'])
      .default('equals')
      .meta({
        label: 'The message',
        options: {
          equals: 'is the word',
          contains: 'contains the word',
          starts: 'begins with it',
          pattern: 'fits a pattern',
        },
      }),
    payload: z.string().min(1).max(256).optional().meta({ label: 'Button id' }),
    title: z.string().min(1).max(200).optional().meta({ label: 'Button title' }),
    source: z.string().min(1).max(200).optional().meta({ label: 'Ad id' }),
  })
  .superRefine((value, ctx) => {
    const issue = (path: string, message: string, params = {}) =>
      ctx.addIssue({ code: 'custom', path: [path], message, params });
    if (value.match === 'keyword' && value.keywords.length === 0) issue('keywords', 'Add at least one word.');
    if (value.match === 'button' && !value.payload && !value.title)
      issue('payload', 'Give the id or the title of the button.');
    if (value.how !== 'pattern' && value.keywords.some((one) => fold(one) === ''))
      issue('keywords', 'A word holds at least a letter, a digit or a sign.');
    const broken = value.how === 'pattern' ? value.keywords.find((one) => compilePattern(one) === null) : undefined;
    if (broken !== undefined)
      issue('keywords', `The pattern ${broken} cannot be read.`, { says: 'pattern', pattern: broken });
  });
type Config = z.output<typeof config>;

/** Begins a session when a person writes. Which flow wins where several claim a message: section 3.3 of the API. */
export const messageTrigger = defineNode({
  type: 'trigger.message',
  title: 'A message arrives',
  group: 'trigger',
  icon: 'message',
  description: 'Begins the bot when a message has one of the words, comes from a button or an ad, or is the first one.',
  config,
  literal: ['match', 'keywords', 'how', 'payload', 'title', 'source'],
  ports: () => ['next'],
  claims: (value, { message, first }) => claimOf(value, message, first),
  run: () => ({ port: 'next' }),
});

function claimOf(config: Config, message: InboundMessage, first: boolean): TriggerClaim | null {
  switch (config.match) {
    case 'any':
      return { kind: 'any', by: 'any message' };
    case 'first':
      return first ? { kind: 'first', by: 'the first message' } : null;
    case 'button':
      return claimsButton(config, message) ? { kind: 'button', by: config.payload ?? config.title ?? '' } : null;
    case 'referral': {
      const source = message.referral?.sourceId ?? null;
      const wanted = message.referral && (!config.source || config.source === source);
      return wanted ? { kind: 'referral', by: source ?? 'an ad' } : null;
    }
    case 'keyword':
      return claimsWord(config, message);
  }
}

function claimsButton({ payload, title }: Config, message: InboundMessage): boolean {
  if (message.type !== 'button') return false;
  if (payload !== undefined && message.payload === payload) return true;
  return title !== undefined && message.text !== null && fold(message.text) === fold(title);
}

function claimsWord({ keywords, how }: Config, { text }: InboundMessage): TriggerClaim | null {
  if (text === null) return null;
  const said = fold(text);
  const found = keywords.find((keyword) => {
    if (how === 'pattern') return matchesPattern(keyword, text.trim()) || matchesPattern(keyword, said);
    const word = fold(keyword);
    if (how === 'starts') return said.startsWith(word);
    return how === 'contains' ? said.includes(word) : said === word;
  });
  return found === undefined ? null : { kind: how, by: found };
}
