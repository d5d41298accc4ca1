import { nodes, nodeTypes } from '@parley/nodes';
import { emptyFlow, portsOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { addNodeEdits, newNode, newNodeId } from './new-node.ts';
import { edited, flowOf } from './testing.ts';

describe('a new node', () => {
  it.each(nodes.map((type) => [type.type, type] as const))('%s has its ports and is JSON', (_, type) => {
    const { config } = newNode(emptyFlow('x'), type);
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(Array.isArray(portsOf(type, config))).toBe(true);
  });
  it('has the first of what it cannot be without', () => {
    const buttons = nodeTypes.get('chat.buttons');
    expect(buttons && newNode(emptyFlow('x'), buttons).config).toMatchObject({
      text: '',
      buttons: [{ id: 'option1', title: '' }],
    });
  });
  it('is named after its type, with a number where the name is taken', () => {
    const flow = flowOf({ ask: ['chat.ask'], ask2: ['chat.ask'] });
    expect(newNodeId(flow, 'chat.ask')).toBe('ask3');
    expect(newNodeId(flow, 'chat.send')).toBe('send');
  });
  it('goes between two nodes when it is put on a wire', () => {
    const flow = flowOf({ a: ['chat.send'], b: ['chat.send'] }, ['a.next>b']);
    const node = { id: 'c', type: 'chat.send', config: {} };
    const after = edited(flow, addNodeEdits(node, [0, 0], { flow, edge: 'e1', port: 'next' }));
    expect(after.edges.map(({ source, target }) => `${source}>${target}`)).toEqual(['a>c', 'c>b']);
  });
  it('gets an id for its wire that the format allows, whatever the port is called', () => {
    const flow = flowOf({ a: ['chat.send'], b: ['chat.send'] }, ['a.next>b']);
    const node = { id: 'c', type: 'chat.list', config: {} };
    const after = edited(flow, addNodeEdits(node, [0, 0], { flow, edge: 'e1', port: 'größe / ∞' }));
    expect(after.edges.at(-1)).toMatchObject({ source: 'c', sourceHandle: 'größe / ∞', target: 'b' });
  });
});
