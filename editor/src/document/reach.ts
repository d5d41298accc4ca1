import { type Flow, type NodeTypes, nextNodes } from '@parley/runtime';

type Ways = ReadonlyMap<string, readonly string[]>;

/** The nodes and all that can follow them, by edges and by links such as "go to"; in the order of the flow. */
export const downstreamOf = (flow: Flow, ids: readonly string[], nodeTypes: NodeTypes): string[] =>
  reachedBy(flow, ids, nextNodes(flow, nodeTypes));

/** The nodes and all that can lead to them. */
export const upstreamOf = (flow: Flow, ids: readonly string[], nodeTypes: NodeTypes): string[] =>
  reachedBy(flow, ids, turned(nextNodes(flow, nodeTypes)));

/** The nodes and all that hangs together with them, either way. */
export function connectedTo(flow: Flow, ids: readonly string[], nodeTypes: NodeTypes): string[] {
  const next = nextNodes(flow, nodeTypes);
  const before = turned(next);
  const both = new Map([...next].map(([id, targets]) => [id, [...targets, ...(before.get(id) ?? [])]]));
  return reachedBy(flow, ids, both);
}

function turned(ways: Ways): Ways {
  const back = new Map<string, string[]>([...ways.keys()].map((id) => [id, []]));
  for (const [source, targets] of ways) for (const target of targets) back.get(target)?.push(source);
  return back;
}

function reachedBy(flow: Flow, ids: readonly string[], ways: Ways): string[] {
  const queue = [...ids];
  const reached = new Set<string>();
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    queue.push(...(ways.get(id) ?? []));
  }
  return flow.nodes.flatMap(({ id }) => (reached.has(id) ? [id] : []));
}
