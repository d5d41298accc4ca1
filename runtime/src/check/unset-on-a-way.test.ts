import { expect, it } from 'vitest';
import { flowOf, talkTypes } from '../testing/talk.ts';
import { unsetOnAWayProblems } from './unset-on-a-way.ts';

type Nodes = Parameters<typeof flowOf>[0];
const nodes: Nodes = {
  q: ['ask', { text: 'Name?', saveAs: 'name' }],
  hi: ['say', { text: 'Hi {{name}}' }],
};
const found = (all: Nodes, wires: string[], more = {}) =>
  unsetOnAWayProblems(flowOf(all, wires, more), talkTypes).map(({ node, path }) => `${node} ${path}`);
const asked = ['start.next>q', 'q.next>hi'];

it('finds a way round the question', () =>
  expect(found(nodes, [...asked, 'q.timeout>hi'])).toEqual(['hi /nodes/2/config/text']));
it('finds a text before the question, also in a loop', () =>
  expect(found(nodes, ['start.next>hi', 'hi.next>q', 'q.next>hi'])).toHaveLength(1));
it.each([
  ['on the only way', nodes, asked, {}],
  ['with a first value', nodes, [...asked, 'q.timeout>hi'], { variables: [{ name: 'name', initial: 'you' }] }],
  [
    'with words for when it is not there',
    { ...nodes, hi: ['say', { text: '{{default name "you"}}' }] },
    [...asked, 'q.timeout>hi'],
    {},
  ],
  [
    'that is asked about',
    { ...nodes, hi: ['say', { text: '{{#if name}}{{name}}{{/if}}' }] },
    [...asked, 'q.timeout>hi'],
    {},
  ],
  [
    'that another way sets as well',
    { ...nodes, set: ['keep', { assign: { name: 'x' } }] },
    [...asked, 'q.timeout>set', 'set.next>hi'],
    {},
  ],
  ['where nothing leads', nodes, ['start.next>q'], {}],
] as [string, Nodes, string[], object][])('does not suspect a variable %s', (_, all, wires, more) =>
  expect(found(all, wires, more)).toEqual([]),
);
