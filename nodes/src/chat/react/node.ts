import { defineNode } from '@parley/runtime';
import { z } from 'zod';

const MAX_EMOJI = 40; // UTF-16 units: a family of four with skin colours has 27
const EMOJI = /^(?=.*(\p{Extended_Pictographic}|\p{Regional_Indicator}|\u{20e3}))\S+$/u;

/** True for one emoji as a person sees it, flags and families included. */
function isEmoji(text: string): boolean {
  return EMOJI.test(text) && [...new Intl.Segmenter('en').segment(text)].length === 1;
}

const config = z.strictObject({
  emoji: z
    .string()
    .max(MAX_EMOJI)
    .refine(
      (text) => text === '' || text.includes('{{') || isEmoji(text),
      'Choose one emoji, or leave it empty to take the reaction away.',
    )
    .meta({ label: 'Emoji', input: 'emoji' }),
});

/**
 * Puts an emoji on the person's last message; an empty one takes it away. Twilio has no reactions: the flow goes on without
 * it, or by `error` where that is wired.
 */
export const react = defineNode({
  type: 'chat.react',
  title: 'React',
  group: 'chat',
  icon: 'mood-smile',
  description: "Puts an emoji on the person's last message, or takes it away.",
  config,
  sends: true,
  ports: () => ['next'],
  run: ({ config, message }) => {
    const emoji = config.emoji.trim();
    if (!message) throw new Error('The person has not written yet: there is no message to react to.');
    if (emoji !== '' && !isEmoji(emoji)) throw new Error(`"${emoji.slice(0, MAX_EMOJI)}" is not one emoji.`);
    return { port: 'next', effects: [{ type: 'message.send', content: { kind: 'reaction', emoji, to: 'last' } }] };
  },
});
