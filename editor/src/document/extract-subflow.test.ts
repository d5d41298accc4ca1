import { checkFlow, type Flow, runScript, scriptSchema } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { extractSubflow } from './extract-subflow.ts';
import { edited, flowOf, nodeTypes } from './testing.ts';

const shop = flowOf(
  {
    start: ['trigger.message', { match: 'any' }],
    hello: ['data.set', { assign: { shop: 'Tea & Co' } }],
    which: [
      'chat.buttons',
      {
        text: 'Welcome to {{shop}}',
        buttons: [
          { id: 'tea', title: 'Tea' },
          { id: 'mugs', title: 'Mugs' },
          { id: 'no', title: 'No' },
        ],
        saveAs: 'goods',
      },
    ],
    many: ['chat.ask', { text: 'How many {{goods}}?', answer: 'number', saveAs: 'count' }],
    thanks: ['chat.send', { text: '{{count}} {{goods}} from {{shop}}' }],
    bye: ['chat.send', { text: 'Bye' }],
  },
  ['start.next>hello', 'hello.next>which', 'which.tea>many', 'which.mugs>many', 'which.no>bye', 'many.next>thanks'],
  {
    variables: [{ name: 'count', type: 'number' }],
    translations: { pt: { 'many.text': 'Quantos?' } },
    layout: { nodes: { which: [100, 0], many: [400, 0], thanks: [700, 0] } },
  },
);

const says = async (flow: Flow, others: Record<string, Flow>, words: string[]) => {
  const steps = words.map((text) => ({ in: { text } }));
  const script = scriptSchema.parse({ format: 'parley.script/1', flow: {}, steps });
  const { said, faults } = await runScript(script, flow, nodeTypes, {}, others);
  return { said, faults };
};

describe('a selection becomes a flow of its own', () => {
  const extracted = extractSubflow(shop, ['which', 'many'], nodeTypes, 'Choose');
  if (!extracted.ok) throw new Error(extracted.reason);
  const after = edited(shop, extracted.edits('choose'));

  it('with what it needs, and a way out for each way that led out', () => {
    expect(extracted.document.nodes.map(({ id }) => id)).toEqual(['start', 'which', 'many', 'end', 'end2']);
    expect(extracted.document.variables).toEqual([{ name: 'count', type: 'number' }]);
    expect(extracted.document.translations).toEqual({ pt: { 'many.text': 'Quantos?' } });
    expect(after.nodes.map(({ id }) => id)).toEqual(['start', 'hello', 'thanks', 'bye', 'subflow']);
    expect(after.nodes.at(-1)?.config).toMatchObject({ flow: 'choose', outcomes: ['bye', 'thanks'] });
  });
  it('in which the checks find no error, neither in what stays', () => {
    const errors = [extracted.document, after].flatMap((flow) => checkFlow(flow, nodeTypes));
    expect(errors.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it.each([
    ['Hi', 'Tea', '3'],
    ['Hi', 'Mugs', 'a few', '12'],
    ['Hi', 'No'],
    ['Hi', 'what?'],
  ])('and the bot behaves as before: %s %s %s', async (...words) =>
    expect(await says(after, { choose: extracted.document }, words)).toEqual(await says(shop, {}, words)),
  );
});

describe('one way out where nothing ends inside', () => {
  it('is "next"', () => {
    const extracted = extractSubflow(shop, ['hello'], nodeTypes, 'Hello');
    if (!extracted.ok) throw new Error(extracted.reason);
    expect(edited(shop, extracted.edits('x')).edges.at(-1)).toMatchObject({ sourceHandle: 'next', target: 'which' });
  });
});

describe('what cannot be taken out is refused, with the reason', () => {
  const linked = flowOf(
    {
      start: ['trigger.message', { match: 'any' }],
      a: ['chat.send', { text: 'A' }],
      go: ['logic.goTo', { target: 'a' }],
    },
    ['start.next>a', 'a.next>go'],
  );
  const ends = flowOf({ a: ['chat.send', { text: 'A' }], z: ['logic.end', { outcome: 'sold' }] }, ['a.next>z']);
  const ruled = { ...shop, settings: { ...shop.settings, interrupts: [{ keywords: ['x'], target: 'many' }] } };
  it.each([
    ['empty', shop, []],
    ['empty', shop, ['ghost']],
    ['trigger', shop, ['start', 'hello']],
    ['entries', shop, ['many', 'bye']],
    ['links', linked, ['a']],
    ['links', linked, ['go']],
    ['links', ruled, ['many']],
    ['ends', ends, ['a', 'z']],
  ] as const)('%s', (reason, flow, ids) =>
    expect(extractSubflow(flow, ids, nodeTypes, 'X')).toEqual({ ok: false, reason }),
  );
});
