import { nodeTypes } from '@parley/nodes';
import { type Flow, type FlowNode, stringsOf } from '@parley/runtime';
import { type NodeHandle, Position } from '@xyflow/react';
import { portsOfNode } from '../steps/ports-of-node.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** All in pixels of the canvas at 100 %. */
export const CARD_WIDTH = 256;
export const NOTE_WIDTH = 224;
export const GRID = 16;
export const FOLDED = { width: CARD_WIDTH, height: 96 };
const SHELVES = { columns: 4, width: 360, height: 320 }; // where nobody placed anything
const FRAME = { side: 24, top: 56, bottom: 24 };
const HEAD = 44;
const PORT = 26; // a row of a card with a port
const LINE = { height: 20, letters: 32 };
const MOST_LINES = 8; // longer texts are cut on the card

/** Where a node stands; one that nobody placed stands in a grid, in the order of the document. */
export function placeOf(flow: Flow, id: string, index: number): { x: number; y: number } {
  const [x, y] = flow.layout.nodes[id] ?? [
    (index % SHELVES.columns) * SHELVES.width,
    Math.floor(index / SHELVES.columns) * SHELVES.height,
  ];
  return { x, y };
}

/** About how high a card is, until it is drawn for the first time: cards out of sight are not. */
export function estimateHeight(node: FlowNode): number {
  // Half a pixel that no card has: being drawn always corrects the estimate, and with it the ends of its wires
  return bodyEnd(node) + portsOfNode(node, nodeTypes).length * PORT + 8.5;
}

/** About where the ends of wires are, for cards that were never drawn. */
export function estimateHandles(node: FlowNode): NodeHandle[] {
  const top = bodyEnd(node) + PORT / 2;
  const size = { width: 1, height: 1 };
  return [
    { type: 'target', id: 'in', position: Position.Left, x: 0, y: HEAD / 2, ...size },
    ...portsOfNode(node, nodeTypes).map((id, index) => ({
      type: 'source' as const,
      id,
      position: Position.Right,
      x: CARD_WIDTH,
      y: top + index * PORT,
      ...size,
    })),
  ];
}

function bodyEnd(node: FlowNode): number {
  let letters = 0;
  for (const [, text] of stringsOf(node.config)) letters += Math.min(text.length, 300);
  return HEAD + 16 + Math.min(MOST_LINES, Math.ceil(letters / LINE.letters) + 1) * LINE.height;
}

/** The frame around boxes; while folded, a card at their upper left corner. */
export function boundsOf(boxes: readonly (Box | null)[], isFolded: boolean): Box {
  const there = boxes.filter((box) => box !== null);
  if (there.length === 0) return { x: 0, y: 0, ...FOLDED };
  const left = Math.min(...there.map(({ x }) => x));
  const top = Math.min(...there.map(({ y }) => y));
  if (isFolded) return { x: left, y: top, ...FOLDED };
  const right = Math.max(...there.map(({ x, width }) => x + width));
  const bottom = Math.max(...there.map(({ y, height }) => y + height));
  return {
    x: left - FRAME.side,
    y: top - FRAME.top,
    width: right - left + FRAME.side * 2,
    height: bottom - top + FRAME.top + FRAME.bottom,
  };
}
