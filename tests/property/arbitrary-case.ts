import { inboundMessage, inboundText } from '@parley/runtime';
import fc from 'fast-check';
import { flowOf, IS_WIDE, ROWS } from './arbitrary-flow.ts';
import type { Case, Input } from './case.ts';

const words = fc.constantFrom(
  ...['hi', 'again', '1', '2.', '12', '1.234,5', 'twelve', 'yes', 'Béta', 'beta', ' Red ', 'ana@example.com'],
  ...['2026-03-31', '+44 7911 123456', 'agent', 'back', 'menu', '', '😀 {{n}} $set', '<script>', 'x'.repeat(300)],
);
const stopWords = fc.constantFrom('STOP', 'start', 'Stop.');
const media = { id: '99', url: null, contentType: 'image/png', filename: null, caption: 'mine' };
const place = { latitude: 1.5, longitude: -2, name: 'Home', address: null };

const message = fc.oneof(
  { weight: 6, arbitrary: words.map(inboundText) },
  { weight: IS_WIDE ? 1 : 0, arbitrary: stopWords.map(inboundText) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...ROWS, { id: 'unknown', title: 'Old button' })
      .map(({ id, title }) => inboundMessage({ type: 'button', text: title, payload: id })),
  },
  fc.constant(inboundMessage({ type: 'image', text: 'mine', media })),
  fc.constant(inboundMessage({ type: 'location', text: 'Home', location: place })),
  fc.constant(inboundMessage({ type: 'form', data: { size: 12, name: 'Ana' } })),
  fc.constant(inboundMessage({ type: 'reaction', text: '👍', data: { emoji: '👍' } })),
  fc.constant(
    inboundMessage({
      type: 'order',
      data: {
        catalog_id: '1',
        product_items: [{ product_retailer_id: 'p1', quantity: 2, item_price: 5, currency: 'EUR' }],
      },
    }),
  ),
  fc
    .constantFrom('video', 'audio', 'document', 'sticker')
    .map((type) => inboundMessage({ type: type as 'video', media })),
);

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 12, arbitrary: message.map((say) => ({ say })) },
  {
    weight: IS_WIDE ? 2 : 0,
    arbitrary: fc.constantFrom('order.paid', 'order.lost').map((name) => ({ happen: { name, data: { total: 12 } } })),
  },
  { weight: 2, arbitrary: fc.constant({ resume: true as const }) },
  { weight: 1, arbitrary: fc.constant({ refuse: true as const }) },
  { weight: 2, arbitrary: fc.constant({ nothing: true as const }) },
);

interface Published {
  id: string;
  document: object;
}

const TRIED = 'flw_PHONE_a';
const INSIDE = 'flw_PHONE_b';
const INNERMOST = 'flw_PHONE_c';
const starts = [TRIED, INSIDE, INNERMOST];

const published = (id: string, document: fc.Arbitrary<object>): fc.Arbitrary<Published> =>
  document.map((one) => ({ id, document: one }));

/** The flow that is tried, first, and those that it may run inside or start: two deep, and back to itself. */
const flows: fc.Arbitrary<[Published, ...Published[]]> = IS_WIDE
  ? fc.tuple(
      published(TRIED, flowOf({ named: { inside: [INSIDE, INNERMOST], starts }, steps: 10, called: null })),
      published(INSIDE, flowOf({ named: { inside: [INNERMOST], starts }, steps: 5, called: 'too' })),
      published(INNERMOST, flowOf({ named: { inside: [], starts }, steps: 4, called: 'only' })),
    )
  : fc.tuple(published(TRIED, flowOf({ named: { inside: [], starts: [] }, steps: 10, called: null })));

const ROUNDS = 6; // messages from the person, or what else happens

/** Conversations, and the time that passes after each of their rounds. */
export interface Batch {
  cases: Case[];
  waits: string[];
}

const wait = fc.constantFrom('PT0S', 'PT0S', 'PT1M', 'PT5M', 'PT12M', 'PT30M', 'PT1H');

/** `count` conversations in batches of `size`, the same for the same seed. */
export function drawBatches(count: number, size: number, seed: number): Batch[] {
  const drawn = fc.sample(fc.record({ flows, inputs: fc.array(input, { minLength: ROUNDS, maxLength: ROUNDS }) }), {
    numRuns: count,
    seed,
  });
  const all = drawn.map(({ flows, inputs }, index): Case => {
    const phone = `+${447_700_000_000 + index}`;
    const own = JSON.parse(JSON.stringify(flows).replaceAll('PHONE', phone.slice(1))) as typeof flows;
    const [tried, ...others] = own;
    return {
      name: `case ${index}`,
      phone,
      ...tried,
      others,
      inputs: asksTheWorld(own) ? withoutRefusals(inputs) : inputs,
    };
  });
  const waits = fc.sample(fc.array(wait, { minLength: ROUNDS, maxLength: ROUNDS }), {
    numRuns: Math.ceil(count / size),
    seed,
  });
  return waits.map((one, index) => ({ waits: one, cases: all.slice(index * size, (index + 1) * size) }));
}

/** A refusal and an answer of the world race on a server, and whoever comes first is right: not for comparing. */
const asksTheWorld = (flows: object): boolean => /"(http\.request|data\.code)"/.test(JSON.stringify(flows));
const withoutRefusals = (inputs: Input[]): Input[] =>
  inputs.map((one) => ('refuse' in one ? { nothing: true as const } : one));
