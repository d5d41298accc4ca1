import { type Edit, type Flow, type FlowNode, isObject } from '@parley/runtime';

type Config = Record<string, unknown>;

/** Ids and payloads of list items are ports, and keys of translations. */
const NAMES = ['id', 'payload'];

/**
 * Sets a node's config. Where that takes a choice away, its edge and its translations go in the same act; a choice that
 * only changed its words keeps both.
 */
export function configEdits(flow: Flow, node: FlowNode, config: Config): Edit[] {
  const set: Edit = { edit: 'setConfig', id: node.id, config };
  const left = new Set(choiceIds(config));
  const gone = new Set(choiceIds(node.config).filter((id) => !left.has(id)));
  if (gone.size === 0) return [set];
  const edges = flow.edges
    .filter(({ source, sourceHandle }) => source === node.id && gone.has(sourceHandle))
    .map(({ id }): Edit => ({ edit: 'disconnect', id }));
  return [set, ...edges, ...translationsOf(flow, node.id, (parts) => parts.some((part) => gone.has(part)))];
}

/** Gives a choice another id: its edge and its translations move along. */
export function renameChoiceEdits(flow: Flow, node: FlowNode, config: Config, from: string, to: string): Edit[] {
  const edges = flow.edges.flatMap((edge, index): Edit[] =>
    edge.source === node.id && edge.sourceHandle === from
      ? [
          { edit: 'disconnect', id: edge.id },
          { edit: 'connect', edge: { ...edge, sourceHandle: to }, index },
        ]
      : [],
  );
  const texts = Object.entries(flow.translations).flatMap(([language, all]) =>
    Object.entries(all).flatMap(([key, text]): Edit[] => {
      const [id, ...parts] = key.split('.');
      if (id !== node.id || !parts.includes(from)) return [];
      const renamed = [id, ...parts.map((part) => (part === from ? to : part))].join('.');
      return [
        { edit: 'setTranslation', language, key, text: null },
        { edit: 'setTranslation', language, key: renamed, text },
      ];
    }),
  );
  return [{ edit: 'setConfig', id: node.id, config }, ...edges, ...texts];
}

function translationsOf(flow: Flow, node: string, isGone: (parts: string[]) => boolean): Edit[] {
  return Object.entries(flow.translations).flatMap(([language, all]) =>
    Object.keys(all).flatMap((key): Edit[] => {
      const [id, ...parts] = key.split('.');
      return id === node && isGone(parts) ? [{ edit: 'setTranslation', language, key, text: null }] : [];
    }),
  );
}

/** The ids of all items of lists in a config, at any depth. */
export function choiceIds(value: unknown): string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => [
      ...(isObject(item) ? NAMES.flatMap((name) => (typeof item[name] === 'string' ? [item[name]] : [])) : []),
      ...choiceIds(item),
    ]);
  return isObject(value) ? Object.values(value).flatMap(choiceIds) : [];
}
