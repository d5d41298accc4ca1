import { RESERVED_NAMES } from '../compile/context.ts';
import type { FlowNode } from '../flow/flow.ts';
import { isObject } from '../json.ts';
import { type NodeTypes, readConfig } from '../node/define-node.ts';
import { stringsOf } from './structure.ts';
import { templateFacts } from './template-facts.ts';

/** The person, the message and so on: templates see them under these names, never a variable. */
export const isReservedName = (name: string): boolean =>
  (RESERVED_NAMES as readonly string[]).includes(name.split('.')[0] ?? '');

/**
 * Names of the variables that a node sets. By convention of the contract, `saveAs` names one and `assign` holds several;
 * `sets` names the others.
 */
export function variablesSetBy(node: FlowNode, nodeTypes: NodeTypes): string[] {
  const known = nodeTypes.get(node.type);
  // The parsed config: a trigger's `saveAs` has a default
  const parsed = known && readConfig(node, known);
  const values: Record<string, unknown> = parsed?.success ? parsed.data : node.config;
  return [
    ...(typeof values.saveAs === 'string' ? [values.saveAs] : []),
    ...(isObject(values.assign) ? Object.keys(values.assign) : []),
    ...(parsed?.success && known ? known.sets(parsed.data) : []),
  ];
}

export interface VariableRead {
  /** As it is written, such as `order.number` or `contact.name`. */
  name: string;
  /** Inside the config. */
  path: PropertyKey[];
}

/** What the templates of a node's config read, facts such as `contact.name` included. */
export function namesReadBy({ type, config }: FlowNode, nodeTypes: NodeTypes): VariableRead[] {
  const literal = nodeTypes.get(type)?.literal ?? [];
  return [...stringsOf(config)]
    .filter(([path]) => !literal.includes(String(path[0])))
    .flatMap(([path, text]) => templateFacts(text).reads.map((name) => ({ name, path })));
}
