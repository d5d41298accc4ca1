import type { Edit, Flow, Edge as FlowEdge } from '@parley/runtime';
import { type Edge, MarkerType, type Node } from '@xyflow/react';
import { portKey, type Selection } from '../document/workbench.ts';
import {
  type Box,
  boundsOf,
  CARD_WIDTH,
  estimateHandles,
  estimateHeight,
  FOLDED,
  NOTE_WIDTH,
  placeOf,
} from './places.ts';

/** A card needs its id only: it reads its node from the document by itself, so that typing draws one card. */
export type CardNode = Node<Record<string, never>, 'card'>;
export type NoteNode = Node<Record<string, never>, 'note'>;
/** Of a group: a frame around its cards while it is open, one card in their place while it is folded up. */
export type FrameNode = Node<Record<string, never>, 'frame'>;
export type FoldedNode = Node<Record<string, never>, 'folded'>;
export type CanvasNode = CardNode | NoteNode | FrameNode | FoldedNode;
export type Wire = Edge<Record<string, never>, 'wire'>;

export interface Graph {
  nodes: CanvasNode[];
  edges: Wire[];
}

/** Notes and groups have ids of their own, which may be those of nodes. */
export const noteKey = (id: string): string => `note:${id}`;
export const groupKey = (id: string): string => `group:${id}`;
export const nameIn = (key: string): { kind: 'node' | 'note' | 'group'; id: string } => {
  const [kind, id] = key.split(':');
  return id !== undefined && (kind === 'note' || kind === 'group') ? { kind, id } : { kind: 'node', id: key };
};

export const EMPTY: Graph = { nodes: [], edges: [] };
const NO_DATA = {};
/** Of one size, however strong the counts draw a wire. */
const ARROW = { type: MarkerType.ArrowClosed, width: 22, height: 22, markerUnits: 'userSpaceOnUse' } as const;
const BEHIND = -10; // frames lie under wires and cards

/**
 * A flow as React Flow draws it. What did not change is the very object of `before`, and where nothing changed it is
 * `before` itself: a letter typed into one node builds nothing.
 */
export function toGraph(flow: Flow, selection: Selection, before: Graph = EMPTY): Graph {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const folded = foldedIn(flow);
  const index = new Map(flow.nodes.map(({ id }, at) => [id, at]));
  const boxOf = (id: string): Box | null => {
    const at = index.get(id);
    const node = at === undefined ? undefined : flow.nodes[at];
    if (!node || at === undefined) return null;
    const known = old.get(id);
    const height = known?.measured?.height ?? estimateHeight(node);
    return { ...placeOf(flow, id, at), width: CARD_WIDTH, height };
  };
  const chosen = {
    nodes: new Set(selection.nodes),
    notes: new Set(selection.notes),
    groups: new Set(selection.groups),
  };

  const frames = flow.layout.groups.map((group): CanvasNode => {
    const box = boundsOf(group.nodes.map(boxOf), group.collapsed === true);
    const key = groupKey(group.id);
    const isSelected = chosen.groups.has(group.id);
    const shape: FrameNode | FoldedNode = group.collapsed
      ? { ...base(key, box, isSelected), type: 'folded', initialWidth: FOLDED.width, initialHeight: FOLDED.height }
      : { ...base(key, box, isSelected), type: 'frame', width: box.width, height: box.height, zIndex: BEHIND };
    return kept(old.get(key), shape);
  });
  const cards = flow.nodes.flatMap((node, at): CanvasNode[] => {
    if (folded.has(node.id)) return [];
    const known = old.get(node.id);
    const shape: CardNode = { ...base(node.id, placeOf(flow, node.id, at), chosen.nodes.has(node.id)), type: 'card' };
    if (known) return [kept(known, shape)];
    const measured = { width: CARD_WIDTH, height: estimateHeight(node) };
    return [{ ...shape, measured, handles: estimateHandles(node) }];
  });
  const notes = flow.layout.notes.map(({ id, at: [x, y], size: given }): CanvasNode => {
    const key = noteKey(id);
    const size = { initialWidth: given?.[0] ?? NOTE_WIDTH, initialHeight: given?.[1] ?? 96 };
    return kept(old.get(key), { ...base(key, { x, y }, chosen.notes.has(id)), type: 'note', ...size });
  });
  const nodes = [...frames, ...cards, ...notes];
  const edges = wiresOf(flow, folded, new Set(selection.edges), before.edges);
  const same = isSame(nodes, before.nodes) && isSame(edges, before.edges);
  return same ? before : { nodes: isSame(nodes, before.nodes) ? before.nodes : nodes, edges };
}

