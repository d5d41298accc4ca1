import { applyEdits } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { removeEdits } from './remove.ts';
import { edited, flowOf } from './testing.ts';
import { NOTHING } from './workbench.ts';

const flow = flowOf({ a: ['chat.send'], b: ['chat.send'], c: ['chat.send'] }, ['a.next>b', 'b.next>c'], {
  translations: { pt: { 'a.text': 'Olá', 'b.text': 'Sim' } },
  layout: {
    nodes: { b: [1, 2] },
    pinned: ['b'],
    groups: [{ id: 'g', title: 'G', nodes: ['b'], collapsed: true }],
    notes: [{ id: 'n', at: [0, 0], text: 'Note' }],
  },
});

describe('removing', () => {
  it('takes edges and words of a node along, and a group that is empty then; undo brings all back', () => {
    const edits = removeEdits(flow, { ...NOTHING, nodes: ['b'], edges: ['e1'], notes: ['n'] });
    const result = applyEdits(flow, edits);
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.flow).toMatchObject({ edges: [], translations: { pt: { 'a.text': 'Olá' } } });
    expect(result.flow.layout).toEqual({ nodes: {}, groups: [], notes: [], pinned: undefined });
    expect(edited(result.flow, result.inverse)).toEqual(flow);
  });
  it('takes the nodes of a group that is folded up', () =>
    expect(edited(flow, removeEdits(flow, { ...NOTHING, groups: ['g'] })).nodes.map(({ id }) => id)).toEqual([
      'a',
      'c',
    ]));
  it('takes only the frame of an open one', () => {
    const open = flowOf({ a: ['chat.send'] }, [], { layout: { groups: [{ id: 'g', title: 'G', nodes: ['a'] }] } });
    expect(edited(open, removeEdits(open, { ...NOTHING, groups: ['g'] }))).toMatchObject({ nodes: [{ id: 'a' }] });
  });
  it('does nothing for what is not there', () =>
    expect(removeEdits(flow, { nodes: ['x'], edges: ['x'], notes: ['x'], groups: ['x'] })).toEqual([]));
});
