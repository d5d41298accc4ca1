import { describe, expect, it } from 'vitest';
import { groupEdits, nodesIn, renameGroupEdits, toggleGroupEdits, ungroupEdits } from './groups.ts';
import { edited, flowOf } from './testing.ts';

const groups = [
  { id: 'g', title: 'One', nodes: ['a'] },
  { id: 'h', title: 'Two', nodes: ['b', 'c'] },
];
const flow = flowOf({ a: ['chat.send'], b: ['chat.send'], c: ['chat.send'] }, [], { layout: { groups } });
const groupsAfter = (edits: Parameters<typeof edited>[1]) => edited(flow, edits).layout.groups;

describe('groups', () => {
  it('a node is in one group: it leaves the old one, and what is empty goes', () =>
    expect(groupsAfter(groupEdits(flow, ['a', 'b'], 'New', 'n'))).toEqual([
      { id: 'h', title: 'Two', nodes: ['c'] },
      { id: 'n', title: 'New', nodes: ['a', 'b'] },
    ]));
  it('fold up and open again where they were', () => {
    const folded = edited(flow, toggleGroupEdits(flow, 'g'));
    expect(folded.layout.groups[0]).toEqual({ id: 'g', title: 'One', nodes: ['a'], collapsed: true });
    expect(edited(folded, toggleGroupEdits(folded, 'g'))).toEqual(flow);
  });
  it('are renamed in their place', () =>
    expect(groupsAfter(renameGroupEdits(flow, 'g', 'Start')).map(({ title }) => title)).toEqual(['Start', 'Two']));
  it('are dissolved; their nodes stay', () => {
    const after = edited(flow, ungroupEdits(flow, ['g', 'ghost']));
    expect(after.layout.groups.map(({ id }) => id)).toEqual(['h']);
    expect(after.nodes).toEqual(flow.nodes);
  });
  it('bring their nodes into a selection', () =>
    expect([...nodesIn(flow, { nodes: ['a'], groups: ['h'] })]).toEqual(['a', 'b', 'c']));
});
