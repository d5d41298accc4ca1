import {
  type Edit,
  type Flow,
  type FlowNode,
  isObject,
  type NodeTypes,
  renameInTemplate,
  stringsOf,
  variablesSetBy,
} from '@parley/runtime';
import { replacedAt } from './paste.ts';

export interface Renamed {
  edits: Edit[];
  /** Templates, conditions and fields in which the name was changed, its declaration included. */
  places: number;
  /** Nodes whose JavaScript names it: code is the author's to change. */
  inCode: string[];
}

/** Renames a variable wherever it is declared, set and read, found in the parsed templates; `order` renames `order.number` too. */
export function renameVariable(flow: Flow, from: string, to: string, nodeTypes: NodeTypes): Renamed {
  const declared = flow.variables.flatMap((variable, index): Edit[] => {
    const name = renamed(variable.name, from, to);
    if (name === variable.name) return [];
    return [
      { edit: 'removeVariable', name: variable.name },
      { edit: 'setVariable', variable: { ...variable, name }, index },
    ];
  });
  let places = declared.length / 2;
  const nodes = flow.nodes.flatMap((node): Edit[] => {
    const { config, count } = renamedConfig(node, from, to, nodeTypes);
    places += count;
    return count > 0 ? [{ edit: 'setConfig', id: node.id, config }] : [];
  });
  const translations = Object.entries(flow.translations).flatMap(([language, texts]) =>
    Object.entries(texts).flatMap(([key, before]): Edit[] => {
      const text = renameInTemplate(before, from, to);
      if (text === before) return [];
      places += 1;
      return [{ edit: 'setTranslation', language, key, text }];
    }),
  );
  return { edits: [...declared, ...nodes, ...translations], places, inCode: codeWith(flow, from) };
}

const renamed = (name: string, from: string, to: string): string =>
  name === from || name.startsWith(`${from}.`) ? to + name.slice(from.length) : name;

function renamedConfig(node: FlowNode, from: string, to: string, nodeTypes: NodeTypes) {
  const literal = nodeTypes.get(node.type)?.literal ?? [];
  let at = node;
  let count = 0;
  for (const [path, text] of stringsOf(node.config)) {
    if (literal.includes(String(path[0]))) continue;
    const next = renameInTemplate(text, from, to);
    if (next === text) continue;
    at = { ...at, config: replacedAt(at.config, path, next) as FlowNode['config'] };
    count += 1;
  }
  for (const name of new Set(variablesSetBy(node, nodeTypes))) {
    const next = renamed(name, from, to);
    if (next === name) continue;
    const changed = settersRenamed(at, name, next, nodeTypes);
    if (!changed) continue;
    at = changed;
    count += 1;
  }
  return { config: at.config, count };
}

/** Changes the field, or the key of a list of assignments, that makes the node set the variable; nothing else. */
function settersRenamed(node: FlowNode, name: string, next: string, nodeTypes: NodeTypes): FlowNode | null {
  const candidates = [
    ...[...stringsOf(node.config)]
      .filter(([, text]) => text === name)
      .map(([path]) => replacedAt(node.config, path, next)),
    ...Object.entries(node.config)
      .filter(([, value]) => isObject(value) && Object.hasOwn(value, name))
      .map(([key, value]) => ({
        ...node.config,
        [key]: Object.fromEntries(
          Object.entries(value as object).map(([one, item]) => [one === name ? next : one, item]),
        ),
      })),
  ];
  for (const config of candidates) {
    const changed: FlowNode = { ...node, config: config as FlowNode['config'] };
    const sets = variablesSetBy(changed, nodeTypes);
    if (sets.includes(next) && !sets.includes(name)) return changed;
  }
  return null;
}

const codeWith = (flow: Flow, name: string): string[] =>
  flow.nodes
    .filter(
      ({ type, config }) => type === 'data.code' && typeof config.code === 'string' && mentions(config.code, name),
    )
    .map(({ id }) => id);

const mentions = (code: string, name: string): boolean =>
  code.includes(`variables.${name}`) || code.includes(`'${name}'`);
