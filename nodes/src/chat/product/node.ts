import { defineNode, LIMITS, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { catalogId, link, productId } from '../catalogue.ts';
import { footer } from '../framing.ts';

const config = z.strictObject({
  catalogId,
  productId,
  text: limitedText(LIMITS.interactiveBody).optional().meta({ label: 'Message', input: 'textarea' }),
  footer,
  link,
});

/** Shows one product of the catalogue and goes on. A question about it comes as a message, an order as an order. */
export const product = defineNode({
  type: 'chat.product',
  title: 'Show a product',
  group: 'chat',
  icon: 'shopping-bag',
  description: 'Shows one product of the catalogue, with its picture and price.',
  config,
  sends: true,
  ports: () => ['next'],
  run: ({ config }) => ({
    port: 'next',
    effects: [{ type: 'message.send', content: { kind: 'product', ...config } }],
  }),
});
