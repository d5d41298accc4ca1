import { type RefObject, useEffect } from 'react';

/**
 * For what takes the place of all else in a side panel: the button that led here is gone with the rest, and in the end
 * the one that leads back. The keys stay in the panel both times.
 */
export function useKeysInPane(inside: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const pane = inside.current?.closest<HTMLElement>('[data-own-keys]');
    const keep = () => {
      // Not where the page has only just come: then nobody has had the keys in it
      const wasHere = pane?.dataset.hadKeys !== undefined;
      if (wasHere && document.activeElement === document.body) pane?.focus({ preventScroll: true });
    };
    keep();
    return keep;
  }, [inside]);
}
