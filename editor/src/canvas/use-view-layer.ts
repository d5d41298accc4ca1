import { type ReactFlowState, useStoreApi } from '@xyflow/react';
import { type RefCallback, useCallback } from 'react';

/**
 * For any element within the view. Places the view as React Flow does, but in three dimensions: browsers move such a
 * layer without drawing it, also beyond what is seen. "will-change" would do so too, but draws the layer as large as it
 * is without zoom, and makes it smaller for each frame.
 */
export function useViewLayer(): RefCallback<HTMLElement> {
  const store = useStoreApi();
  return useCallback(
    (element) => {
      const view = element?.closest<HTMLElement>('.react-flow__viewport');
      if (!view) return;
      let placed: ReactFlowState['transform'] | null = null;
      const place = ({ transform }: ReactFlowState) => {
        if (transform === placed) return;
        placed = transform;
        const [x, y, zoom] = transform;
        view.style.transform = `translate3d(${x}px, ${y}px, 0) scale(${zoom})`; // after React Flow, which listens longer
      };
      place(store.getState());
      return store.subscribe(place);
    },
    [store],
  );
}
