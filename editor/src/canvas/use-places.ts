import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useCanvasStore } from './canvas-state.ts';

const BOTH = 0.3; // both ends of a wire may be farther apart
const PATIENCE = 30; // frames until a new card must be there
const CLOSE = 0.75; // a place that somebody asks for is shown at least that large

/** Brings a place into sight that another panel, or a problem, leads to. What is in sight already stays where it is. */
export function usePlaces(): void {
  const place = useWorkbench((state) => state.place);
  const { document } = useOpenFlow();
  const canvas = useCanvasStore();
  const view = useReactFlow();
  useEffect(() => {
    if (!place) return;
    const edge = document.store.getSnapshot().context.flow.edges.find(({ id }) => id === place.edge);
    const keys = place.node !== undefined ? [place.node] : edge ? [edge.source, edge.target] : [];
    const [first] = keys;
    if (first === undefined) return;
    canvas.set({ active: first });
    let frame = 0;
    // A node that was just added is drawn some frames later
    const look = (left: number) => {
      if (keys.some((key) => !view.getNode(key)) && left > 0) {
        frame = requestAnimationFrame(() => look(left - 1));
        return;
      }
      if (keys.every(isInSight)) return;
      const zoom = Math.max(CLOSE, Math.min(1, view.getZoom()));
      const minZoom = keys.length > 1 ? BOTH : zoom;
      void view.fitView({ nodes: keys.map((id) => ({ id })), minZoom, maxZoom: zoom });
    };
    frame = requestAnimationFrame(() => look(PATIENCE));
    return () => cancelAnimationFrame(frame);
  }, [place, document, canvas, view]);
}

function isInSight(key: string): boolean {
  const card = window.document.querySelector(`[data-card="${CSS.escape(key)}"]`)?.getBoundingClientRect();
  const ground = window.document.querySelector('[data-canvas]')?.getBoundingClientRect();
  if (!card || !ground) return false;
  return (
    card.left >= ground.left && card.right <= ground.right && card.top >= ground.top && card.bottom <= ground.bottom
  );
}
