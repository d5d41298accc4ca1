import { nodeTypes } from '@parley/nodes';
import { type FlowNode, isObject } from '@parley/runtime';

export interface NodeText {
  /** `menu.buttons.yes.title`: as translations are kept. */
  key: string;
  text: string;
}

/** What a customer reads of each node type: fields whose texts are worth translating, by name at any depth. */
const READ = new Set([
  'text',
  'title',
  'description',
  'caption',
  'header',
  'footer',
  'button',
  'invalidText',
  'patternWords',
]);
const LISTS = new Set(['choices']);
const NO_TEXT = new Set(['id', 'payload', 'url', 'mediaId', 'kind', 'after']);

/** The words of a node that customers read, with the keys of their translations: list items go by their ids. */
export function textsOfNode(node: FlowNode): NodeText[] {
  const type = nodeTypes.get(node.type);
  if (type?.group !== 'chat') return [];
  return Object.entries(node.config)
    .filter(([key]) => !type.literal.includes(key))
    .flatMap(([key, value]) => textsIn(value, [node.id, key], READ.has(key) || LISTS.has(key)));
}

function textsIn(value: unknown, path: readonly string[], isRead: boolean): NodeText[] {
  if (typeof value === 'string') return isRead && value.trim() !== '' ? [{ key: path.join('.'), text: value }] : [];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => {
      const id = isObject(item) && typeof item.id === 'string' ? item.id : String(index);
      return textsIn(item, [...path, id], isRead);
    });
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([key]) => !NO_TEXT.has(key))
    .flatMap(([key, item]) => textsIn(item, [...path, key], READ.has(key)));
}

/** Keys of a flow that a language has no words for yet. */
export function missingIn(nodes: readonly FlowNode[], texts: Readonly<Record<string, string>>): NodeText[] {
  return nodes.flatMap(textsOfNode).filter(({ key }) => !texts[key]);
}
