import { useStore } from '@xyflow/react';
import classes from './canvas.module.css';
import { GRID } from './places.ts';

const GAP = GRID * 1.5; // of the flow's pixels between two dots
const DENSEST = 12; // pixels of the screen between two dots; where the flow is small, every second one is left out

/**
 * The dotted ground. A layer of its own that is only moved while the view moves: React Flow's `Background` is drawn anew
 * for each frame, which alone took a frame in twenty.
 */
export function Dots() {
  const size = useStore(({ transform: [, , zoom] }) => gapAt(zoom));
  const x = useStore(({ transform: [x] }) => x);
  const y = useStore(({ transform: [, y] }) => y);
  const offset = `${modulo(x, size)}px, ${modulo(y, size)}px`;
  return (
    <div className={classes.dots} aria-hidden>
      <div style={{ inset: -size, backgroundSize: `${size}px ${size}px`, transform: `translate(${offset})` }} />
    </div>
  );
}

function gapAt(zoom: number): number {
  let gap = GAP * zoom;
  while (gap < DENSEST) gap *= 2;
  return gap;
}

const modulo = (value: number, by: number) => ((value % by) + by) % by;
