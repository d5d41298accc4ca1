import { type FlowNode, isObject, type NodeTypes } from '@parley/runtime';
import { firstWords } from '../document/node-title.ts';

/** How a step is called in a sentence: by its label, else by what it is and the first words that it says. */
export interface StepName {
  id: string;
  label: string | null;
  /** In English; `useNodeWords` has it in other languages. */
  title: string;
  words: string | null;
}

/** A way out of a step: a choice by its own words, else the port's name (`next`, `timeout`). */
export interface PortName {
  port: string;
  choice: string | null;
}

export function stepName(
  { id, type, label, config }: Pick<FlowNode, 'id' | 'type' | 'label' | 'config'>,
  nodeTypes: NodeTypes,
): StepName {
  return {
    id,
    label: label || null,
    title: nodeTypes.get(type)?.title ?? (type || id),
    words: firstWords(type, config),
  };
}

export function portName(nodes: readonly (FlowNode | undefined)[], port: string): PortName {
  const choices = nodes.flatMap((node) => (node ? titlesIn(node.config, port) : []));
  return { port, choice: choices[0] ?? null };
}

/** The titles of items with this id, anywhere in a config: buttons, rows of sections, cases. */
function titlesIn(value: unknown, id: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => titlesIn(item, id));
  if (!isObject(value)) return [];
  const title = [value.title, value.label, value.name].find((one) => typeof one === 'string' && one !== '');
  if (value.id === id && typeof title === 'string') return [title];
  return Object.values(value).flatMap((inner) => (typeof inner === 'object' ? titlesIn(inner, id) : []));
}
