import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { useMemo } from 'react';
import { useFlow } from '../document/use-document.ts';
import { choiceTitle, usePortName } from '../steps/port-names.ts';
import { useNodeWords } from '../ui/node-words.ts';

const MOST_WORDS = 40; // characters of what a step says, enough to know it by

export interface Names {
  /** By its label, else what it is; `words` is how it begins, where it says something. */
  node: (id: string) => { title: string; words: string | null };
  /** A choice by the words on its button, else the port's own name. */
  port: (node: string, port: string) => string;
}

/** How people know the steps of the flow as it stands, and their ways out. */
export function useNames(): Names {
  const word = useNodeWords();
  const portName = usePortName();
  const nodes = useFlow((flow) => flow.nodes);
  return useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    return {
      node: (id) => {
        const node = byId.get(id);
        if (!node) return { title: id, words: null };
        const title = node.label || word(nodeTypes.get(node.type)?.title ?? node.type);
        return { title, words: wordsOf(node) };
      },
      port: (id, port) => choiceTitle(byId.get(id)?.config, port) ?? portName(port),
    };
  }, [nodes, word, portName]);
}

function wordsOf({ config }: FlowNode): string | null {
  const said = [config.text, config.body, config.name, config.url].find((one) => typeof one === 'string' && one !== '');
  if (typeof said !== 'string') return null;
  const line = said.replace(/\s+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS - 1).trimEnd()}…` : line;
}
