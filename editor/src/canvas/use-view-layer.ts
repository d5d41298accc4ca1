import { type ReactFlowState, useStoreApi } from '@xyflow/react';
import { type RefCallback, useCallback } from 'react';

const SHARP = 1; // zoom: what is larger Safari draws without zoom in such a layer, and then blurred
const HELD = 3; // pixels that the mouse may move and still click

/**
 * For any element within the view. Places the view as React Flow does, but in three dimensions: browsers move such a
 * layer without drawing it, also beyond what is seen. "will-change" would do so too, but draws the layer as large as it
 * is without zoom, and makes it smaller for each frame. While the view is dragged, the pane has `data-panning`.
 */
export function useViewLayer(): RefCallback<HTMLElement> {
  const store = useStoreApi();
  return useCallback(
    (element) => {
      const view = element?.closest<HTMLElement>('.react-flow__viewport');
      const pane = view?.closest<HTMLElement>('.react-flow__pane');
      if (!view || !pane) return;
      const [place, tellPanning] = [placing(view), tellingPanning(pane)];
      const follow = (state: ReactFlowState) => {
        place(state);
        tellPanning(state);
      };
      follow(store.getState());
      return store.subscribe(follow);
    },
    [store],
  );
}

/** Is told after React Flow, which listens longer. */
function placing(view: HTMLElement) {
  let placed: ReactFlowState['transform'] | null = null;
  return ({ transform }: ReactFlowState): void => {
    if (transform === placed) return;
    placed = transform;
    const [x, y, zoom] = transform;
    if (zoom <= SHARP) view.style.transform = `translate3d(${x}px, ${y}px, 0) scale(${zoom})`;
  };
}

/** React Flow calls it dragging from the moment the mouse is pressed, which may become a click. */
function tellingPanning(pane: HTMLElement) {
  let begun: ReactFlowState['transform'] | null = null;
  return ({ paneDragging, transform }: ReactFlowState): void => {
    if (!paneDragging && begun === null) return;
    begun = paneDragging ? (begun ?? transform) : null;
    const isPanning = begun !== null && Math.hypot(transform[0] - begun[0], transform[1] - begun[1]) > HELD;
    pane.toggleAttribute('data-panning', isPanning);
  };
}
