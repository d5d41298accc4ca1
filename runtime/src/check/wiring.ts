import type { Flow } from '../flow/flow.ts';
import { flowError, flowWarning, type Problem } from '../flow/problem.ts';
import { type NodeTypes, nextNodes, portsOf, readConfig } from '../node/define-node.ts';

/** Ports that may stay open: `next` ends the flow well, `error` has the flow's handler, the rest have a rule of their own. */
const OPTIONAL_PORTS = new Set(['next', 'error', 'timeout', 'other', 'closed', 'resumed']);

/** Where a person would be left without an answer: no trigger, nodes nobody reaches, decisions that lead nowhere. */
export function wiringProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const triggers = flow.nodes.filter((node) => nodeTypes.get(node.type)?.begins);
  if (triggers.length === 0)
    return [flowError('no_trigger', 'Nothing begins this flow. Add a trigger, such as trigger.message.')];
  const reached = reachable(
    flow,
    nextNodes(flow, nodeTypes),
    triggers.map((node) => node.id),
  );
  const wires = Map.groupBy(flow.edges, ({ source }) => source);
  return flow.nodes.flatMap((node, index) => {
    const place = { node: node.id, path: `/nodes/${index}` };
    if (!reached.has(node.id))
      return [flowWarning('unreachable', `Nothing leads to ${node.id}. Wire it, or remove it.`, place)];
    const type = nodeTypes.get(node.type);
    const config = type && readConfig(node, type);
    if (!type || !config?.success) return [];
    const wired = new Set(wires.get(node.id)?.map((edge) => edge.sourceHandle));
    return portsOf(type, config.data)
      .filter((port) => !wired.has(port) && !OPTIONAL_PORTS.has(port))
      .map((port) =>
        flowWarning('port_unwired', `Nothing follows ${port} of ${node.id}: the session does not go on from there.`, {
          ...place,
          values: { port },
        }),
      );
  });
}

function reachable(flow: Flow, next: ReadonlyMap<string, readonly string[]>, from: string[]): Set<string> {
  const queue = [
    ...from,
    ...flow.settings.interrupts.map((one) => one.target),
    ...(flow.settings.onError ? [flow.settings.onError.target] : []),
    ...(flow.settings.onExpire ? [flow.settings.onExpire.target] : []),
  ];
  const reached = new Set<string>();
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    queue.push(...(next.get(id) ?? []));
  }
  return reached;
}
