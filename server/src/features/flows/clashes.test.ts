import { nodeTypes } from '@parley/nodes';
import { chooseTrigger, inboundText, parseFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { type Clash, clashesOf } from './clashes.ts';

interface Given {
  match?: string;
  how?: string;
  keywords?: string[];
  payload?: string;
  source?: string;
  event?: string;
  priority?: number;
  channels?: string[];
  age?: number;
}

const live = (flow: string, { priority = 0, channels = [], age = 0, event, ...config }: Given) => ({
  flow,
  createdAt: new Date(age),
  document: {
    format: 'parley.flow/1',
    name: flow,
    nodes: [
      event === undefined
        ? { id: 'start', type: 'trigger.message', config }
        : { id: 'start', type: 'trigger.event', config: { name: event } },
    ],
    settings: { priority, channels },
  },
});
const between = (mine: Given, theirs: Given): Clash[] => clashesOf(live('mine', mine), [live('theirs', theirs)]);

it.each<[string, Given, Given, Partial<Clash> | null]>([
  [
    'the same word: the older',
    { keywords: ['Menü'], age: 1 },
    { keywords: ['MENU'] },
    { wins: 'other', because: 'older' },
  ],
  [
    'the same word: the older, seen from it',
    { keywords: ['menu'] },
    { keywords: ['menu'], age: 1 },
    { wins: 'this', because: 'older' },
  ],
  [
    'the same word: the priority',
    { keywords: ['menu'], age: 1, priority: 5 },
    { keywords: ['menu'] },
    { wins: 'this', because: 'priority' },
  ],
  [
    'equals beside contains',
    { keywords: ['order'] },
    { how: 'contains', keywords: ['ord'] },
    { wins: 'this', because: 'more_specific', example: 'order' },
  ],
  [
    'contains beside starts',
    { how: 'contains', keywords: ['order'] },
    { how: 'starts', keywords: ['order now'] },
    { wins: 'other', because: 'more_specific', example: 'order now' },
  ],
  [
    'a pattern beside a word',
    { how: 'pattern', keywords: ['^A-\\d+$'] },
    { keywords: ['A-7'] },
    { wins: 'other', because: 'more_specific', example: 'A-7' },
  ],
  [
    'two equal patterns',
    { how: 'pattern', keywords: ['^A-\\d+$'], age: 1 },
    { how: 'pattern', keywords: ['^A-\\d+$'] },
    { wins: 'other', example: null },
  ],
  ['any beside any', { match: 'any', age: 1 }, { match: 'any' }, { wins: 'other', because: 'older', example: null }],
  ['first beside first', { match: 'first', priority: 1 }, { match: 'first' }, { wins: 'this', because: 'priority' }],
  [
    'the same button',
    { match: 'button', payload: 'yes', age: 1 },
    { match: 'button', payload: 'yes' },
    { wins: 'other' },
  ],
  ['an ad beside all ads', { match: 'referral', source: 'ad-1', age: 1 }, { match: 'referral' }, { wins: 'other' }],
  ['the same event', { event: 'order.paid', age: 1 }, { event: 'order.paid' }, { wins: 'other', because: 'older' }],
  ['different words', { keywords: ['order'] }, { keywords: ['menu'] }, null],
  ['a word beside any', { keywords: ['order'] }, { match: 'any' }, null],
  ['different channels', { keywords: ['a'], channels: ['chn_1'] }, { keywords: ['a'], channels: ['chn_2'] }, null],
  ['different events', { event: 'order.paid' }, { event: 'order.sent' }, null],
  ['different buttons', { match: 'button', payload: 'yes' }, { match: 'button', payload: 'no' }, null],
  ['a trigger that cannot be read', { keywords: [] }, { keywords: ['a'] }, null],
])('%s', (_, mine, theirs, expected) => {
  const found = between(mine, theirs);
  expect(found).toHaveLength(expected ? 1 : 0);
  if (expected) expect(found[0]).toMatchObject(expected);
});

it('says what the runtime does with the example', () => {
  const words = ['order', 'ord', 'order now', 'ORDER'];
  const hows = ['equals', 'contains', 'starts', 'pattern'];
  const all = hows.flatMap((how) =>
    words.flatMap((word) => [0, 3].map((priority) => ({ how, keywords: [word], priority }))),
  );
  let compared = 0;
  for (const [index, mine] of all.entries()) {
    for (const theirs of all.slice(0, index)) {
      for (const { example, wins } of between({ ...mine, age: 1 }, theirs)) {
        if (example === null) continue;
        const flows = [live('mine', { ...mine, age: 1 }), live('theirs', theirs)].flatMap(
          ({ flow, createdAt, document }) => {
            const parsed = parseFlow(document).flow;
            return parsed ? [{ id: flow, version: 1, createdAt, document: parsed }] : [];
          },
        );
        const chosen = chooseTrigger(flows, nodeTypes, { message: inboundText(example), first: true, channel: 'c' });
        expect(chosen?.flow).toBe(wins === 'this' ? 'mine' : 'theirs');
        compared += 1;
      }
    }
  }
  expect(compared).toBeGreaterThan(100);
});

describe('broken documents', () => {
  it.each([null, 'text', { nodes: 'x' }, {}])('want no message: %j', (document) => {
    const broken = { flow: 'broken', createdAt: new Date(0), document };
    expect(clashesOf(broken, [live('theirs', { match: 'any' })])).toEqual([]);
    expect(clashesOf(live('mine', { match: 'any' }), [broken])).toEqual([]);
  });
});

it('never lists more than a person reads', () => {
  const many = Array.from({ length: 100 }, (_, index) => `word ${index}`);
  expect(between({ keywords: many }, { keywords: many })).toHaveLength(50);
});
