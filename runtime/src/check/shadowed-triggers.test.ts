import { expect, it } from 'vitest';
import { z } from 'zod';
import type { FlowNode } from '../flow/flow.ts';
import { emptyFlow } from '../flow/flow.ts';
import { defineNode, nodeTypesOf } from '../node/define-node.ts';
import { shadowedTriggerProblems } from './shadowed-triggers.ts';

const heard = defineNode({
  type: 'test.heard',
  title: 'Heard',
  group: 'trigger',
  icon: 'x',
  description: 'Listens for words, or for anything.',
  config: z.object({
    keywords: z.array(z.string()).default([]),
    how: z.enum(['equals', 'contains']).default('equals'),
  }),
  ports: () => ['next'],
  claims: ({ keywords, how }, { message }) => {
    if (keywords.length === 0) return { kind: 'any', by: 'any' };
    const text = message.text ?? '';
    const by = keywords.find((word) => (how === 'equals' ? text === word : text.includes(word)));
    return by === undefined ? null : { kind: how, by };
  },
  run: () => ({ port: 'next' }),
});

const shadowed = (...configs: Record<string, unknown>[]) => {
  const nodes = configs.map((config, index): FlowNode => ({ id: `t${index}`, type: 'test.heard', config }));
  return shadowedTriggerProblems({ ...emptyFlow('x'), nodes }, nodeTypesOf([heard])).map(({ node }) => node);
};

it.each([
  ['the same words twice', [{ keywords: ['a'] }, { keywords: ['a'] }], ['t1']],
  ['any message twice', [{}, {}], ['t1']],
  ['all of its words are another one’s', [{ keywords: ['a', 'b', 'c'] }, { keywords: ['c', 'a'] }], ['t1']],
  [
    'a word that is contained in messages anyway',
    [
      { keywords: ['a'], how: 'contains' },
      { keywords: ['an apple'], how: 'contains' },
    ],
    ['t1'],
  ],
] as const)('is found: %s', (_, configs, wanted) => expect(shadowed(...configs)).toEqual(wanted));

it.each([
  ['one word of its own', [{ keywords: ['a', 'b'] }, { keywords: ['b', 'c'] }]],
  ['the very word before words that contain it', [{ keywords: ['a'], how: 'contains' }, { keywords: ['a'] }]],
  ['messages with more than the word', [{ keywords: ['a'] }, { keywords: ['a'], how: 'contains' }]],
  ['anything else', [{ keywords: ['a'] }, {}]],
] as const)('is not suspected: %s', (_, configs) => expect(shadowed(...configs)).toEqual([]));
