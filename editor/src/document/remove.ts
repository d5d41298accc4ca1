import type { Edit, Flow } from '@parley/runtime';
import type { Selection } from './workbench.ts';

/**
 * Removes what is selected. A group that is folded up goes with its nodes, since it is drawn as one thing; of an open one
 * only the frame goes. Nodes take their edges and translations along.
 */
export function removeEdits(flow: Flow, selection: Selection): Edit[] {
  const chosen = flow.layout.groups.filter(({ id }) => selection.groups.includes(id));
  const folded = chosen.filter(({ collapsed }) => collapsed).flatMap(({ nodes }) => nodes);
  const gone = new Set([...selection.nodes, ...folded]);
  const nodes = flow.nodes.filter(({ id }) => gone.has(id));
  const edges = flow.edges.filter(
    ({ id, source, target }) => selection.edges.includes(id) && !gone.has(source) && !gone.has(target),
  );
  const notes = flow.layout.notes.filter(({ id }) => selection.notes.includes(id));
  const emptied = flow.layout.groups.filter(
    ({ nodes: inside }) => inside.length > 0 && inside.every((id) => gone.has(id)),
  );
  return [
    ...[...new Set([...chosen, ...emptied])].map(({ id }): Edit => ({ edit: 'ungroup', id })),
    ...removeTranslations(flow, gone),
    ...edges.map(({ id }): Edit => ({ edit: 'disconnect', id })),
    ...nodes.map(({ id }): Edit => ({ edit: 'removeNode', id })),
    ...notes.map(({ id }): Edit => ({ edit: 'removeNote', id })),
  ];
}

/** Words of nodes that are no longer there would be told as unused. */
export const removeTranslations = (flow: Flow, gone: ReadonlySet<string>): Edit[] =>
  translationsOf(flow, gone).map(({ language, key }) => ({ edit: 'setTranslation', language, key, text: null }));

/** The translations of some nodes. Keys begin with the node's id: `ask.text`. */
export const translationsOf = ({ translations }: Pick<Flow, 'translations'>, nodes: ReadonlySet<string>) =>
  Object.entries(translations).flatMap(([language, texts]) =>
    Object.entries(texts).flatMap(([key, text]) => {
      const node = key.split('.')[0] ?? '';
      return nodes.has(node) ? [{ language, key, text, node }] : [];
    }),
  );
