import { applyEdits, type Edit, emptyFlow, type Flow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../document/workbench.ts';
import { type Graph, movesOf, toEdge, toGraph } from './graph.ts';

function made(flow: Flow, ...edits: Edit[]): Flow {
  const result = applyEdits(flow, edits);
  if (!result.ok) throw new Error(result.problem.message);
  return result.flow;
}
const add = (id: string, at?: [number, number]): Edit => ({
  edit: 'addNode',
  node: { id, type: 'chat.send', config: { text: 'Hi' } },
  ...(at && { at }),
});
const wire = (source: string, target: string): Edit => ({
  edit: 'connect',
  edge: { id: `${source}-${target}`, source, sourceHandle: 'next', target },
});
const flow = made(
  emptyFlow(''),
  add('a', [0, 0]),
  add('b', [400, 0]),
  add('c', [800, 0]),
  wire('a', 'b'),
  wire('b', 'c'),
);
const group: Edit = { edit: 'group', group: { id: 'g', title: 'Both', nodes: ['a', 'b'] } };
const folded: Edit = { edit: 'group', group: { id: 'g', title: 'Both', nodes: ['a', 'b'], collapsed: true } };
const node = (graph: Graph, id: string) => graph.nodes.find((one) => one.id === id);

describe('a flow as a graph', () => {
  const before = toGraph(flow, NOTHING);
  it('is the very same where only a text changed', () => {
    const typed = made(flow, { edit: 'setConfig', id: 'a', config: { text: 'Hello' } });
    expect(toGraph(typed, NOTHING, before)).toBe(before);
  });
  it('is new only where something moved', () => {
    const moved = toGraph(made(flow, { edit: 'moveNodes', positions: { b: [400, 96] } }), NOTHING, before);
    expect(node(moved, 'b')?.position).toEqual({ x: 400, y: 96 });
    expect(node(moved, 'a')).toBe(node(before, 'a'));
    expect(moved.edges).toBe(before.edges);
  });
  it('knows what is selected', () => {
    const chosen = toGraph(flow, { ...NOTHING, nodes: ['a'], edges: ['b-c'] }, before);
    expect(chosen.nodes.map(({ selected }) => selected)).toEqual([true, false, false]);
    expect(chosen.edges.map(({ selected }) => selected)).toEqual([false, true]);
  });
  it('stands nodes that nobody placed beside each other', () => {
    const graph = toGraph(made(emptyFlow(''), add('a'), add('b')), NOTHING);
    expect(node(graph, 'a')?.position).not.toEqual(node(graph, 'b')?.position);
  });
  it('has a frame around an open group', () => {
    const frame = node(toGraph(made(flow, group), NOTHING), 'group:g');
    expect(frame).toMatchObject({ type: 'frame' });
    expect(frame?.position.x).toBeLessThan(0);
    expect((frame?.position.x ?? 0) + (frame?.width ?? 0)).toBeGreaterThan(400 + 256);
  });
  it('has one card for a folded group, with the wires to the outside', () => {
    const graph = toGraph(made(flow, folded), NOTHING);
    expect(graph.nodes.map(({ id }) => id)).toEqual(['group:g', 'c']);
    expect(graph.edges).toMatchObject([{ id: 'b-c', source: 'group:g', sourceHandle: 'b next', target: 'c' }]);
  });
});

describe('a drag', () => {
  it('of cards is one edit that keeps them where they were put', () => {
    const graph = toGraph(flow, NOTHING);
    const edits = movesOf(flow, [{ id: 'a', position: { x: 15.6, y: 32 } }], graph);
    expect(edits).toEqual([{ edit: 'moveNodes', positions: { a: [16, 32] }, pin: true }]);
  });
  it('of a frame takes its cards along', () => {
    const grouped = made(flow, group);
    const graph = toGraph(grouped, NOTHING);
    const { x, y } = node(graph, 'group:g')?.position ?? { x: 0, y: 0 };
    const edits = movesOf(grouped, [{ id: 'group:g', position: { x: x + 32, y } }], graph);
    expect(edits).toMatchObject([{ positions: { a: [32, 0], b: [432, 0] } }]);
  });
  it('of a note sets the note', () => {
    const noted = made(flow, { edit: 'addNote', note: { id: 'n', at: [0, 0], text: 'Hi' } });
    const edits = movesOf(noted, [{ id: 'note:n', position: { x: 8, y: 8 } }], toGraph(noted, NOTHING));
    expect(edits).toEqual([{ edit: 'setNote', note: { id: 'n', at: [8, 8], text: 'Hi' } }]);
  });
});

it('a wire from a folded group leaves the node inside', () =>
  expect(toEdge({ source: 'group:g', sourceHandle: 'b next', target: 'c' }, 'e')).toEqual({
    id: 'e',
    source: 'b',
    sourceHandle: 'next',
    target: 'c',
  }));
