import { type ReactFlowState, useStore, ViewportPortal } from '@xyflow/react';
import { type CSSProperties, useRef } from 'react';
import classes from './canvas.module.css';
import { GRID } from './places.ts';

const GAP = GRID * 1.5; // of the flow's pixels between two dots
const DENSEST = 12; // pixels of the screen between two dots; where the flow is small, every second one is left out
const MARGIN = 400; // pixels of the screen, about, that the ground reaches beyond the view: until the view leaves it, it is only moved

/** In the flow's pixels. */
interface Ground {
  left: number;
  top: number;
  right: number;
  bottom: number;
  zoom: number;
}

/**
 * The dotted ground. It lies in the view and moves with it, so that panning moves one layer and draws nothing: React
 * Flow's `Background`, and any ground that stays behind the view, is drawn anew for each frame.
 */
export function Dots() {
  const zoom = useStore(({ transform: [, , zoom] }) => zoom);
  const kept = useRef<Ground | null>(null);
  const { left, top, right, bottom } = useStore((state) => {
    kept.current = kept.current && covers(kept.current, state) ? kept.current : groundOf(state);
    return kept.current;
  });
  const gap = gapAt(zoom);
  const style = {
    left,
    top,
    width: right - left,
    height: bottom - top,
    backgroundSize: `${gap}px ${gap}px`,
    '--dot': `${1 / zoom}px`,
  } as CSSProperties;
  return (
    <ViewportPortal>
      <div className={classes.dots} style={style} aria-hidden />
    </ViewportPortal>
  );
}

/** What the view shows, and so much of the screen's pixels more. */
function groundOf({ transform: [x, y, zoom], width, height }: ReactFlowState, margin = MARGIN): Ground {
  const gap = gapAt(zoom);
  const before = (at: number) => Math.floor((at - margin) / zoom / gap) * gap;
  const behind = (at: number) => Math.ceil((at + margin) / zoom / gap) * gap;
  return { left: before(-x), top: before(-y), right: behind(width - x), bottom: behind(height - y), zoom };
}

function covers(ground: Ground, state: ReactFlowState): boolean {
  const seen = groundOf(state, 0);
  return (
    ground.zoom === seen.zoom &&
    ground.left <= seen.left &&
    ground.top <= seen.top &&
    ground.right >= seen.right &&
    ground.bottom >= seen.bottom
  );
}

/** Of the flow's pixels, as the zoom needs it. */
function gapAt(zoom: number): number {
  let gap = GAP;
  while (gap * zoom < DENSEST) gap *= 2;
  return gap;
}
