import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useCanvasStore } from './canvas-state.ts';
import type { Actions } from './use-actions.ts';

const PATIENCE = 30; // frames until a new card must be there

/** Brings a place into sight that another panel, or a problem, leads to. What is in sight already stays where it is. */
export function usePlaces({ bring }: Pick<Actions, 'bring'>): void {
  const place = useWorkbench((state) => state.place);
  const { document } = useOpenFlow();
  const canvas = useCanvasStore();
  const view = useReactFlow();
  useEffect(() => {
    if (!place) return;
    const edge = document.store.getSnapshot().context.flow.edges.find(({ id }) => id === place.edge);
    const ends = edge ? [edge.source, edge.target] : [];
    const keys = place.node === undefined ? ends : [place.node, ...(place.beside === undefined ? [] : [place.beside])];
    const [first] = keys;
    if (first === undefined) return;
    canvas.set({ active: first, chosen: null });
    let frame = 0;
    // A node that was just added is drawn some frames later
    const look = (left: number) => {
      if (keys.some((key) => !view.getNode(key)) && left > 0) {
        frame = requestAnimationFrame(() => look(left - 1));
        return;
      }
      bring(keys);
    };
    frame = requestAnimationFrame(() => look(PATIENCE));
    return () => cancelAnimationFrame(frame);
  }, [place, document, canvas, view, bring]);
}
