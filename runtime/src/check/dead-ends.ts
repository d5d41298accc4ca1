import type { Flow } from '../flow/flow.ts';
import { flowWarning, type Problem } from '../flow/problem.ts';
import { type NodeType, type NodeTypes, portsOf, readConfig } from '../node/define-node.ts';

/** Where somebody expects an answer and none comes: a trigger that leads nowhere, a question whose answer nothing follows. */
export function deadEndProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const wired = new Set(flow.edges.map(({ source, sourceHandle }) => `${source} ${sourceHandle}`));
  return flow.nodes.flatMap((node, index): Problem[] => {
    const type = nodeTypes.get(node.type);
    const config = type && readConfig(node, type);
    if (!type || !config?.success || wired.has(`${node.id} next`)) return [];
    const place = { node: node.id, path: `/nodes/${index}` };
    if (type.begins) {
      const words = `Nothing follows the trigger ${node.id}: the flow begins and ends at once. Wire it.`;
      return [flowWarning('dead_end', words, { ...place, values: { of: 'trigger' } })];
    }
    if (!asks(type) || !type.listens(config.data) || !portsOf(type, config.data).includes('next')) return [];
    const words = `Nothing follows the answer to ${node.id}: the person hears no more. Wire its port next.`;
    return [flowWarning('dead_end', words, { ...place, values: { of: 'question' } })];
  });
}

const asks = ({ verb }: NodeType): boolean => verb.kind === 'wait' && verb.wait.on.includes('message');
