import type { Flow, FlowNode } from '../flow/flow.ts';
import { flowWarning, type Problem, pointer } from '../flow/problem.ts';
import { linksOf, type NodeTypes } from '../node/define-node.ts';
import { stringsOf } from './structure.ts';
import { namesReadBy, variablesSetBy } from './variable-uses.ts';

/** By these a node leaves without what it asked for. */
const WITHOUT_VALUE = new Set(['timeout', 'error', 'invalid']);
/** A name that stands for itself; `{{default name "x"}}` and `{{#if name}}` know that it may be empty. */
const ALONE = /\{\{\{?\s*([A-Za-z_][\w.]*)\s*\}?\}\}/g;
const ALL = -1n; // every bit

interface Read {
  top: string;
  name: string;
  path: PropertyKey[];
}

/**
 * Texts with a variable that something sets, but not on every way that leads there: then a gap is sent. Only what people
 * read is looked at; a condition may well ask whether something is there. Flows that others start may bring values along,
 * so that only ways from a message count.
 */
export function unsetOnAWayProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const reads = new Map(flow.nodes.map((node) => [node.id, readsOf(node, nodeTypes)]));
  const sets = new Map(flow.nodes.map((node) => [node.id, variablesSetBy(node, nodeTypes).map(topOf)]));
  const initial = new Set(flow.variables.filter((one) => one.initial !== undefined).map(({ name }) => topOf(name)));
  const wanted = new Set([...reads.values()].flat().map(({ top }) => top));
  const setSomewhere = [...new Set([...sets.values()].flat())].filter((top) => wanted.has(top) && !initial.has(top));
  if (setSomewhere.length === 0) return [];
  const bits = new Map(setSomewhere.map((top, index) => [top, 1n << BigInt(index)]));
  const maskOf = (tops: readonly string[]) => tops.reduce((mask, top) => mask | (bits.get(top) ?? 0n), 0n);
  const known = knownAt(flow, nodeTypes, new Map([...sets].map(([id, tops]) => [id, maskOf(tops)])));
  return flow.nodes.flatMap((node, index) =>
    (reads.get(node.id) ?? [])
      .filter(({ top }) => bits.has(top) && ((known.get(node.id) ?? ALL) & (bits.get(top) ?? 0n)) === 0n)
      .map(({ name, path }) =>
        flowWarning(
          'maybe_unset',
          `On some way to ${node.id} nothing has set {{${name}}} yet. Write {{default ${name} "…"}}, or set it before.`,
          { node: node.id, path: `/nodes/${index}/config${pointer(path)}`, values: { name } },
        ),
      ),
  );
}

const topOf = (name: string): string => name.split('.')[0] ?? '';

/** What is set for certain when a node is come to, as bits: what all ways there have in common. */
function knownAt(flow: Flow, nodeTypes: NodeTypes, sets: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const known = new Map<string, bigint>();
  const leaving = Map.groupBy(flow.edges, ({ source }) => source);
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const queue: string[] = [];
  const come = (id: string, mask: bigint) => {
    const before = known.get(id) ?? ALL;
    const now = before & mask;
    if (known.has(id) && now === before) return;
    known.set(id, now);
    queue.push(id);
  };
  for (const node of flow.nodes) if (nodeTypes.get(node.type)?.begins === 'message') come(node.id, 0n);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = nodes.get(id);
    const before = known.get(id) ?? ALL;
    const after = before | (sets.get(id) ?? 0n);
    for (const { sourceHandle, target } of leaving.get(id) ?? [])
      come(target, WITHOUT_VALUE.has(sourceHandle) ? before : after);
    if (node) for (const target of Object.values(linksOf(node, nodeTypes))) come(target, after);
  }
  return known;
}

/** Names that stand alone in a text for people, where nothing else in the text asks whether they are there. */
function readsOf(node: FlowNode, nodeTypes: NodeTypes): Read[] {
  const type = nodeTypes.get(node.type);
  // A gap in a note to the team is no embarrassment
  if (type?.group !== 'chat' || namesReadBy(node, nodeTypes).length === 0) return [];
  const silent = [...type.literal, ...type.typed];
  return [...stringsOf(node.config)].flatMap(([path, text]) => {
    if (silent.includes(String(path[0])) || !text.includes('{{') || text.includes('{{#')) return [];
    return [...text.matchAll(ALONE)].map(([, name = '']) => ({ name, top: topOf(name), path }));
  });
}
