import { nodeTypes } from '@parley/nodes';
import { Flow } from '@parley/runtime';
import { expect, it } from 'vitest';
import { unknownNames, variablesOf } from './variables-of.ts';

const flow = Flow.parse({
  format: 'parley.flow/1',
  nodes: [
    { id: 'age', type: 'chat.ask', config: { text: 'Age?', answer: 'number', saveAs: 'age' } },
    { id: 'bye', type: 'chat.send', config: { kind: 'text', text: 'Bye' } },
    { id: 'keep', type: 'data.set', config: { assign: { 'order.total': 12, isVip: true } } },
  ],
  edges: [{ id: 'e', source: 'age', sourceHandle: 'next', target: 'bye' }],
  variables: [{ name: 'city', type: 'text', initial: 'Lisbon' }],
});
const known = variablesOf(flow, 'bye', nodeTypes);

it('knows what nodes set and what is declared, with types, what comes before ahead', () => {
  expect(known.slice(0, 4).map(({ name, type, isBefore, node }) => [name, type, isBefore, node])).toEqual([
    ['age', 'number', true, 'age'],
    ['city', 'text', true, null],
    ['isVip', 'boolean', false, 'keep'],
    ['order.total', 'number', false, 'keep'],
  ]);
  expect(known.find(({ name }) => name === 'city')?.example).toBe('Lisbon');
});
it('names what nothing sets, and fields that the person does not have', () => {
  expect(unknownNames('{{age}} {{contact.name}} {{contact.nme}} {{order.total}} {{nobody}}', known)).toEqual([
    'contact.nme',
    'nobody',
  ]);
  expect(unknownNames('{{#each order.items}}{{this.name}}{{/each}} {{broken', known)).toEqual([]);
});
