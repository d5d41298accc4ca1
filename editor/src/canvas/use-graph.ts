import type { Flow } from '@parley/runtime';
import type { EdgeChange, NodeChange, XYPosition } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useOpenFlow } from '../document/use-document.ts';
import { NOTHING, type Selection } from '../document/workbench.ts';
import { type CanvasNode, type Graph, groupKey, nameIn, toGraph, type Wire } from './graph.ts';

/** The flow as React Flow draws it, kept up with the document; while a drag lasts, positions are React Flow's. */
export function useGraph() {
  const { document, workbench } = useOpenFlow();
  const flow = useCallback(() => document.store.getSnapshot().context.flow, [document]);
  const selection = useCallback(() => workbench.store.getSnapshot().context.selection, [workbench]);
  const [graph, setGraph] = useState(() => toGraph(flow(), selection()));
  const isDragging = useRef(false);

  const refresh = useCallback(() => {
    if (!isDragging.current) setGraph((before) => toGraph(flow(), selection(), before));
  }, [flow, selection]);
  useEffect(() => {
    let drawn = { flow: flow(), selection: selection() };
    const changed = () => {
      const now = { flow: flow(), selection: selection() };
      const isSame = now.selection === drawn.selection && isDrawnAlike(now.flow, drawn.flow);
      drawn = now;
      if (!isSame) refresh();
    };
    refresh();
    const watched = [document.store.subscribe(changed), workbench.store.subscribe(changed)];
    return () => {
      for (const one of watched) one.unsubscribe();
    };
  }, [document, workbench, flow, selection, refresh]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const chosen = selectedBy(changes, selection());
      if (chosen) workbench.select(chosen);
      const moved = new Map<string, XYPosition>();
      const sized = new Map<string, { width: number; height: number }>();
      for (const change of changes) {
        if (change.type === 'position' && change.position) moved.set(change.id, change.position);
        if (change.type === 'dimensions' && change.dimensions) sized.set(change.id, change.dimensions);
      }
      if (moved.size + sized.size === 0) return;
      setGraph((before) => withSizes(withMoves(before, moved, flow), sized));
    },
    [workbench, flow, selection],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<Wire>[]) => {
      const now = selection();
      const edges = new Set(now.edges);
      let isChanged = false;
      for (const change of changes) {
        if (change.type !== 'select') continue;
        isChanged = true;
        if (change.selected) edges.add(change.id);
        else edges.delete(change.id);
      }
      if (isChanged) workbench.select({ ...now, edges: [...edges] });
    },
    [workbench, selection],
  );
  return { graph, refresh, isDragging, onNodesChange, onEdgesChange };
}

/** Letters typed into a node move nothing: its card reads them by itself. */
const isDrawnAlike = (one: Flow, other: Flow): boolean =>
  one === other ||
  (one.layout === other.layout &&
    one.edges === other.edges &&
    one.nodes.length === other.nodes.length &&
    one.nodes.every(({ id }, index) => id === other.nodes[index]?.id));

/** A frame that moves takes the cards inside along. */
function withMoves(
  graph: Graph,
  moved: ReadonlyMap<string, XYPosition>,
  flow: () => { layout: { groups: readonly { id: string; nodes: string[] }[] } },
): Graph {
  if (moved.size === 0) return graph;
  const places = new Map(moved);
  for (const group of flow().layout.groups) {
    const to = moved.get(groupKey(group.id));
    const frame = to && graph.nodes.find((node) => node.id === groupKey(group.id));
    if (!to || !frame) continue;
    const [dx, dy] = [to.x - frame.position.x, to.y - frame.position.y];
    for (const node of graph.nodes)
      if (group.nodes.includes(node.id) && !moved.has(node.id))
        places.set(node.id, { x: node.position.x + dx, y: node.position.y + dy });
  }
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const position = places.get(node.id);
      return position ? { ...node, position } : node;
    }),
  };
}

/** Once a card was drawn its own measures count, and the ends of its wires are where they were drawn. */
function withSizes(graph: Graph, sized: ReadonlyMap<string, { width: number; height: number }>): Graph {
  if (sized.size === 0) return graph;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const measured = sized.get(node.id);
      if (!measured) return node;
      const { handles: _, ...drawn } = node;
      return { ...drawn, measured } as CanvasNode;
    }),
  };
}

function selectedBy(changes: readonly NodeChange<CanvasNode>[], before: Selection): Selection | null {
  const chosen = { nodes: new Set(before.nodes), notes: new Set(before.notes), groups: new Set(before.groups) };
  let isChanged = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    const { kind, id } = nameIn(change.id);
    const set = kind === 'node' ? chosen.nodes : kind === 'note' ? chosen.notes : chosen.groups;
    if (set.has(id) === change.selected) continue;
    isChanged = true;
    if (change.selected) set.add(id);
    else set.delete(id);
  }
  if (!isChanged) return null;
  return {
    ...NOTHING,
    edges: before.edges,
    nodes: [...chosen.nodes],
    notes: [...chosen.notes],
    groups: [...chosen.groups],
  };
}
