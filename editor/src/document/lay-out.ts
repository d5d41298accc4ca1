import { Graph, layout } from '@dagrejs/dagre';
import { type Flow, type NodeTypes, nextNodes } from '@parley/runtime';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface NamedBox extends Box {
  id: string;
}

type Sizes = ReadonlyMap<string, { width: number; height: number }>;

// Pixels of the canvas
const CARD = { width: 260, height: 140 }; // of a node that was not drawn yet
const BETWEEN_RANKS = 110; // room for wires and the names on them
const BETWEEN_NODES = 48;

/** Where every node that is not pinned goes: from left to right along the edges, none over another. */
export function layOut(flow: Flow, sizes: Sizes, nodeTypes: NodeTypes, pinned: ReadonlySet<string>): NamedBox[] {
  const held = flow.nodes.flatMap(({ id }): NamedBox[] => {
    const at = flow.layout.nodes[id];
    return at && pinned.has(id) ? [{ id, x: at[0], y: at[1], ...(sizes.get(id) ?? CARD) }] : [];
  });
  const free = ranked(flow, sizes, nodeTypes);
  if (held.length === 0) return free;
  return around(held, beside(held, free));
}

/** Where dagre puts all of the nodes; groups stay together. */
function ranked(flow: Flow, sizes: Sizes, nodeTypes: NodeTypes): NamedBox[] {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: BETWEEN_NODES, ranksep: BETWEEN_RANKS });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of flow.nodes) graph.setNode(id, { ...(sizes.get(id) ?? CARD) });
  for (const [source, targets] of nextNodes(flow, nodeTypes))
    for (const [index, target] of targets.entries())
      if (graph.hasNode(target) && source !== target) graph.setEdge(source, target, {}, String(index));
  const grouped = new Set<string>();
  for (const group of flow.layout.groups) {
    const inside = group.nodes.filter((id) => graph.hasNode(id) && !grouped.has(id));
    if (inside.length === 0) continue;
    // A group's id may be a node's as well
    const cluster = `group ${group.id}`;
    graph.setNode(cluster, { width: 0, height: 0 });
    for (const id of inside) graph.setParent(id, cluster);
    for (const id of inside) grouped.add(id);
  }
  layout(graph);
  return flow.nodes.map(({ id }) => {
    const { width, height } = sizes.get(id) ?? CARD;
    const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
    return { id, x: x - width / 2, y: y - height / 2, width, height };
  });
}

/** The free nodes, moved as a whole to where the held ones stand: by the middle of what those were moved. */
function beside(held: readonly NamedBox[], all: readonly NamedBox[]): NamedBox[] {
  const at = new Map(held.map((box) => [box.id, box]));
  const moved = all.flatMap((box) => {
    const there = at.get(box.id);
    return there ? [{ x: there.x - box.x, y: there.y - box.y }] : [];
  });
  const [byX, byY] = [middle(moved.map(({ x }) => x)), middle(moved.map(({ y }) => y))];
  return all.filter(({ id }) => !at.has(id)).map((box) => ({ ...box, x: box.x + byX, y: box.y + byY }));
}

function middle(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Moves free nodes down until they lie over nothing. */
function around(held: readonly NamedBox[], free: readonly NamedBox[]): NamedBox[] {
  const taken = [...held];
  return [...free]
    .sort((one, other) => one.x - other.x || one.y - other.y)
    .map((box) => {
      const placed = { ...box };
      for (let over = overlapped(placed, taken); over; over = overlapped(placed, taken))
        placed.y = over.y + over.height + BETWEEN_NODES;
      taken.push(placed);
      return placed;
    });
}

const overlapped = (box: Box, others: readonly NamedBox[]): NamedBox | undefined =>
  others.find(
    (other) =>
      box.x < other.x + other.width + BETWEEN_NODES / 2 &&
      other.x < box.x + box.width + BETWEEN_NODES / 2 &&
      box.y < other.y + other.height + BETWEEN_NODES / 2 &&
      other.y < box.y + box.height + BETWEEN_NODES / 2,
  );
