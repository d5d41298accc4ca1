import { defineNode, LIMITS, limitedText, mustBeAlike, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { type Choice, receiveChoice, told } from '../choice.ts';
import { LISTENS, listeningFields, listeningTimers, remindBeforeTimeout } from '../listening.ts';
import { uniqueChoices } from '../unique-choices.ts';
import { webAddress } from '../web-address.ts';

const Card = z.strictObject({
  header: z
    .strictObject({
      kind: z.enum(['image', 'video']).meta({ label: 'Show', options: { image: 'Picture', video: 'Video' } }),
      url: z.string().min(1).max(LIMITS.url).optional(),
      mediaId: z.string().min(1).optional(),
    })
    .refine(({ url, mediaId }) => url !== undefined || mediaId !== undefined, {
      message: 'Give the address of the file (url), or choose one (mediaId).',
      path: ['url'],
    })
    .meta({ label: 'Picture or video', input: 'header' }),
  text: limitedText(LIMITS.cardText).optional().meta({ label: 'Text', input: 'textarea' }),
  url: webAddress.optional().meta({ label: 'Address that the button opens' }),
  button: limitedText(LIMITS.buttonTitle).optional().meta({ label: 'Words on that button' }),
  buttons: z
    .array(z.strictObject({ id: z.string().min(1).max(LIMITS.buttonId), title: limitedText(LIMITS.buttonTitle) }))
    .min(1)
    .max(LIMITS.cardButtons)
    .optional()
    .meta({ label: 'Buttons that answer' }),
});
type Card = z.output<typeof Card>;

const config = z
  .strictObject({
    text: limitedText(LIMITS.interactiveBody).meta({ label: 'Message', input: 'textarea' }),
    cards: z.array(Card).min(LIMITS.carouselCardsLeast).max(LIMITS.carouselCards).meta({ label: 'Cards' }),
    saveAs: VariableName.optional().meta({ label: "Remember the button's id as" }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    mustBeAlike(value.cards, ctx);
    value.cards.forEach((card, index) => {
      const path = ['cards', index, 'buttons'];
      uniqueChoices(card.buttons ?? [], path, ctx);
      const before = new Set(choicesOf(value.cards.slice(0, index)).map((one) => one.id));
      card.buttons?.forEach(({ id }, at) => {
        if (before.has(id))
          ctx.addIssue({
            code: 'custom',
            path: [...path, at, 'id'],
            message: `Two buttons have the id ${id}. Give each its own.`,
            params: { says: 'same_id', id },
          });
      });
    });
    for (const field of ['saveAs', 'reminders', 'timeout'] as const) {
      if (!answers(value) && value[field] !== undefined)
        ctx.addIssue({
          code: 'custom',
          path: [field],
          message: `Cards that open addresses do not wait for an answer: leave ${field} out, or give the cards buttons.`,
          params: { says: 'cards_wait' },
        });
    }
    remindBeforeTimeout(value, ctx);
  });

const choicesOf = (cards: readonly Card[]): Choice[] => cards.flatMap((card) => card.buttons ?? []);
const answers = ({ cards }: { cards: readonly Card[] }): boolean => choicesOf(cards).length > 0;

/** Shows cards side by side. Their buttons open addresses (then it goes on at once) or answer (then each is a port). */
export const carousel = defineNode({
  type: 'chat.carousel',
  title: 'Show cards',
  group: 'chat',
  icon: 'carousel-horizontal',
  description: 'Shows two to ten cards with a picture each, whose buttons open a page or answer.',
  config,
  literal: ['saveAs'],
  sends: true,
  listens: answers,
  ports: (config) =>
    answers(config) ? [...choicesOf(config.cards).map((choice) => choice.id), 'other', 'timeout'] : ['next'],
  wait: {
    prompt: ({ config }) => ({
      ...(answers(config) ? {} : { port: 'next' }),
      effects: [{ type: 'message.send', content: { kind: 'carousel', text: config.text, cards: config.cards } }],
    }),
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) => receiveChoice(ctx, told(choicesOf(ctx.config.cards)), { keep: 'id' }),
  },
});
