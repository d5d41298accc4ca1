import { defineNode, LIMITS, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { catalogId, link, productId } from '../catalogue.ts';
import { footer } from '../framing.ts';
import { heard, LISTENS, listeningFields, listeningTimers, notExpected, remindBeforeTimeout } from '../listening.ts';
import { orderOf } from './order.ts';

const Section = z.strictObject({
  title: limitedText(LIMITS.productSectionTitle).meta({ label: 'Title' }),
  productIds: z.array(productId).min(1).max(LIMITS.products).meta({ label: 'Products' }),
});

const config = z
  .strictObject({
    header: limitedText(LIMITS.headerText).meta({ label: 'Header' }),
    text: limitedText(LIMITS.interactiveBody).meta({ label: 'Message', input: 'textarea' }),
    catalogId,
    sections: z.array(Section).min(1).max(LIMITS.productSections),
    footer,
    link,
    waitForOrder: z.boolean().default(false).meta({ label: 'Wait for an order' }),
    saveAs: VariableName.optional().meta({ label: 'Remember the order as' }),
    ...listeningFields,
  })
  .superRefine((value, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    // Meta: at most 30 products over all sections
    if (value.sections.flatMap((section) => section.productIds).length > LIMITS.products)
      issue('sections', `Keep at most ${LIMITS.products} products in all sections together.`);
    for (const field of ['saveAs', 'reminders', 'timeout'] as const) {
      if (!value.waitForOrder && value[field] !== undefined)
        issue(field, `Only a node that waits for an order has ${field}: set waitForOrder, or leave it out.`);
    }
    remindBeforeTimeout(value, ctx);
  });

/** Shows products of the catalogue; the person can fill a cart. With `waitForOrder` it keeps the order that comes back. */
export const products = defineNode({
  type: 'chat.products',
  title: 'Show products',
  group: 'chat',
  icon: 'shopping-cart',
  description: 'Shows products of the catalogue in sections, and can wait for the order.',
  config,
  literal: ['saveAs'],
  sends: true,
  listens: ({ waitForOrder }) => waitForOrder,
  ports: ({ waitForOrder }) => (waitForOrder ? ['ordered', 'other', 'timeout'] : ['next']),
  wait: {
    prompt: ({ config: { header, text, catalogId, sections, footer, link, waitForOrder } }) => ({
      ...(waitForOrder ? {} : { port: 'next' }),
      effects: [
        { type: 'message.send', content: { kind: 'products', header, text, catalogId, sections, footer, link } },
      ],
    }),
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
