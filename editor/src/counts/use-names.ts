import type { FlowNode } from '@parley/runtime';
import { useMemo } from 'react';
import { useKindBelow, useNodeName } from '../document/node-name.ts';
import { useFlow } from '../document/use-document.ts';
import { choiceTitle, usePortName } from '../steps/port-names.ts';

export interface Names {
  /** As steps are called everywhere; `words` is what it is, where its name does not say so. */
  node: (id: string) => { title: string; words: string | null };
  /** A choice by the words on its button, else the port's own name. */
  port: (node: string, port: string) => string;
}

/** How people know the steps of the flow as it stands, or of another one, and their ways out. */
export function useNames(others?: readonly FlowNode[]): Names {
  const nameOf = useNodeName();
  const kindBelow = useKindBelow();
  const portName = usePortName();
  const own = useFlow((flow) => flow.nodes);
  const nodes = others ?? own;
  return useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    return {
      node: (id) => {
        const node = byId.get(id);
        if (!node) return { title: id, words: null };
        return { title: nameOf(node), words: kindBelow(node) };
      },
      port: (id, port) => choiceTitle(byId.get(id)?.config, port) ?? portName(port),
    };
  }, [nodes, nameOf, kindBelow, portName]);
}
