import { expect, it } from 'vitest';
import { messageOf } from './message.ts';

const read = (fields: Record<string, unknown>) => {
  const element = messageOf({ id: 'wamid.1', from: '447700900001', ...fields }, { contacts: [], index: 0, count: 1 });
  return element?.kind === 'message' ? element.message : null;
};
const form = (reply: unknown) => read({ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } });

it('keeps which product of the catalogue a question is about', () =>
  expect(
    read({
      type: 'text',
      text: { body: 'Is this still available?' },
      context: {
        id: 'wamid.0',
        referred_product: { catalog_id: '194836987003835', product_retailer_id: 'di9ozbzfi4' },
      },
    }),
  ).toMatchObject({
    type: 'text',
    text: 'Is this still available?',
    data: { product: { catalogId: '194836987003835', productId: 'di9ozbzfi4' } },
  }));

it.each([[undefined], ['a product'], [null]])('takes a question about no product (%s) as it is', (referred_product) =>
  expect(read({ type: 'text', text: { body: 'Hi' }, context: { referred_product } })).toMatchObject({ data: null }),
);

it.each([
  ['as JSON in a text', '{"size":"M","flow_token":"t-1"}', { size: 'M', flow_token: 't-1' }],
  ['as an object', { size: 'M' }, { size: 'M' }],
  ['as nothing', undefined, {}],
  ['as a list', '[1]', { value: [1] }],
  ['as no JSON', '{"size"', { value: '{"size"' }],
])('reads the answers of a form that come %s', (_, response_json, answers) =>
  expect(form({ name: 'flow', body: 'Sent', response_json })).toMatchObject({
    type: 'form',
    text: 'Sent',
    data: { name: 'flow', answers },
  }),
);

it('takes a tap on a card like one on a button', () =>
  expect(
    read({ type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'red', title: 'Take it' } } }),
  ).toMatchObject({ type: 'button', payload: 'red', text: 'Take it' }));
