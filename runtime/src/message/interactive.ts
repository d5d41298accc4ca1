import { z } from 'zod';
import { isWebAddress } from './address.ts';
import { LIMITS } from './limits.ts';

const text = (limit: number) => z.string().min(1).max(limit);
const footer = z.string().max(LIMITS.footer).optional();
const NO_ADDRESS = 'Write a web address that begins with https:// or http://.';
/** Where the provider fetches a file; signed ones are longer than what a button may open. */
export const FileAddress = z.string().refine(isWebAddress, NO_ADDRESS);
const file = { url: FileAddress.optional(), mediaId: z.string().min(1).optional() };
export const hasFile = ({ url, mediaId }: { url?: string | undefined; mediaId?: string | undefined }) =>
  url !== undefined || mediaId !== undefined;
export const NO_FILE = { message: 'Give the address of the file (url), or choose one (mediaId).', path: ['url'] };
const address = z.string().max(LIMITS.url).refine(isWebAddress, NO_ADDRESS);
const body = text(LIMITS.interactiveBody);

/** A picture, a video or a document above the text of an interactive message. */
export const MediaHeader = z
  .object({ kind: z.enum(['image', 'video', 'document']), ...file, filename: z.string().optional() })
  .refine(hasFile, NO_FILE);
export type MediaHeader = z.infer<typeof MediaHeader>;

/** What stands above the text: a few words, or a file. */
export const Header = z.union([z.string().max(LIMITS.headerText), MediaHeader]);
export type Header = z.infer<typeof Header>;

/** A text with one button that opens a web page. */
export const CallToAction = z.object({
  kind: z.literal('callToAction'),
  text: body,
  button: text(LIMITS.callToActionButton),
  url: address,
  header: Header.optional(),
  footer,
});

/** Asks for the person's place with a button. */
export const LocationRequest = z.object({ kind: z.literal('locationRequest'), text: body });

/** A button that opens a form which was made in WhatsApp (a "Flow" in Meta's words). */
export const Form = z
  .object({
    kind: z.literal('form'),
    text: body,
    button: text(LIMITS.formButton),
    formId: z.string().min(1).optional(),
    formName: z.string().min(1).optional(),
    /** The screen to open and what to fill it with; without it the form's own first screen. */
    screen: text(LIMITS.formScreen).optional(),
    data: z.record(z.string(), z.json()).optional(),
    /** Comes back with the answers. */
    token: text(LIMITS.formToken),
    mode: z.enum(['draft', 'published']).optional(),
    header: Header.optional(),
    footer,
  })
  .refine(({ formId, formName }) => (formId === undefined) !== (formName === undefined), {
    message: 'Name the form by its id or by its name, not by both.',
    path: ['formId'],
  });

const productId = text(LIMITS.productId);
/** Where to see the goods without WhatsApp's catalogue, for a provider that cannot show it. */
const link = address.optional();

export const Product = z.object({
  kind: z.literal('product'),
  catalogId: text(LIMITS.productId),
  productId,
  text: body.optional(),
  footer,
  link,
});

/** Several products of a catalogue, from which a person can fill a cart. */
export const Products = z
  .object({
    kind: z.literal('products'),
    header: text(LIMITS.headerText),
    text: body,
    catalogId: text(LIMITS.productId),
    sections: z
      .array(z.object({ title: text(LIMITS.productSectionTitle), productIds: z.array(productId).min(1) }))
      .min(1)
      .max(LIMITS.productSections),
    footer,
    link,
  })
  .refine(({ sections }) => sections.flatMap((one) => one.productIds).length <= LIMITS.products, {
    message: `Keep at most ${LIMITS.products} products in all sections together.`,
    path: ['sections'],
  });

export const Card = z.object({
  header: z.object({ kind: z.enum(['image', 'video']), ...file }).refine(hasFile, NO_FILE),
  text: z
    .string()
    .max(LIMITS.cardText)
    .refine((words) => words.split('\n').length <= LIMITS.cardLineBreaks + 1, {
      message: `A card's text holds at most ${LIMITS.cardLineBreaks} line breaks.`,
    })
    .optional(),
  /** Either `url` with the words on its button, or the buttons that answer. */
  url: address.optional(),
  button: text(LIMITS.buttonTitle).optional(),
  buttons: z
    .array(z.object({ id: text(LIMITS.buttonId), title: text(LIMITS.buttonTitle) }))
    .min(1)
    .max(LIMITS.cardButtons)
    .optional(),
});

/** Cards side by side; all have the same sort of header, and the same sort and number of buttons. */
export const Carousel = z
  .object({
    kind: z.literal('carousel'),
    text: body,
    cards: z.array(Card).min(LIMITS.carouselCardsLeast).max(LIMITS.carouselCards),
  })
  .superRefine(({ cards }, ctx) => mustBeAlike(cards, ctx));

type CardShape = Pick<z.infer<typeof Card>, 'header' | 'url' | 'button' | 'buttons'>;

/** Meta: all cards of a carousel have the same kind of header and the same buttons, in sort and number. */
export function mustBeAlike(cards: readonly CardShape[], ctx: z.core.$RefinementCtx<unknown>): void {
  const [first] = cards;
  cards.forEach((card, index) => {
    const issue = (field: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: ['cards', index, field], message });
    const opens = card.url !== undefined;
    if (opens === (card.buttons !== undefined))
      issue('buttons', 'Give the card either a web address (url) or buttons that answer.');
    if (opens !== (card.button !== undefined))
      issue('button', opens ? 'Write the words on the button that opens the address.' : 'Only a card with url has it.');
    if (!first || index === 0) return;
    if (card.header.kind !== first.header.kind)
      issue('header', `All cards show the same sort of file; the first one shows a ${first.header.kind}.`);
    if (opens !== (first.url !== undefined) || card.buttons?.length !== first.buttons?.length)
      issue('buttons', 'All cards have the same sort and number of buttons.');
  });
}
