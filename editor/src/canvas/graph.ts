import { type Flow, type Edge as FlowEdge, type FlowNode, isObject, type NodeTypes, portsOf } from '@parley/runtime';
import type { Edge, Node } from '@xyflow/react';

/** A card needs its id only: it reads its node from the document by itself, so that typing draws one card. */
export type CardNode = Node<Record<string, never>, 'card'>;
export type Wire = Edge<Record<string, never>>;

const GRID = { columns: 4, width: 320, height: 220 };

/** Where a node stands; one that nobody placed stands in a grid, in the order of the document. */
export const placeOf = (flow: Flow, id: string, index: number): { x: number; y: number } => {
  const [x, y] = flow.layout.nodes[id] ?? [
    (index % GRID.columns) * GRID.width,
    Math.floor(index / GRID.columns) * GRID.height,
  ];
  return { x, y };
};

export function toGraph(flow: Flow): { nodes: CardNode[]; edges: Wire[] } {
  return {
    nodes: flow.nodes.map((node, index) => ({
      id: node.id,
      type: 'card',
      position: placeOf(flow, node.id, index),
      data: {},
    })),
    edges: flow.edges.map(({ id, source, sourceHandle, target }) => ({ id, source, sourceHandle, target })),
  };
}

/** A connection that a person drew. */
export const toEdge = (
  link: { source: string; sourceHandle: string | null; target: string },
  id: string,
): FlowEdge => ({
  id,
  source: link.source,
  sourceHandle: link.sourceHandle ?? 'next',
  target: link.target,
});

/** Every port of a node, also while its config is not right yet. */
export function portsOfNode(node: FlowNode, nodeTypes: NodeTypes): string[] {
  const type = nodeTypes.get(node.type);
  if (!type) return [];
  const config = type.schema.safeParse(node.config);
  try {
    return portsOf(type, config.success ? config.data : node.config);
  } catch {
    return isObject(node.config) ? ['next'] : [];
  }
}
