import { isObject } from '../json.ts';
import { Edge, Flow, FlowNode, Interrupt, Settings, Variable } from './flow.ts';
import { unknownFields } from './issue-words.ts';
import { flowWarning, type Problem, pointer } from './problem.ts';

/** Slips that are told of one document. */
const MAX_TOLD = 50;
/** Other programs' own keys: `$schema` of editors of JSON, `x-...` of anybody. */
const FOREIGN = /^(?:\$|x-)/;

/**
 * Keys of the document that nobody reads, such as `settings.timzone`: without a word the flow would run without what was
 * meant. Warnings, since a newer release may have them. What a node's config may hold is the node's own to check.
 * The same slip in a hundred nodes is told once.
 */
export function unknownKeys(document: Record<string, unknown>): Problem[] {
  const told = new Set<string>();
  return [
    ...look(document, [], Object.keys(Flow.shape)),
    ...look(document.settings, ['settings'], Object.keys(Settings.shape)),
    ...each(document.nodes, ['nodes'], Object.keys(FlowNode.shape)),
    ...each(document.edges, ['edges'], Object.keys(Edge.shape)),
    ...each(document.variables, ['variables'], Object.keys(Variable.shape)),
    ...each(
      isObject(document.settings) ? document.settings.interrupts : [],
      ['settings', 'interrupts'],
      Object.keys(Interrupt.shape),
    ),
  ];

  function each(list: unknown, path: string[], known: string[]): Problem[] {
    return Array.isArray(list) ? list.flatMap((item, index) => look(item, [...path, index], known)) : [];
  }

  function look(value: unknown, path: PropertyKey[], known: string[]): Problem[] {
    if (!isObject(value)) return [];
    return Object.keys(value)
      .filter((key) => !known.includes(key) && !FOREIGN.test(key) && isNew(`${String(path[0])}.${path.length}.${key}`))
      .map((key) => {
        const node = path[0] === 'nodes' && typeof value.id === 'string' ? { node: value.id } : {};
        return flowWarning('unknown_field', unknownFields([key], known), { ...node, path: pointer([...path, key]) });
      });
  }

  function isNew(slip: string): boolean {
    if (told.has(slip) || told.size >= MAX_TOLD) return false;
    told.add(slip);
    return true;
  }
}
