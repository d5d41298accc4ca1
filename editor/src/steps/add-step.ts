import { nodeTypes } from '@parley/nodes';
import type { Edit, Flow, FlowNode, NodeType } from '@parley/runtime';
import { newEdgeId } from '../document/new-id.ts';
import { addNodeEdits, newNode } from '../document/new-node.ts';
import { EXCEPTIONS, freePortOf, portsOfNode } from './ports-of-node.ts';

/** Room between two cards that follow each other. */
const STRIDE = 336; // pixels of the canvas: a card is 256 wide
/** What a card takes, in pixels of the canvas: two that stand closer lie on each other. */
const CARD = { width: 272, height: 176 };
const DROP = 96; // pixels below, where the place is taken

type Point = readonly [number, number];

export type Where =
  /** On its own. */
  | { kind: 'place'; at: Point }
  /** Behind a node: on its first free port, or the one that is named. */
  | { kind: 'after'; node: string; port?: string; at?: Point }
  | { kind: 'wire'; edge: string; at: Point };

interface Added {
  node: FlowNode;
  edits: Edit[];
  /** The node that leads to it. */
  before?: string;
}

/** A new step of a type, and the edits that put it there; connected where something can lead to it. */
export function addStep(flow: Flow, type: NodeType, where: Where): Added {
  const added = addedTo(flow, type, where);
  const led = added.edits.find((edit) => edit.edit === 'connect' && edit.edge.target === added.node.id);
  return { ...added, before: led?.edit === 'connect' ? led.edge.source : undefined };
}

function addedTo(flow: Flow, type: NodeType, where: Where): Added {
  const node = newNode(flow, type);
  if (where.kind === 'place') return { node, edits: addNodeEdits(node, free(flow, where.at)) };
  if (where.kind === 'wire') {
    const port = portsOfNode(node, nodeTypes)[0];
    const isWireable = type.begins === null;
    const at = free(flow, where.at);
    if (!isWireable) return { node, edits: addNodeEdits(node, at) };
    if (port !== undefined) return { node, edits: addNodeEdits(node, at, { flow, edge: where.edge, port }) };
    return { node, edits: endWire(flow, node, where.edge, at) };
  }
  const before = flow.nodes.find(({ id }) => id === where.node);
  const [x, y] = flow.layout.nodes[where.node] ?? [0, 0];
  const at = free(flow, where.at ?? [x + STRIDE, y]);
  const added = addNodeEdits(node, at);
  const port = where.port ?? (before && freePortOf(flow, before, nodeTypes));
  if (!before || port === undefined || type.begins !== null) return { node, edits: added };
  const edge = { id: newEdgeId(flow, where.node, port), source: where.node, sourceHandle: port, target: node.id };
  return { node, edits: [...added, { edit: 'connect', edge }] };
}

/** Whom a step follows that is added without saying where: the last one that leads nowhere by itself yet. */
export function looseEnd(flow: Flow): string | undefined {
  const leads = (node: FlowNode) => {
    const port = freePortOf(flow, node, nodeTypes);
    return port !== undefined && !EXCEPTIONS.has(port);
  };
  return flow.nodes.findLast(leads)?.id;
}

/** Where somebody who just added a step wants to write: its words, else its first setting. */
export function firstField({ schema }: NodeType): string | undefined {
  const keys = Object.keys(schema.shape);
  const key = keys.find((one) => one === 'text') ?? keys.find((one) => one === 'keywords') ?? keys[0];
  return key === undefined ? undefined : `/${key}`;
}

/** A step without a way on ends the wire: what followed is no longer led to. */
function endWire(flow: Flow, node: FlowNode, edge: string, at: [number, number]): Edit[] {
  const old = flow.edges.find(({ id }) => id === edge);
  const added = addNodeEdits(node, at);
  if (!old) return added;
  return [...added, { edit: 'disconnect', id: edge }, { edit: 'connect', edge: { ...old, target: node.id } }];
}

/** The place itself, or one below it that no card stands on. */
function free(flow: Flow, [x, y]: Point): [number, number] {
  const places = Object.values(flow.layout.nodes);
  let at: [number, number] = [Math.round(x), Math.round(y)];
  while (places.some(([px, py]) => Math.abs(px - at[0]) < CARD.width && Math.abs(py - at[1]) < CARD.height))
    at = [at[0], at[1] + DROP];
  return at;
}
