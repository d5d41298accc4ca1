import { GRID } from './places.ts';

const [NARROWEST, LOWEST, LARGEST] = [128, 64, 2_000]; // pixels of the canvas; the format refuses more

/** A size that a note may have, on the grid. */
export function within([width, height]: readonly [number, number]): [number, number] {
  const on = (side: number, least: number) => Math.min(LARGEST, Math.max(least, Math.round(side / GRID) * GRID));
  return [on(width, NARROWEST), on(height, LOWEST)];
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-GRID, 0],
  ArrowRight: [GRID, 0],
  ArrowUp: [0, -GRID],
  ArrowDown: [0, GRID],
};
const FAR = 5; // steps of the grid, with Shift

/** The size that an arrow key makes of one; null where the key is another. */
export function sizedBy(
  key: { key: string; shiftKey: boolean },
  [width, height]: readonly [number, number],
): [number, number] | null {
  const [x, y] = STEPS[key.key] ?? [0, 0];
  if (x === 0 && y === 0) return null;
  const far = key.shiftKey ? FAR : 1;
  return within([width + x * far, height + y * far]);
}
