import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { useNodeWords } from '../ui/node-words.ts';

/** What a node is called: its label, else what its type is called, in the person's language. */
export function useNodeName(): (node: FlowNode) => string {
  const words = useNodeWords();
  return (node) => node.label || words(nodeTypes.get(node.type)?.title ?? node.type);
}
