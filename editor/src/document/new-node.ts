import type { Edit, Flow, FlowNode, NodeType } from '@parley/runtime';

/** A name for a new node that reads well in JSON and in scripts: `ask`, then `ask2`. */
export function newNodeId(flow: Flow, type: string): string {
  const base = type.split('.').at(-1) ?? 'node';
  const taken = new Set(flow.nodes.map(({ id }) => id));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}${number}`)) number++;
  return `${base}${number}`;
}

/** A node as the palette puts it on the canvas: with what its schema has as defaults. */
export function newNode(flow: Flow, type: NodeType): FlowNode {
  const defaults = type.schema.partial().safeParse({});
  return {
    id: newNodeId(flow, type.type),
    type: type.type,
    ...(type.version !== 1 && { version: type.version }),
    config: defaults.success ? defaults.data : {},
  };
}

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
      edge: { id: `${node.id}-${wire.port}`, source: node.id, sourceHandle: wire.port, target: edge.target },
    },
  ];
}
