import type { CDPSession, Page } from 'playwright-core';

export interface Frames {
  p50: number;
  p95: number;
  /** Of a hundred frames, how many took longer than the bar. */
  late: number;
  /** What the page's main thread worked for each frame, in ms: what other programs take away from it is not in it. */
  work: number;
  count: number;
}

const BAR = 20; // ms a frame
const MOVES = 120; // of the mouse, one a frame or more

/** Lets `framesDuring` ask how long the page's main thread worked. */
export async function watchWork(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

/** Times between frames, in ms, while something is done on the page. */
export async function framesDuring(page: Page, session: CDPSession, work: () => Promise<void>): Promise<Frames> {
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
  const before = await workOf(session);
  await work();
  const worked = (await workOf(session)) - before;
  const times = await page.evaluate(() => {
    Object.assign(window, { isMeasured: false });
    return Reflect.get(window, 'frameTimes') as number[];
  });
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const late = (100 * sorted.filter((time) => time > BAR).length) / Math.max(1, sorted.length);
  return { p50: at(0.5), p95: at(0.95), late, work: worked / Math.max(1, sorted.length), count: sorted.length };
}

async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

/** The middle one of several runs, figure by figure: a busy moment of the machine is in one of them. */
export function medianOf(runs: readonly Frames[]): Frames {
  const middle = (of: (run: Frames) => number) =>
    runs.map(of).sort((one, other) => one - other)[Math.floor(runs.length / 2)] ?? 0;
  return {
    p50: middle((run) => run.p50),
    p95: middle((run) => run.p95),
    late: middle((run) => run.late),
    work: middle((run) => run.work),
    count: middle((run) => run.count),
  };
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
