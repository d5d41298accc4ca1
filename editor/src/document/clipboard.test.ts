import { checkFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { copyText, pasteEdits, readClip } from './clipboard.ts';
import { edited, flowOf, nodeTypes } from './testing.ts';
import { NOTHING } from './workbench.ts';

const flow = flowOf(
  {
    start: ['trigger.message', { match: 'any' }],
    ask: ['chat.ask', { text: 'Your order?', saveAs: 'order.number' }],
    again: ['chat.send', { text: 'ask {{order.number}} {{city}}' }],
    go: ['logic.goTo', { target: 'ask' }],
  },
  ['start.next>ask', 'ask.next>again', 'again.next>go'],
  {
    variables: [
      { name: 'order.number', type: 'number' },
      { name: 'unused', type: 'text' },
    ],
    translations: { pt: { 'ask.text': 'Pedido?', 'start.x': 'x' } },
    layout: {
      nodes: { ask: [100, 200], again: [400, 150] },
      pinned: ['again'],
      groups: [{ id: 'g', title: 'Order', nodes: ['ask', 'again'] }],
      notes: [{ id: 'n', at: [90, 100], text: 'Here' }],
    },
  },
);
const selection = { ...NOTHING, nodes: ['ask', 'again', 'go'], notes: ['n'] };
const clip = readClip(copyText(flow, selection));
if (!clip) throw new Error('the clip cannot be read');

describe('pasting into the same flow', () => {
  const { edits, selection: pasted, missing } = pasteEdits(flow, clip, [1000, 1000], nodeTypes);
  const after = edited(flow, edits);
  it('makes new names and leads edges, groups and links to the copies', () => {
    expect(pasted).toMatchObject({ nodes: ['ask2', 'again2', 'go2'], notes: ['n2'], groups: ['g2'] });
    expect(after.nodes.find(({ id }) => id === 'go2')?.config).toEqual({ target: 'ask2' });
    expect(after.edges.slice(3).map(({ source, target }) => `${source}>${target}`)).toEqual([
      'ask2>again2',
      'again2>go2',
    ]);
    expect(after.layout.groups[1]).toEqual({ id: 'g2', title: 'Order', nodes: ['ask2', 'again2'] });
  });
  it('leaves a text alone that only reads like a name', () =>
    expect(after.nodes.find(({ id }) => id === 'again2')?.config.text).toBe('ask {{order.number}} {{city}}'));
  it('brings words in other languages along', () =>
    expect(after.translations.pt).toMatchObject({ 'ask.text': 'Pedido?', 'ask2.text': 'Pedido?' }));
  it('keeps the arrangement, its corner at the place', () => {
    expect(after.layout.nodes).toMatchObject({ ask2: [1100, 1200], again2: [1400, 1150] });
    expect(after.layout.notes[1]).toMatchObject({ id: 'n2', at: [1090, 1100] });
    expect(after.layout.pinned).toEqual(['again', 'again2']);
  });
  it('tells what nothing sets', () => expect(missing).toEqual([{ kind: 'variable', name: 'city' }]));
  it('can be repeated', () =>
    expect(pasteEdits(after, clip, [0, 0], nodeTypes).selection.nodes).toEqual(['ask3', 'again3', 'go3']));
});

describe('pasting into another flow', () => {
  const empty = flowOf({});
  it('keeps the names and brings the declarations that are used', () => {
    const after = edited(empty, pasteEdits(empty, clip, [0, 0], nodeTypes).edits);
    expect(after.nodes.map(({ id }) => id)).toEqual(['ask', 'again', 'go']);
    expect(after.variables).toEqual([{ name: 'order.number', type: 'number' }]);
  });
  it('never gives a copy the name of another copy', () => {
    const taken = flowOf({ ask: ['chat.send'] });
    const two = readClip(
      copyText(flowOf({ ask: ['chat.send'], ask2: ['chat.send'] }), { ...NOTHING, nodes: ['ask', 'ask2'] }),
    );
    expect(two && pasteEdits(taken, two, [0, 0], nodeTypes).selection.nodes).toEqual(['ask3', 'ask2']);
  });
  it('tells nodes, flows and types that are not there', () => {
    const odd = flowOf({
      go: ['logic.goTo', { target: 'ask' }],
      run: ['logic.subflow', { flow: 'other' }],
      new: ['shop.order', {}],
    });
    const text = copyText(odd, { ...NOTHING, nodes: ['go', 'run', 'new'] });
    const read = readClip(text);
    expect(read && pasteEdits(empty, read, [0, 0], nodeTypes, new Set()).missing).toEqual([
      { kind: 'node', name: 'ask' },
      { kind: 'flow', name: 'other' },
      { kind: 'type', name: 'shop.order' },
    ]);
  });
  it('takes a whole flow document as text', () => {
    const whole = readClip(JSON.stringify(flow));
    if (!whole) throw new Error('the flow cannot be read');
    const after = edited(empty, pasteEdits(empty, whole, [0, 0], nodeTypes).edits);
    expect({ ...after, layout: null }).toEqual({ ...flow, layout: null });
    expect(checkFlow(after, nodeTypes).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it('refuses more than a flow may hold, in words', () => {
    const many = flowOf(Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`n${i}`, ['chat.send']])));
    const whole = readClip(JSON.stringify(many));
    expect(() => whole && edited(many, pasteEdits(many, whole, [0, 0], nodeTypes).edits)).toThrow('at most 2000');
  });
});

describe('what is no clip is refused', () => {
  const parts = JSON.parse(copyText(flow, selection));
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  it.each([
    ['not JSON', 'Hello {{name}}'],
    ['JSON of something else', '{"name":"x"}'],
    ['a list', '[1,2]'],
    ['nothing in it', JSON.stringify({ ...parts, nodes: [], edges: [], notes: [], groups: [] })],
    ['10 MB', JSON.stringify({ ...parts, name: 'x'.repeat(10_000_000) })],
    ['too deep', `{"format":"parley.clipboard/1","nodes":${deep}}`],
    ['a newer format', JSON.stringify({ ...parts, format: 'parley.clipboard/2' })],
    [
      'a prototype name as id',
      JSON.stringify({ ...parts, nodes: [{ id: '__proto__', type: 'chat.send', config: {} }] }),
    ],
    ['one node twice', JSON.stringify({ ...parts, nodes: [...parts.nodes, parts.nodes[0]] })],
    ['edges to elsewhere', JSON.stringify({ ...parts, nodes: parts.nodes.slice(1) })],
    ['a wrong shape', JSON.stringify({ ...parts, nodes: 7 })],
  ])('%s', (_, text) => expect(readClip(text)).toBe(null));
  it('and prototype names inside configs and words reach nothing', () => {
    const evil = readClip(
      `{"format":"parley.flow/1","nodes":[{"id":"a","type":"chat.send","config":{"__proto__":{"polluted":1}}}],"translations":{"__proto__":{"a.text":"x"}}}`,
    );
    const empty = flowOf({});
    if (evil) edited(empty, pasteEdits(empty, evil, [0, 0], nodeTypes).edits);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });
});
