import { describe, expect, it } from 'vitest';
import type { Box } from './places.ts';
import { firstView, READABLE, viewWith } from './sight.ts';

const ROOM = { width: 740, height: 850 };
const card = (x: number, y = 0): Box => ({ x, y, width: 256, height: 120 });
const shown = (box: Box, { x, y, zoom }: { x: number; y: number; zoom: number }) => ({
  left: box.x * zoom + x,
  top: box.y * zoom + y,
  right: (box.x + box.width) * zoom + x,
  bottom: (box.y + box.height) * zoom + y,
});
const isIn = (box: Box, view: { x: number; y: number; zoom: number }) => {
  const { left, top, right, bottom } = shown(box, view);
  return left >= 0 && top >= 0 && right <= ROOM.width && bottom <= ROOM.height;
};

describe('the first view', () => {
  it('is the whole of a small bot, at most as large as it is', () => {
    const all = { x: 0, y: 0, width: 592, height: 300 };
    expect(firstView([all], card(0), ROOM).zoom).toBe(1);
    expect(isIn(all, firstView([all], card(0), ROOM))).toBe(true);
  });
  it('is the beginning of a bot of nine steps, at a size that can be read', () => {
    const all = { x: -100, y: -300, width: 9 * 336, height: 700 };
    const start = card(-100, 40);
    const view = firstView([all], start, ROOM);
    expect(view.zoom).toBeGreaterThanOrEqual(READABLE);
    expect(shown(start, view).left).toBe(40);
    expect(isIn(start, view)).toBe(true);
  });
  it('wastes no room above a bot that begins at its top', () => {
    const all = { x: 0, y: 0, width: 5_000, height: 5_000 };
    const view = firstView([all], card(0), ROOM);
    expect(shown(card(0), view)).toMatchObject({ left: 40, top: 40 });
  });
  it('leaves no empty room for what lies beside it, far above or below', () => {
    const [start, below, far] = [card(0), card(0, 200), card(3_000, 4_000)];
    const view = firstView([start, below, far], start, ROOM);
    expect(isIn(start, view) && isIn(below, view)).toBe(true);
    const { top } = shown(start, view);
    const { bottom } = shown(below, view);
    expect(top - 40).toBeCloseTo(ROOM.height - 72 - bottom);
  });
  it('is large on a phone', () => {
    const all = { x: 0, y: 0, width: 5_000, height: 5_000 };
    expect(firstView([all], card(0), { width: 390, height: 700 }).zoom).toBe(1);
  });
});

describe('showing cards', () => {
  const view = { x: 40, y: 200, zoom: 1 };
  it('moves nothing where they are seen already', () =>
    expect(viewWith(view, [card(336), card(0)], ROOM)).toEqual(view));
  it('moves only as far as needed for a new step and the one before it', () => {
    const [fresh, before] = [card(672), card(336)];
    const moved = viewWith(view, [fresh, before], ROOM);
    expect(moved).toEqual({ zoom: 1, x: 740 - 40 - 928, y: 200 });
    expect(isIn(fresh, moved) && isIn(before, moved)).toBe(true);
  });
  it('goes farther away where both have no room, but never too far to read', () => {
    const both = viewWith(view, [card(800), card(0)], ROOM);
    expect(both.zoom).toBeCloseTo(660 / 1056);
    expect(isIn(card(800), both) && isIn(card(0), both)).toBe(true);
    const far = viewWith(view, [card(4_000), card(0)], ROOM);
    expect(far.zoom).toBe(READABLE);
    expect(isIn(card(4_000), far)).toBe(true);
  });
  it('comes nearer where nothing could be read', () => {
    const near = viewWith({ x: 0, y: 0, zoom: 0.2 }, [card(900)], ROOM);
    expect(near.zoom).toBe(READABLE);
    expect(isIn(card(900), near)).toBe(true);
  });
  it('brings into the middle what is out of sight altogether', () => {
    const { left, top } = shown(card(9_000, 4_000), viewWith(view, [card(9_000, 4_000)], ROOM));
    expect(left).toBe((740 - 256) / 2);
    expect(top).toBe(40 + (850 - 112 - 120) / 2);
  });
  it('shows the beginning of what is too large', () => {
    const tall = { ...card(100), height: 2_000 };
    expect(shown(tall, viewWith(view, [tall], ROOM)).top).toBe(40);
  });
});
