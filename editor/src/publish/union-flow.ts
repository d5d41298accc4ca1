import { canonicalJson, type Edge, type Flow, type NodeTypes } from '@parley/runtime';
import type { EdgeMark, Layer, NodeMark } from '../document/workbench.ts';
import { describeDifference, stepOf } from './describe-difference.ts';

/** What the marks on the canvas say; in the reader's language. */
export interface MarkWords {
  added: string;
  removed: string;
  changed: string;
}

/** Both flows in one document, and marks that say which part is whose. */
export function unionFlow(
  before: Flow,
  after: Flow,
  nodeTypes: NodeTypes,
  words: MarkWords,
): { flow: Flow; layer: Layer } {
  const [old, fresh] = [idsOf(before), idsOf(after)];
  const removed = before.nodes.filter(({ id }) => !fresh.has(id));
  const goneEdges = before.edges
    .filter((edge) => !after.edges.some((one) => isSameWire(one, edge)))
    .map((edge) => ({ ...edge, id: freeId(edge, after) }));
  const flow: Flow = {
    ...after,
    nodes: [...after.nodes, ...removed],
    edges: [...after.edges, ...goneEdges],
    layout: { ...after.layout, nodes: { ...before.layout.nodes, ...after.layout.nodes } },
  };
  const nodes: Record<string, NodeMark> = {};
  for (const id of changedSteps(before, after, nodeTypes)) nodes[id] = { tone: 'changed', title: words.changed };
  for (const { id } of after.nodes) if (!old.has(id)) nodes[id] = { tone: 'added', title: words.added };
  for (const { id } of removed) nodes[id] = { tone: 'removed', title: words.removed };
  const edges: Record<string, EdgeMark> = {};
  for (const edge of after.edges)
    if (!before.edges.some((one) => isSameWire(one, edge))) edges[edge.id] = { tone: 'added', title: words.added };
  for (const { id } of goneEdges) edges[id] = { tone: 'removed', title: words.removed };
  return { flow, layer: { nodes, edges } };
}

function changedSteps(before: Flow, after: Flow, nodeTypes: NodeTypes): string[] {
  const facts = describeDifference(before, after, nodeTypes);
  // Where a way out leads is drawn by its wire
  return facts.filter(({ kind }) => kind !== 'wire_changed').flatMap((fact) => stepOf(fact)?.id ?? []);
}

/** Ids of edges are nobody's business: the same way between the same steps is the same wire. */
const isSameWire = ({ id: _, ...one }: Edge, { id: __, ...other }: Edge) => canonicalJson(one) === canonicalJson(other);

const idsOf = ({ nodes }: Flow) => new Set(nodes.map(({ id }) => id));

function freeId({ id }: Edge, { edges }: Flow): string {
  let free = id;
  for (let number = 1; edges.some((one) => one.id === free); number++) free = `${id.slice(0, 56)}-was${number}`;
  return free;
}
