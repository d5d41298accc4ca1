import { expect, it } from 'vitest';
import { describeChanges } from './describe-changes.ts';

const flow = {
  format: 'parley.flow/1',
  name: 'Order status',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'ask', type: 'chat.ask', config: { text: 'Your number?' } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' }],
  layout: { nodes: { start: [0, 0] } },
};

it('says what was added, removed, changed, connected and moved', () => {
  const after = {
    ...flow,
    name: 'Orders',
    nodes: [
      { id: 'ask', type: 'chat.ask', config: { text: 'Which number?' }, label: 'Number' },
      { id: 'bye', type: 'chat.send', config: {} },
    ],
    edges: [{ id: 'e2', source: 'ask', sourceHandle: 'next', target: 'bye' }],
    layout: { nodes: { start: [10, 0] } },
  };
  expect(describeChanges(flow, after)).toEqual([
    'Removed the node start',
    'Changed the config of the node ask',
    'Changed the label of the node ask',
    'Added the node bye (chat.send)',
    'Disconnected start.next -> ask',
    'Connected ask.next -> bye',
    'Changed the name of the flow',
    'Moved things on the canvas',
  ]);
});

it('says nothing where only the order of keys differs', () => {
  const { name, ...rest } = flow;
  expect(describeChanges(flow, { ...rest, name })).toEqual([]);
});

it('speaks of broken documents too', () => {
  expect(describeChanges({}, flow)).toContain('Added the node ask (chat.ask)');
  expect(describeChanges({ nodes: 'none', edges: [null, 7] }, { nodes: [{}], edges: null })).toEqual([]);
});

it('stops at fifty', () => {
  const nodes = Array.from({ length: 80 }, (_, index) => ({ id: `n${index}`, type: 'chat.send' }));
  const words = describeChanges({ nodes: [] }, { nodes });
  expect(words).toHaveLength(51);
  expect(words.at(-1)).toBe('And 30 more changes');
});
