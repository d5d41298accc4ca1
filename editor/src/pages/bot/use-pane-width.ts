import { useState } from 'react';

export const NARROWEST = 320; // px: below it a form's fields wrap badly
export const WIDEST = 760; // px
const FIRST = 384; // px
const KEY = 'parley.pane-width';

const within = (width: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

/** How wide the person likes the panel, on every bot and after a reload. */
export function usePaneWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(KEY)) || FIRST));
  return [
    width,
    (wanted) => {
      const next = within(wanted);
      setWidth(next);
      localStorage.setItem(KEY, String(next));
    },
  ];
}
