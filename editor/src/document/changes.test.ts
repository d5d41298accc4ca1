import type { Edit } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { changedByBoth, changesBetween, changesOf } from './changes.ts';
import { edited, flowOf } from './testing.ts';

const flow = flowOf({ a: ['chat.send', { text: 'A' }], b: ['chat.send', { text: 'B' }] }, ['a.next>b']);
const ours: Edit[] = [
  { edit: 'setConfig', id: 'a', config: { text: 'Ours' } },
  { edit: 'addNode', node: { id: 'c', type: 'chat.send', config: {} }, at: [0, 0] },
  { edit: 'rename', name: 'Ours' },
];
const theirs: Edit[] = [
  { edit: 'removeNode', id: 'a' },
  { edit: 'setLabel', id: 'b', label: 'Bye' },
];
const told = (changes: ReturnType<typeof changesBetween>) => changes.map(({ what, node }) => [what, node?.id]);

describe('what changed', () => {
  it('is told by step, and by part of the flow', () => {
    expect(told(changesBetween(flow, edited(flow, ours)))).toEqual([
      ['changed', 'a'],
      ['added', 'c'],
      ['layout', undefined],
      ['name', undefined],
    ]);
    expect(told(changesBetween(flow, edited(flow, theirs)))).toEqual([
      ['changed', 'b'],
      ['removed', 'a'],
      ['wires', undefined],
    ]);
    expect(changesBetween(flow, flow)).toEqual([]);
  });
  it('is told of edits alone', () =>
    expect(told(changesOf([...ours, ...ours.slice(0, 1)], flow))).toEqual([
      ['changed', 'a'],
      ['added', 'c'],
      ['name', undefined],
    ]));
  it('by both is where one has to go', () => {
    const both = changedByBoth(changesBetween(flow, edited(flow, ours)), changesBetween(flow, edited(flow, theirs)));
    expect(told(both)).toEqual([['changed', 'a']]);
  });
});