/** What a drag ended with: one edit a kind of thing. Frames and folded groups take their nodes along. */
export function movesOf(flow: Flow, moved: readonly Pick<CanvasNode, 'id' | 'position'>[], before: Graph): Edit[] {
  const positions: Record<string, [number, number]> = {};
  const edits: Edit[] = [];
  for (const { id: key, position } of moved) {
    const { kind, id } = nameIn(key);
    if (kind === 'node') positions[id] = [Math.round(position.x), Math.round(position.y)];
    const note = kind === 'note' && flow.layout.notes.find((one) => one.id === id);
    if (note) edits.push({ edit: 'setNote', note: { ...note, at: [Math.round(position.x), Math.round(position.y)] } });
    const old = before.nodes.find((node) => node.id === key);
    const group = kind === 'group' && flow.layout.groups.find((one) => one.id === id);
    if (!group || !old) continue;
    const [dx, dy] = [position.x - old.position.x, position.y - old.position.y];
    flow.nodes.forEach((node, index) => {
      if (!group.nodes.includes(node.id) || positions[node.id]) return;
      const { x, y } = placeOf(flow, node.id, index);
      positions[node.id] = [Math.round(x + dx), Math.round(y + dy)];
    });
  }
  if (Object.keys(positions).length > 0) edits.unshift({ edit: 'moveNodes', positions, pin: true });
  return edits;
}

/** A connection that a person drew; the ends may be those of a folded group. */
export function toEdge(
  link: { source: string; sourceHandle: string | null | undefined; target: string },
  id: string,
): FlowEdge {
  const isFolded = nameIn(link.source).kind === 'group';
  const [source = '', ...port] = isFolded ? (link.sourceHandle ?? '').split(' ') : [link.source];
  return { id, source, sourceHandle: isFolded ? port.join(' ') : (link.sourceHandle ?? 'next'), target: link.target };
}

const base = (id: string, { x, y }: { x: number; y: number }, selected: boolean) => ({
  id,
  position: { x, y },
  data: NO_DATA,
  selected,
  ariaRole: 'group' as const,
});

/** Node -> the folded group that stands for it. */
function foldedIn(flow: Flow): Map<string, string> {
  const folded = new Map<string, string>();
  for (const group of flow.layout.groups) if (group.collapsed) for (const id of group.nodes) folded.set(id, group.id);
  return folded;
}

function wiresOf(flow: Flow, folded: ReadonlyMap<string, string>, chosen: ReadonlySet<string>, before: Wire[]): Wire[] {
  const old = new Map(before.map((wire) => [wire.id, wire]));
  const wires = flow.edges.flatMap(({ id, source, sourceHandle, target }): Wire[] => {
    const [from, to] = [folded.get(source), folded.get(target)];
    if (from !== undefined && from === to) return [];
    const wire: Wire = {
      id,
      source: from === undefined ? source : groupKey(from),
      sourceHandle: from === undefined ? sourceHandle : portKey(source, sourceHandle),
      target: to === undefined ? target : groupKey(to),
      targetHandle: 'in',
      selected: chosen.has(id),
      type: 'wire',
      markerEnd: ARROW,
      ...UNHEARD,
    };
    const known = old.get(id);
    return [known && SHOWN_OF_WIRES.every((key) => known[key] === wire[key]) ? known : wire];
  });
  return isSame(wires, before) ? before : wires;
}

/** React Flow would read a wire out by its ids, in English (an empty label too); where a way leads is said at its port. */
const UNHEARD = { ariaLabel: ' ', domAttributes: { 'aria-hidden': true } } as const;

const SHOWN_OF_WIRES = ['source', 'sourceHandle', 'target', 'selected'] as const;

function kept(old: CanvasNode | undefined, next: CanvasNode): CanvasNode {
  if (!old || old.type !== next.type) return next;
  const same =
    old.position.x === next.position.x &&
    old.position.y === next.position.y &&
    old.selected === next.selected &&
    old.width === next.width &&
    old.height === next.height;
  if (same) return old;
  const { position, selected, width, height } = next;
  return { ...old, position, selected, width, height } as CanvasNode;
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);
