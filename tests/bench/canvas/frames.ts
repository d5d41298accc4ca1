import type { Page } from 'playwright-core';

export interface Frames {
  p50: number;
  p95: number;
  count: number;
}

const MOVES = 120; // of the mouse, one a frame or more

/** Times between frames, in ms, while something is done on the page. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = 0;
    const frame = (now: number) => {
      if (last > 0) times.push(now - last);
      last = now;
      if (Reflect.get(window, 'isMeasured')) requestAnimationFrame(frame);
    };
    Object.assign(window, { isMeasured: true, frameTimes: times });
    requestAnimationFrame(frame);
  });
  await work();
  const times = await page.evaluate(() => {
    Object.assign(window, { isMeasured: false });
    return Reflect.get(window, 'frameTimes') as number[];
  });
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), count: sorted.length };
}

/** Presses at a place, goes round in a circle and lets go. */
export async function circle(page: Page, from: { x: number; y: number }, radius: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let move = 1; move <= MOVES; move++) {
    const angle = (move / MOVES) * 2 * Math.PI;
    await page.mouse.move(from.x + radius * Math.sin(angle), from.y + radius * (1 - Math.cos(angle)) * 0.5);
  }
  await page.mouse.up();
}
