import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useCanvasStore } from './canvas-state.ts';
import type { Actions } from './use-actions.ts';

const PATIENCE = 30; // frames until a new card must be there

/**
 * Brings a place into sight that another panel, or a problem, leads to. What is in sight already stays where it is.
 * Gives what does so once more, for a canvas that has only now begun to look somewhere.
 */
export function usePlaces({ bring }: Pick<Actions, 'bring'>): () => void {
  const place = useWorkbench((state) => state.place);
  const { document } = useOpenFlow();
  const canvas = useCanvasStore();
  const view = useReactFlow();
  const keysOf = useCallback(() => {
    if (!place) return [];
    const edge = document.store.getSnapshot().context.flow.edges.find(({ id }) => id === place.edge);
    if (place.node === undefined) return edge ? [edge.source, edge.target] : [];
    return [place.node, ...(place.beside === undefined ? [] : [place.beside])];
  }, [place, document]);
  useEffect(() => {
    const keys = keysOf();
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
  }, [keysOf, canvas, view, bring]);
  return () => bring(keysOf());
}
