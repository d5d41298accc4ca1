import type { Flow } from '@parley/runtime';
import type { Box } from './places.ts';

export interface Spot extends Box {
  id: string;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

export const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const SLANT = 3; // so many times farther aside than ahead, and it lies in another direction
const ASIDE = 2; // what lies off the line counts that much farther than what lies on it

/**
 * The spot that an arrow key goes to. To the right lies what a wire leads to, to the left where one comes from, the
 * highest first; without wires, and upwards and downwards, the nearest that lies in that direction.
 */
export function neighbour(flow: Flow, spots: readonly Spot[], from: string, direction: Direction): string | null {
  const here = spots.find(({ id }) => id === from);
  if (!here) return readingOrder(flow, spots)[0] ?? null;
  const wired = spots.filter(({ id }) => isWired(flow, from, id, direction)).sort((one, other) => one.y - other.y)[0];
  if (wired) return wired.id;
  const towards = spots.filter((spot) => spot.id !== from && isTowards(here, spot, direction));
  const beyond = towards.filter((spot) => isBeyond(here, spot, direction));
  const nearest = (beyond.length > 0 ? beyond : towards).sort(
    (one, other) => distance(here, one, direction) - distance(here, other, direction),
  )[0];
  return nearest?.id ?? null;
}

function isWired(flow: Flow, from: string, to: string, direction: Direction): boolean {
  if (from === to || direction === 'up' || direction === 'down') return false;
  return flow.edges.some(({ source, target }) =>
    direction === 'right' ? source === from && target === to : source === to && target === from,
  );
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

function isTowards(from: Box, to: Box, direction: Direction): boolean {
  const [one, other] = [middle(from), middle(to)];
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const [along, across] = direction === 'left' || direction === 'right' ? [dx, dy] : [dy, dx];
  const isAhead = direction === 'left' || direction === 'up' ? along < -1 : along > 1;
  return isAhead && Math.abs(along) * SLANT >= Math.abs(across);
}

/** Wholly on that side: what stands a little askew below is not to the left. */
function isBeyond(from: Box, to: Box, direction: Direction): boolean {
  if (direction === 'left') return to.x + to.width <= from.x;
  if (direction === 'right') return to.x >= from.x + from.width;
  return direction === 'up' ? to.y + to.height <= from.y : to.y >= from.y + from.height;
}

function distance(from: Box, to: Box, direction: Direction): number {
  const [one, other] = [middle(from), middle(to)];
  const [dx, dy] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  return direction === 'left' || direction === 'right' ? dx + ASIDE * dy : dy + ASIDE * dx;
}

/** Triggers from top to bottom, each followed by what it leads to; then what nothing leads to. */
export function readingOrder(flow: Flow, spots: readonly Spot[]): string[] {
  const places = new Map(spots.map((spot) => [spot.id, spot]));
  const led = new Set(flow.edges.map(({ target }) => target));
  const byPlace = [...spots].sort((one, other) => one.y - other.y || one.x - other.x).map(({ id }) => id);
  const order = new Set<string>();
  const next = new Map<string, string[]>();
  for (const { source, target } of flow.edges) next.set(source, [...(next.get(source) ?? []), target]);
  const walk = (start: string) => {
    const stack = [start];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (order.has(id) || !places.has(id)) continue;
      order.add(id);
      const after = [...(next.get(id) ?? [])].sort(
        (one, other) => (places.get(other)?.y ?? 0) - (places.get(one)?.y ?? 0),
      );
      stack.push(...after);
    }
  };
  for (const id of byPlace) if (!led.has(id) && next.has(id)) walk(id);
  for (const id of byPlace) walk(id);
  return [...order];
}
