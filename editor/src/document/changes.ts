import { canonicalJson, type Edit, type Flow, type FlowNode } from '@parley/runtime';

/** One thing that differs between two documents, for pages that say it in words. */
export interface Change {
  what: 'added' | 'removed' | 'changed' | 'wires' | 'layout' | 'settings' | 'variables' | 'translations' | 'name';
  /** The step, for the first three. */
  node?: FlowNode;
}

const isSame = (one: unknown, other: unknown): boolean => one === other || canonicalJson(one) === canonicalJson(other);

/** What changed from one document to the other: each step once, then the rest of the flow. */
export function changesBetween(before: Flow, after: Flow): Change[] {
  const [old, fresh] = [nodesById(before), nodesById(after)];
  return [
    ...after.nodes.flatMap((node): Change[] => {
      const was = old.get(node.id);
      if (!was) return [{ what: 'added', node }];
      return isSame(was, node) ? [] : [{ what: 'changed', node }];
    }),
    ...before.nodes.filter(({ id }) => !fresh.has(id)).map((node): Change => ({ what: 'removed', node })),
    ...(isSame(before.edges, after.edges) ? [] : [{ what: 'wires' } as const]),
    ...(['layout', 'settings', 'variables', 'translations', 'name'] as const)
      .filter((part) => !isSame(before[part], after[part]))
      .map((what): Change => ({ what })),
  ];
}

const nodesById = ({ nodes }: Flow) => new Map(nodes.map((node) => [node.id, node]));

/** The same for edits whose beginning is not known any more, after a reload. */
export function changesOf(edits: readonly Edit[], flow: Flow): Change[] {
  const nodes = nodesById(flow);
  const all = edits.map((edit): Change => {
    switch (edit.edit) {
      case 'addNode':
        return { what: 'added', node: edit.node };
      case 'removeNode':
        return { what: 'removed', node: nodes.get(edit.id) ?? { id: edit.id, type: '', config: {} } };
      case 'setConfig':
      case 'setLabel':
      case 'setVersion':
        return { what: 'changed', node: nodes.get(edit.id) ?? { id: edit.id, type: '', config: {} } };
      case 'connect':
      case 'disconnect':
        return { what: 'wires' };
      case 'setSetting':
        return { what: 'settings' };
      case 'setVariable':
      case 'removeVariable':
        return { what: 'variables' };
      case 'setTranslation':
        return { what: 'translations' };
      case 'rename':
        return { what: 'name' };
      default:
        return { what: 'layout' };
    }
  });
  return [...new Map(all.map((change) => [`${change.what} ${change.node?.id}`, change])).values()];
}

/** Steps and parts that both changed: of these one of the two has to go. */
export const changedByBoth = (ours: readonly Change[], theirs: readonly Change[]): Change[] =>
  ours.filter((one) =>
    one.node
      ? one.what !== 'added' && theirs.some((other) => other.node?.id === one.node?.id)
      : one.what === 'name' && theirs.some(({ what }) => what === 'name'),
  );
