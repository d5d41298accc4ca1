import {
  Edge,
  type Flow,
  FlowNode,
  Group,
  isObject,
  jsonSize,
  type NodeTypes,
  Note,
  namesReadBy,
  parseFlow,
  Variable,
  variablesSetBy,
} from '@parley/runtime';
import { z } from 'zod';
import { nodesIn } from './groups.ts';
import { translationsOf } from './remove.ts';
import type { Selection } from './workbench.ts';

const CLIP_FORMAT = 'parley.clipboard/1';
const MAX_CLIP = 8_000_000; // characters: more than any flow that a canvas can show

const Point = z.tuple([z.number(), z.number()]);

/** What was copied: a piece of a flow, as JSON on the clipboard. */
const ClipText = z.object({
  format: z.literal(CLIP_FORMAT),
  nodes: z.array(FlowNode).max(2_000),
  edges: z.array(Edge).max(8_000),
  variables: z.array(Variable).max(500),
  translations: z.array(z.object({ language: z.string(), key: z.string(), text: z.string(), node: z.string() })),
  positions: z.array(z.object({ node: z.string(), at: Point })),
  pinned: z.array(z.string()),
  groups: z.array(Group),
  notes: z.array(Note),
});
export type Clip = z.infer<typeof ClipText>;

/** The selected nodes (those of selected groups too), what lies between them, and what they need, as JSON text. */
export const copyText = (flow: Flow, selection: Selection, nodeTypes: NodeTypes = new Map()): string =>
  JSON.stringify(clipOf(flow, nodesIn(flow, selection), selection.notes, nodeTypes), null, 2);

function clipOf(flow: Flow, chosen: ReadonlySet<string>, notes: readonly string[], nodeTypes: NodeTypes): Clip {
  const nodes = flow.nodes.filter(({ id }) => chosen.has(id));
  return {
    format: CLIP_FORMAT,
    nodes,
    edges: flow.edges.filter(({ source, target }) => chosen.has(source) && chosen.has(target)),
    variables: variablesOf(flow, nodes, nodeTypes),
    translations: translationsOf(flow, chosen),
    positions: nodes.flatMap(({ id }) => {
      const at = flow.layout.nodes[id];
      return at ? [{ node: id, at }] : [];
    }),
    pinned: (flow.layout.pinned ?? []).filter((id) => chosen.has(id)),
    groups: flow.layout.groups.filter(({ nodes }) => nodes.length > 0 && nodes.every((id) => chosen.has(id))),
    notes: flow.layout.notes.filter(({ id }) => notes.includes(id)),
  };
}

/** The flow's declarations of what the nodes read or set: their types come along. */
function variablesOf({ variables }: Flow, nodes: readonly FlowNode[], nodeTypes: NodeTypes): Variable[] {
  const used = nodes.flatMap((node) => [
    ...variablesSetBy(node, nodeTypes),
    ...namesReadBy(node, nodeTypes).map(({ name }) => name),
  ]);
  return variables.filter(({ name }) => used.some((one) => one === name || isInside(one, name) || isInside(name, one)));
}

const isInside = (name: string, other: string): boolean => name.startsWith(`${other}.`);

/** What a text from the clipboard holds: a clip, or a whole flow document. Null for everything else. */
export function readClip(text: string): Clip | null {
  if (text.length > MAX_CLIP) return null;
  const value = parsed(text);
  if (!isObject(value) || jsonSize(value, MAX_CLIP) === Infinity) return null;
  if (value.format === CLIP_FORMAT) {
    const clip = ClipText.safeParse(value);
    return clip.success && isWhole(clip.data) ? clip.data : null;
  }
  const { flow } = parseFlow(value);
  if (!flow) return null;
  const everything = new Set(flow.nodes.map(({ id }) => id));
  const notes = flow.layout.notes.map(({ id }) => id);
  return { ...clipOf(flow, everything, notes, new Map()), variables: flow.variables };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Written by hand, a clip could name a node twice, or hold edges to nodes that it does not have. */
function isWhole({ nodes, edges, notes, groups }: Clip): boolean {
  const ids = new Set(nodes.map(({ id }) => id));
  const isUnique = [nodes, edges, notes, groups].every(
    (list) => new Set(list.map(({ id }) => id)).size === list.length,
  );
  return (
    nodes.length + notes.length > 0 &&
    isUnique &&
    edges.every(({ source, target }) => ids.has(source) && ids.has(target)) &&
    groups.every((group) => group.nodes.every((id) => ids.has(id)))
  );
}
