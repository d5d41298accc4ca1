import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './side-pane.module.css';
import { NARROWEST, WIDEST } from './use-pane-width.ts';

const STEP = 24; // px for one press of an arrow key

interface PaneEdgeProps {
  label: string;
  width: number;
  onWidth: (width: number) => void;
}

/** The edge between canvas and panel, to make the panel wider or narrower by drag or by arrow keys. */
export function PaneEdge({ label, width, onWidth }: PaneEdgeProps) {
  const grows = (element: Element) => (getComputedStyle(element).direction === 'rtl' ? 1 : -1);

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onWidth(width + event.movementX * grows(event.currentTarget));
  }

  function press(event: KeyboardEvent<HTMLDivElement>) {
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (way === 0) return;
    event.preventDefault();
    onWidth(width + way * STEP * grows(event.currentTarget));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> cannot be dragged; this is the separator that ARIA calls a window splitter
    <div
      className={classes.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
