import { type ReactFlowState, useStore, ViewportPortal } from '@xyflow/react';
import type { CSSProperties } from 'react';
import classes from './canvas.module.css';
import { GRID } from './places.ts';
import { useViewLayer } from './use-view-layer.ts';

const GAP = GRID * 1.5; // of the flow's pixels between two dots
const DENSEST = 12; // pixels of the screen between two dots; where the flow is small, every second one is left out
const STEP = 512; // pixels of the screen, about: the ground grows by so much where the view comes to its end

/** Left, top, right and bottom, in the flow's pixels. */
type Ground = readonly [left: number, top: number, right: number, bottom: number];

/**
 * The dotted ground. It lies in the view and moves with it, so that panning moves one layer and draws nothing: React
 * Flow's `Background`, and any ground that stays behind the view, is drawn anew for each frame.
 */
export function Dots() {
  const zoom = useStore(({ transform: [, , zoom] }) => zoom);
  const [left, top, right, bottom] = useStore(groundOf, isSame);
  const layer = useViewLayer();
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
      <div ref={layer} className={classes.dots} style={style} aria-hidden />
    </ViewportPortal>
  );
}

/** What the view shows and a little more. */
function groundOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Ground {
  const gap = gapAt(zoom);
  const step = gap * Math.ceil(STEP / zoom / gap);
  const before = (at: number) => Math.floor(at / zoom / step) * step;
  return [before(-x), before(-y), before(width - x) + step, before(height - y) + step];
}

const isSame = (one: Ground, other: Ground): boolean => one.every((value, index) => value === other[index]);

/** Of the flow's pixels, as the zoom needs it. */
function gapAt(zoom: number): number {
  let gap = GAP;
  while (gap * zoom < DENSEST) gap *= 2;
  return gap;
}
