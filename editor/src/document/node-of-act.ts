import type { Edit, Flow, FlowNode } from '@parley/runtime';
import type { Act } from './history.ts';

/** The one node that an act was about, as it is or as it was; undefined where there were several, or none. */
export function nodeOfAct({ edits, inverse }: Pick<Act, 'edits' | 'inverse'>, flow: Flow): FlowNode | undefined {
  const ids = new Set(edits.flatMap(idsIn));
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) return undefined;
  const there = flow.nodes.find((node) => node.id === id);
  const added = [...edits, ...inverse].find((edit) => edit.edit === 'addNode' && edit.node.id === id);
  return there ?? (added?.edit === 'addNode' ? added.node : undefined);
}

/** Wires are not counted: those of a new step lead to others too. */
function idsIn(edit: Edit): string[] {
  switch (edit.edit) {
    case 'addNode':
      return [edit.node.id];
    case 'removeNode':
    case 'setConfig':
    case 'setLabel':
    case 'setVersion':
      return [edit.id];
    case 'moveNodes':
      return Object.keys(edit.positions);
    default:
      return [];
  }
}
