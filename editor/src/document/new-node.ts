import type { Edit, Flow, FlowNode, NodeType } from '@parley/runtime';
import { newEdgeId, newId, nodeIdsOf } from './new-id.ts';
import { startingConfig } from './starting-config.ts';

/** A name for a new node that reads well in JSON and in scripts: `ask`, then `ask2`. */
export const newNodeId = (flow: Flow, type: string): string => newId(type.split('.').at(-1) ?? 'node', nodeIdsOf(flow));

/** A node as the palette puts it on the canvas: with defaults, and with the first item of every list that needs one. */
export const newNode = (flow: Flow, type: NodeType): FlowNode => ({
  id: newNodeId(flow, type.type),
  type: type.type,
  ...(type.version !== 1 && { version: type.version }),
  config: startingConfig(type),
});

/** Edits that put a node on the canvas, and on a wire where one is given: what came before leads to it, it leads on. */
export function addNodeEdits(
  node: FlowNode,
  at: [number, number],
  wire?: { flow: Flow; edge: string; port: string },
): Edit[] {
  const added: Edit = { edit: 'addNode', node, at };
  const edge = wire?.flow.edges.find(({ id }) => id === wire.edge);
  if (!wire || !edge) return [added];
  return [
    added,
    { edit: 'disconnect', id: edge.id },
    { edit: 'connect', edge: { ...edge, target: node.id } },
    {
      edit: 'connect',
      edge: {
        id: newEdgeId(wire.flow, node.id, wire.port),
        source: node.id,
        sourceHandle: wire.port,
        target: edge.target,
      },
    },
  ];
}
