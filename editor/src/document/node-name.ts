import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { useNodeWords } from '../ui/node-words.ts';

/** What a step is called: its label, else the name of its type in the person's language. */
export function useNodeName(): (node: Pick<FlowNode, 'id' | 'type' | 'label'>) => string {
  const words = useNodeWords();
  return ({ id, type, label }) => {
    if (label) return label;
    const known = nodeTypes.get(type);
    return known ? words(known.title) : id;
  };
}
