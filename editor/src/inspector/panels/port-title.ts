import { type FlowNode, isObject } from '@parley/runtime';

/** What a port is called: the words of the choice that it stands for, else its own name. */
export const portTitle = (node: FlowNode, port: string, words: (english: string) => string): string =>
  choiceTitle(node.config, port) ?? words(port);

function choiceTitle(value: unknown, port: string): string | null {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = choiceTitle(item, port);
      if (found) return found;
    }
    return null;
  }
  if (!isObject(value)) return null;
  if ((value.id === port || value.payload === port) && typeof value.title === 'string' && value.title !== '')
    return value.title;
  return choiceTitle(Object.values(value), port);
}
