import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { useCallback } from 'react';
import { useNodeWords } from '../ui/node-words.ts';
import { useOwnWords } from '../ui/use-own-words.ts';
import { nodeTitle } from './node-title.ts';

/**
 * What a step is called wherever steps are named: by whoever built it, else by how it begins, else by what its type is
 * called in the person's language. To stand in a sentence: words of the other direction do not turn it.
 */
export function useNodeName(): (node: Pick<FlowNode, 'type' | 'label' | 'config'>) => string {
  const kindOf = useNodeKind();
  const own = useOwnWords();
  return useCallback(
    (node) => {
      const title = nodeTitle(node);
      return title === null ? kindOf(node) : own(title);
    },
    [kindOf, own],
  );
}

/** What the type of a step is called; of one whose package is gone, its own name. */
export function useNodeKind(): (node: Pick<FlowNode, 'type'>) => string {
  const words = useNodeWords();
  return useCallback(({ type }) => words(nodeTypes.get(type)?.title ?? type), [words]);
}

/** The kind, to stand below a name that does not say it already; null where the name is the kind. */
export function useKindBelow(): (node: Pick<FlowNode, 'type' | 'label' | 'config'>) => string | null {
  const kindOf = useNodeKind();
  return useCallback((node) => (nodeTitle(node) === null ? null : kindOf(node)), [kindOf]);
}
