import type { Edit, Flow, NodeTypes } from '@parley/runtime';
import { type Box, layOut } from './lay-out.ts';

/** A node as it is drawn. */
export interface Placed extends Box {
  id: string;
}

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom' | 'distributeX' | 'distributeY';

/** Lines nodes up, or spreads them with equal gaps between the outermost two. What is aligned counts as placed by hand. */
export function alignEdits(flow: Flow, nodes: readonly Placed[], how: Alignment): Edit[] {
  const moved =
    how === 'distributeX' ? spread(nodes, 'x') : how === 'distributeY' ? spread(nodes, 'y') : line(nodes, how);
  return moveEdits(flow, moved, true);
}

function line(nodes: readonly Placed[], how: Exclude<Alignment, 'distributeX' | 'distributeY'>): Placed[] {
  const [left, top] = [Math.min(...nodes.map(({ x }) => x)), Math.min(...nodes.map(({ y }) => y))];
  const right = Math.max(...nodes.map(({ x, width }) => x + width));
  const bottom = Math.max(...nodes.map(({ y, height }) => y + height));
  const place = (node: Placed): Partial<Placed> => {
    switch (how) {
      case 'left':
        return { x: left };
      case 'center':
        return { x: (left + right - node.width) / 2 };
      case 'right':
        return { x: right - node.width };
      case 'top':
        return { y: top };
      case 'middle':
        return { y: (top + bottom - node.height) / 2 };
      case 'bottom':
        return { y: bottom - node.height };
    }
  };
  return nodes.map((node) => ({ ...node, ...place(node) }));
}

function spread(nodes: readonly Placed[], axis: 'x' | 'y'): Placed[] {
  const side = axis === 'x' ? 'width' : 'height';
  const sorted = [...nodes].sort((one, other) => one[axis] - other[axis]);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3) return [];
  const filled = sorted.reduce((sum, node) => sum + node[side], 0);
  const gap = (last[axis] + last[side] - first[axis] - filled) / (sorted.length - 1);
  let at = first[axis];
  return sorted.map((node) => {
    const placed = { ...node, [axis]: at };
    at += node[side] + gap;
    return placed;
  });
}

/**
 * Lays the flow out from left to right. `all: false` leaves what was placed by hand where it is and lays out the rest
 * around it; `all: true` lays out everything, and forgets what was placed by hand.
 */
export function layoutEdits(
  flow: Flow,
  sizes: ReadonlyMap<string, { width: number; height: number }>,
  nodeTypes: NodeTypes,
  { all }: { all: boolean },
): Edit[] {
  const pinned = all ? [] : (flow.layout.pinned ?? []);
  const placed = layOut(flow, sizes, nodeTypes, new Set(pinned));
  return moveEdits(flow, placed, all && flow.layout.pinned ? false : undefined);
}

/** One edit for all that moved; none where nothing did. */
function moveEdits(flow: Flow, placed: readonly Placed[], pin: boolean | undefined): Edit[] {
  const moved = placed.flatMap(({ id, x, y }): [string, [number, number]][] => {
    const at: [number, number] = [Math.round(x), Math.round(y)];
    const before = flow.layout.nodes[id];
    const isSame = before?.[0] === at[0] && before[1] === at[1];
    return isSame && pin === undefined ? [] : [[id, at]];
  });
  if (moved.length === 0) return [];
  return [{ edit: 'moveNodes', positions: Object.fromEntries(moved), ...(pin !== undefined && { pin }) }];
}
