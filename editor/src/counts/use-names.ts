import { nodeTypes } from '@parley/nodes';
import { type FlowNode, isObject } from '@parley/runtime';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow } from '../document/use-document.ts';
import { useNodeWords } from '../ui/node-words.ts';

const KNOWN = [
  'next',
  'other',
  'yes',
  'no',
  'timeout',
  'error',
  'invalid',
  'each',
  'done',
  'open',
  'closed',
  'resumed',
] as const;
const MOST_WORDS = 40; // characters of what a step says, enough to know it by

export interface Names {
  /** By its label, else what it is; `words` is how it begins, where it says something. */
  node: (id: string) => { title: string; words: string | null };
  /** A choice by the words on its button, else the port's own name. */
  port: (node: string, port: string) => string;
}

/** How people know the steps of the flow as it stands, and their ways out. */
export function useNames(): Names {
  const { t } = useTranslation('counts');
  const word = useNodeWords();
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
      port: (id, port) => {
        const node = byId.get(id);
        const choice = node && choiceIn(node.config, port);
        if (choice) return choice;
        const known = KNOWN.find((one) => one === port);
        return known ? t(`ports.${known}`) : word(port);
      },
    };
  }, [nodes, word, t]);
}

function wordsOf({ config }: FlowNode): string | null {
  const said = [config.text, config.body, config.name, config.url].find((one) => typeof one === 'string' && one !== '');
  if (typeof said !== 'string') return null;
  const line = said.replace(/\s+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS - 1).trimEnd()}…` : line;
}

/** The title of the button, row, case or branch with this id, wherever in the config it lies. */
function choiceIn(value: unknown, id: string): string | null {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if (isObject(value) && value.id === id && typeof value.title === 'string' && value.title !== '') return value.title;
  for (const one of inner) {
    const found = typeof one === 'object' && one !== null ? choiceIn(one, id) : null;
    if (found) return found;
  }
  return null;
}
