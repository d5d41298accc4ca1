import type { Flow } from '../flow/flow.ts';
import type { NodeTypes } from '../node/define-node.ts';

/** The same document with other flows called by their new ids; which ids stayed as they were is in `left`. */
export function renameFlows(
  flow: Flow,
  nodeTypes: NodeTypes,
  ids: ReadonlyMap<string, string>,
): { document: Flow; left: { node: string; flow: string }[] } {
  const left: { node: string; flow: string }[] = [];
  const nodes = flow.nodes.map((node) => {
    const config = { ...node.config };
    for (const field of flowFields(node.type, nodeTypes)) {
      const named = config[field];
      if (typeof named !== 'string') continue;
      const next = ids.get(named);
      if (next === undefined) {
        left.push({ node: node.id, flow: named });
        continue;
      }
      config[field] = next;
      // A version that was pinned is one of the flow that stayed behind
      if (typeof config.version === 'number') config.version = 'latest';
    }
    return { ...node, config };
  });
  return { document: { ...flow, nodes }, left };
}

/** The fields of a node type's config that name a flow. */
export function flowFields(type: string, nodeTypes: NodeTypes): string[] {
  const shape = nodeTypes.get(type)?.schema.shape ?? {};
  return Object.entries(shape).flatMap(([name, field]) => (field.meta?.()?.input === 'flow' ? [name] : []));
}
