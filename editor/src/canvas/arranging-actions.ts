import { nodeTypes } from '@parley/nodes';
import type { Edit } from '@parley/runtime';
import { type Alignment, alignEdits, layoutEdits } from '../document/arrange.ts';
import { groupEdits, nodesIn, toggleGroupEdits, ungroupEdits } from '../document/groups.ts';
import { newId } from '../document/new-id.ts';
import type { Acting } from './acting.ts';
import { groupKey } from './graph.ts';
import type { Looking } from './looking-actions.ts';
import { placeOf } from './places.ts';

/** Where things stand, and what belongs together. */
export function arrangingActions(acting: Acting, { spots, begin }: Pick<Looking, 'spots' | 'begin'>) {
  const { flow, selection, apply, canvas, workbench, t } = acting;
  const placed = () => spots().filter(({ id }) => selection().nodes.includes(id));
  const sizes = () => new Map(spots().map(({ id, width, height }) => [id, { width, height }]));

  /** Groups that are selected, or that hold what is. */
  const groupsHere = (): string[] => {
    const { groups, nodes } = selection();
    return flow()
      .layout.groups.filter((one) => groups.includes(one.id) || one.nodes.some((id) => nodes.includes(id)))
      .map(({ id }) => id);
  };

  return {
    align: (how: Alignment) => apply(alignEdits(flow(), placed(), how), 'align', t('told.aligned')),
    tidy: (all: boolean) => {
      apply(layoutEdits(flow(), sizes(), nodeTypes, { all }), 'tidy', t('told.tidied'));
      requestAnimationFrame(begin);
    },
    nudge: (dx: number, dy: number) => {
      const positions: Record<string, [number, number]> = {};
      const moved = nodesIn(flow(), selection());
      flow().nodes.forEach(({ id }, index) => {
        if (!moved.has(id)) return;
        const { x, y } = placeOf(flow(), id, index);
        positions[id] = [x + dx, y + dy];
      });
      const notes = flow().layout.notes.filter(({ id }) => selection().notes.includes(id));
      const edits: Edit[] = notes.map((note) => ({
        edit: 'setNote',
        note: { ...note, at: [note.at[0] + dx, note.at[1] + dy] },
      }));
      if (Object.keys(positions).length > 0) edits.push({ edit: 'moveNodes', positions, pin: true });
      const names = [...moved, ...selection().notes].join(' ');
      apply(edits, 'move', t('told.moved'), `nudge ${names}`);
    },
    group: () => {
      const { nodes } = selection();
      const id = newId('group', new Set(flow().layout.groups.map((one) => one.id)));
      const told = t('told.grouped', { count: nodes.length });
      if (nodes.length === 0 || !apply(groupEdits(flow(), nodes, t('groupUntitled'), id), 'group', told)) return;
      workbench.select({ groups: [id] });
      canvas.set({ writing: groupKey(id), active: groupKey(id) });
    },
    ungroup: () => apply(ungroupEdits(flow(), groupsHere()), 'ungroup', t('told.ungrouped')),
    fold: () => {
      const [id] = groupsHere();
      if (id) apply(toggleGroupEdits(flow(), id), 'fold', t('told.folded'));
    },
  };
}
