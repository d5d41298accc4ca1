import { defineNode, type Json, LIMITS, limitedText, VariableName, valueToText } from '@parley/runtime';
import { z } from 'zod';
import { catalogId, link, productId } from '../catalogue.ts';
import { footer } from '../framing.ts';
import { heard, LISTENS, listeningFields, listeningTimers, notExpected, remindBeforeTimeout } from '../listening.ts';
import { orderOf } from './order.ts';

/** One expression and nothing else: it keeps its type. */
const LONE_TEMPLATE = /^\s*\{\{[^{}]+\}\}\s*$/;
const NO_LIST = 'List the products, or write one template that gives a list, such as {{ids}}.';

const Section = z.strictObject({
  title: limitedText(LIMITS.productSectionTitle).meta({ label: 'Title' }),
  productIds: z
    .union([z.array(productId).min(1).max(LIMITS.products), z.string().regex(LONE_TEMPLATE, NO_LIST)])
    .meta({ label: 'Products' }),
});

const config = z
  .strictObject({
    header: limitedText(LIMITS.headerText).meta({ label: 'Header' }),
    text: limitedText(LIMITS.interactiveBody).meta({ label: 'Message', input: 'textarea' }),
    catalogId,
    sections: z.array(Section).min(1).max(LIMITS.productSections).meta({ label: 'Sections' }),
    footer,
    link,
    waitForOrder: z.boolean().default(false).meta({ label: 'Wait for an order' }),
    saveAs: VariableName.optional().meta({ label: 'Remember the order as' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    const issue = (path: string, message: string, params: Record<string, unknown>) =>
      ctx.addIssue({ code: 'custom', path: [path], message, params });
    // Meta: at most 30 products over all sections
    if (value.sections.flatMap((section) => section.productIds).length > LIMITS.products)
      issue('sections', `Keep at most ${LIMITS.products} products in all sections together.`, {
        says: 'products',
        limit: LIMITS.products,
      });
    for (const field of ['saveAs', 'reminders', 'timeout'] as const) {
      if (!value.waitForOrder && value[field] !== undefined)
        issue(field, `Only a node that waits for an order has ${field}: set waitForOrder, or leave it out.`, {
          says: 'order_wait',
        });
    }
    remindBeforeTimeout(value, ctx);
  });

/**
 * Shows products of the catalogue; the person can fill a cart. With `waitForOrder` it keeps the order that comes back.
 * `productIds` are numbers of the catalogue, or one `{{list}}` that gives them; up to 30 in all.
 */
export const products = defineNode({
  type: 'chat.products',
  title: 'Show products',
  group: 'chat',
  icon: 'shopping-cart',
  description: 'Shows products of the catalogue in sections, and can wait for the order.',
  config,
  literal: ['saveAs'],
  typed: ['sections'],
  sends: true,
  listens: ({ waitForOrder }) => waitForOrder,
  ports: ({ waitForOrder }) => (waitForOrder ? ['ordered', 'other', 'timeout'] : ['next']),
  wait: {
    prompt: ({ config }) => {
      const { header, text, catalogId, footer, link, waitForOrder } = config;
      const sections = config.sections.map(sectionOf);
      const content = { kind: 'products', header, text, catalogId, sections, footer, link } as const;
      return { ...(waitForOrder ? {} : { port: 'next' }), effects: [{ type: 'message.send', content }] };
    },
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) =>
      heard(ctx, (message) => {
        const order = orderOf(message);
        if (!order) return notExpected(ctx, 'no order');
        const { saveAs } = ctx.config;
        return { port: 'ordered', set: saveAs ? { [saveAs]: order } : {} };
      }),
  },
});

/**
 * A section as its templates were rendered: lists among the products are laid out, empty ones fall away, each counts once.
 * Throws words for the author where nothing is left, or where something is no product.
 */
function sectionOf({ title: given, productIds }: { title: Json; productIds: Json }): {
  title: string;
  productIds: string[];
} {
  const title = valueToText(given);
  const ids = new Set([productIds].flat(2).map((one) => idOf(one, title.slice(0, 40))));
  ids.delete('');
  if (ids.size > 0) return { title, productIds: [...ids] };
  throw new Error(`The section "${title.slice(0, 40)}" has no products. Show it only when there are some.`);
}

function idOf(given: Json, section: string): string {
  if (typeof given === 'object' && given !== null)
    throw new Error(
      `A product of the section "${section}" is ${JSON.stringify(given).slice(0, 60)}. Give its number in the catalogue.`,
    );
  return valueToText(given).trim();
}
