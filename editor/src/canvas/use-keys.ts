import type { KeyboardEvent } from 'react';
import { useOpenFlow } from '../document/use-document.ts';
import type { Selection } from '../document/workbench.ts';
import { useCanvasStore } from './canvas-state.ts';
import { nameIn } from './graph.ts';
import { ARROWS, type Direction, neighbour } from './navigate.ts';
import { GRID } from './places.ts';
import type { Actions } from './use-actions.ts';
import type { LinkingKeys } from './use-linking.ts';
import type { Overlays } from './use-overlays.ts';

const FAR = 5; // steps of the grid, with Shift
const SHIFTS: Readonly<Record<Direction, [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

const isNothing = ({ nodes, edges, notes, groups }: Selection): boolean =>
  nodes.length + edges.length + notes.length + groups.length === 0;

/** The keys that mean something only while the keyboard is on the canvas; all others are commands. */
export function useKeys(actions: Actions, overlays: Overlays, linking: LinkingKeys): (event: KeyboardEvent) => void {
  const canvas = useCanvasStore();
  const { workbench } = useOpenFlow();

  function go(key: string | null | undefined): void {
    if (!key) return;
    const { kind, id } = nameIn(key);
    workbench.select({ [`${kind}s`]: [id] });
    canvas.set({ chosen: key });
    actions.focus(key);
  }

  function arrow(event: KeyboardEvent, direction: Direction): void {
    if (event.altKey) {
      const far = event.shiftKey ? FAR : 1;
      const [dx, dy] = SHIFTS[direction];
      actions.nudge(dx * GRID * far, dy * GRID * far);
      return;
    }
    go(neighbour(actions.flow(), actions.stops(), canvas.now().active ?? '', direction));
  }

  return (event) => {
    const { target } = event;
    if (event.defaultPrevented) return; // a list or a dialog over the canvas took it
    if (canvas.now().linking) return linking.pressed(event);
    if (!(target instanceof HTMLElement)) return;
    if (/^(INPUT|TEXTAREA|BUTTON)$/.test(target.tagName)) {
      // Escape ends writing in place and gives the keyboard back to what was written on
      if (event.key !== 'Escape') return;
      const card = target.closest<HTMLElement>('[data-card]')?.dataset.card ?? canvas.now().active;
      if (card) actions.focus(card);
      else actions.focusGround();
      // A menu, which hangs over the page, has yet to close by the same key
      if (!event.currentTarget.contains(target)) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const direction = ARROWS[event.key];
    if (direction && !event.ctrlKey && !event.metaKey) arrow(event, direction);
    else if (event.key === 'Home') go(actions.order()[0]);
    else if (event.key === 'End') go(actions.order().at(-1));
    else if (event.key === 'PageDown' || event.key === 'PageUp') {
      const all = actions.order();
      const at = all.indexOf(canvas.now().active ?? '');
      go(all[at + (event.key === 'PageDown' ? 1 : -1)]);
    } else if (event.key === 'Enter' && canvas.now().active) actions.open(canvas.now().active ?? '');
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) overlays.menu();
    else if (event.key === 'Escape') {
      // What is only looked at is left by the same key, once nothing is selected in it
      const { isReadOnly, selection } = workbench.store.getSnapshot().context;
      if (isReadOnly && isNothing(selection)) return;
      workbench.select({});
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
