import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../ui/isolate.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { nodeTitle } from './node-title.ts';

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/**
 * What a step is called wherever steps are named: by whoever built it, else by how it begins, else by what its type is
 * called in the person's language. To stand in a sentence: words of the other direction do not turn it.
 */
export function useNodeName(): (node: Pick<FlowNode, 'type' | 'label' | 'config'>) => string {
  const kindOf = useNodeKind();
  const { i18n } = useTranslation();
  const turns = i18n.dir() === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return useCallback(
    (node) => {
      const title = nodeTitle(node);
      if (title === null) return kindOf(node);
      return turns.test(title) ? isolate(title) : title;
    },
    [kindOf, turns],
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
