import { nodeTypes } from '@parley/nodes';
import { applyEdits, type Edit, emptyFlow, type Flow, type NodeType } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { addStep, firstField, looseEnd, type Where } from './add-step.ts';

function made(flow: Flow, edits: readonly Edit[]): Flow {
  const result = applyEdits(flow, edits);
  if (!result.ok) throw new Error(result.problem.message);
  return result.flow;
}
const type = (name: string): NodeType => {
  const found = nodeTypes.get(name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};
const flow = made(emptyFlow(''), [
  { edit: 'addNode', node: { id: 'start', type: 'trigger.message', config: { match: 'any' } }, at: [0, 0] },
  { edit: 'addNode', node: { id: 'say', type: 'chat.send', config: { text: 'Hi' } }, at: [336, 0] },
  { edit: 'connect', edge: { id: 'e', source: 'start', sourceHandle: 'next', target: 'say' } },
]);
const added = (name: string, where: Where) => {
  const { node, edits } = addStep(flow, type(name), where);
  return { node, flow: made(flow, edits) };
};

describe('a new step', () => {
  it('follows a node on its first free port', () => {
    const { node, flow: after } = added('chat.markRead', { kind: 'after', node: 'say' });
    expect(after.edges.at(-1)).toMatchObject({ source: 'say', sourceHandle: 'next', target: node.id });
    expect(after.layout.nodes[node.id]?.[0]).toBeGreaterThan(336);
  });
  it('is not led to where it begins the flow', () =>
    expect(added('trigger.message', { kind: 'after', node: 'say' }).flow.edges).toHaveLength(1));
  it('stands alone where nothing is left to lead to it', () => {
    const ended = made(flow, [{ edit: 'addNode', node: { id: 'end', type: 'logic.end', config: {} }, at: [700, 0] }]);
    const { edits } = addStep(ended, type('chat.send'), { kind: 'after', node: 'end' });
    expect(made(ended, edits).edges).toHaveLength(1);
  });
  it('goes between the two ends of a wire', () => {
    const { node, flow: after } = added('chat.markRead', { kind: 'wire', edge: 'e', at: [170, 0] });
    expect(after.edges).toMatchObject([
      { source: 'start', target: node.id },
      { source: node.id, target: 'say' },
    ]);
  });
  it('without a way on ends the wire', () => {
    const { node, flow: after } = added('logic.end', { kind: 'wire', edge: 'e', at: [170, 0] });
    expect(after.edges).toMatchObject([{ source: 'start', target: node.id }]);
  });
  it('stands below what stands there already', () => {
    const { node, flow: after } = added('chat.send', { kind: 'place', at: [336, 0] });
    expect(after.layout.nodes[node.id]?.[1]).toBeGreaterThan(40);
  });
  it('follows the last step that leads nowhere, where nobody says where', () => {
    expect(looseEnd(flow)).toBe('say');
    const ended = made(flow, [{ edit: 'addNode', node: { id: 'end', type: 'logic.end', config: {} }, at: [700, 0] }]);
    expect(looseEnd(ended)).toBe('say');
    expect(looseEnd(emptyFlow(''))).toBeUndefined();
  });
  it('lies on no other card', () => {
    const { node, flow: after } = added('chat.send', { kind: 'place', at: [200, 60] });
    const [x, y] = after.layout.nodes[node.id] ?? [0, 0];
    const others = Object.entries(after.layout.nodes).filter(([id]) => id !== node.id);
    expect(others.some(([, [px, py]]) => Math.abs(px - x) < 272 && Math.abs(py - y) < 176)).toBe(false);
  });
  it('is written in its words first', () => {
    expect(firstField(type('chat.buttons'))).toBe('/text');
    expect(firstField(type('trigger.message'))).toBe('/keywords');
    expect(firstField(type('trigger.called'))).toBeUndefined();
  });
});
