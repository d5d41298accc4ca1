import type { Browser, Page } from 'playwright-core';
import type { RunningParley } from '../../browser/support/parley.ts';
import { saveFlow, visit } from '../../browser/support/visit.ts';
import { bodiesOf, openBare } from './bare-page.ts';
import { circle, type Frames, framesDuring, medianOf, watchWork } from './frames.ts';
import { largeFlow } from './large-flow.ts';

const NODES = 1_000;
const COLUMNS = 40;
const VIEW = { width: 1680, height: 1050 }; // a laptop's of sixteen to ten
const ZOOM = 0.5; // shows about 60 cards in such a window
const AWAY = { x: 250, y: 300 }; // pixels from the flow's first corner, so that cards fill the window
const WORDS = 'A few words more, so that there is something to draw. ';
const A_LETTER = 60; // ms between two letters: 200 words a minute, faster than people write
const INTO_CARD = 60; // pixels from a card's edge to where it is taken

export interface Measured {
  inView: number;
  /** ms from the answer with the flow to the first frame with cards. */
  open: number;
  pan: Frames;
  drag: Frames;
  type: Frames | null;
}

/**
 * Our canvas with a flow of 1,000 nodes, and a bare React Flow of the same size that shows the same part of it with the
 * bodies that ours drew. They take turns, so that what else the machine does meets both.
 */
export async function measureCanvas(browser: Browser, parley: RunningParley, bareDirectory: string, rounds = 1) {
  const flow = largeFlow(NODES, COLUMNS);
  const { page, open } = await openOurs(browser, parley, flow);
  const bare = await openBare(browser, bareDirectory, await bodiesOf(page, flow));
  const [ours, theirs] = [await gesturesOn(page), await gesturesOn(bare.page)];
  const runs = { pan: [] as Frames[], drag: [] as Frames[], type: [] as Frames[] };
  const bareRuns = { pan: [] as Frames[], drag: [] as Frames[] };
  for (let round = 0; round < rounds; round++) {
    runs.pan.push(await ours.pan());
    bareRuns.pan.push(await theirs.pan());
    runs.drag.push(await ours.drag());
    bareRuns.drag.push(await theirs.drag());
  }
  const type = await ours.type();
  for (let round = 0; round < rounds; round++) runs.type.push(await type());
  await page.context().close();
  await bare.close();
  const both = (one: typeof bareRuns) => ({ pan: medianOf(one.pan), drag: medianOf(one.drag) });
  return {
    ours: { inView: ours.inView, open, ...both(runs), type: medianOf(runs.type) } as Measured,
    bare: { inView: theirs.inView, open: bare.open, ...both(bareRuns), type: null } as Measured,
  };
}

/** Opened a second time, so that what is measured is the flow and not the first load of the program. */
async function openOurs(browser: Browser, parley: RunningParley, flow: object): Promise<{ page: Page; open: number }> {
  const watched = await visit(browser, parley, '/bots', { viewport: VIEW });
  const { page } = watched;
  const id = await saveFlow(watched, flow);
  await page.goto(`/bots/${id}`);
  await page.locator('[data-card]').first().waitFor();
  const answered = page.waitForResponse((response) => response.url().endsWith(`/api/flows/${id}`));
  await page.reload({ waitUntil: 'commit' });
  await answered;
  const began = Date.now();
  await page.locator('[data-card]').first().waitFor();
  const open = Date.now() - began;
  for (const close of await page.getByRole('complementary').getByRole('button', { name: /close/i }).all())
    await close.click();
  while ((await zoomOf(page)) > ZOOM) await page.getByRole('button', { name: 'Zoom out' }).click();
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  await page.mouse.wheel(AWAY.x, AWAY.y);
  await page.waitForFunction((cards) => document.querySelectorAll('.react-flow__node').length >= cards, 50);
  return { page, open };
}

const zoomOf = (page: Page) =>
  page.evaluate(
    () => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform).a,
  );

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const ground = await page.locator('.react-flow__pane').boundingBox();
  return { x: (ground?.x ?? 0) + (ground?.width ?? 0) / 2, y: (ground?.y ?? 0) + (ground?.height ?? 0) / 2 };
}

/** The gestures that are measured. Each ends where it began, so that the next finds the page as it was. */
async function gesturesOn(page: Page) {
  const session = await watchWork(page);
  const inView = await page.locator('.react-flow__node').count();
  const middle = await middleOf(page);
  return {
    inView,
    pan: async () => {
      const free = await freeGround(page, middle);
      return framesDuring(page, session, () => circle(page, free, 300));
    },
    drag: async () => {
      const on = await headOfCard(page, middle);
      return framesDuring(page, session, () => circle(page, on, 120));
    },
    /** Letters into the first field of the panel beside the canvas. */
    type: async () => {
      const on = await headOfCard(page, middle);
      await page.mouse.click(on.x, on.y);
      const field = page.getByRole('complementary').locator('textarea, [contenteditable="true"]').first();
      await field.waitFor();
      await field.click();
      return () => framesDuring(page, session, () => page.keyboard.type(WORDS, { delay: A_LETTER }));
    },
  };
}

/** Between two rows of cards nothing but ground lies under the mouse. */
const freeGround = (page: Page, from: { x: number; y: number }) =>
  page.evaluate(({ x, y }) => {
    for (let down = 0; down < 300; down += 4)
      for (let right = 0; right < 300; right += 4)
        if (document.elementFromPoint(x + right, y + down)?.classList.contains('react-flow__pane'))
          return { x: x + right, y: y + down };
    return { x, y };
  }, from);

/** The head of the card that says something and is nearest to a place; the same one in both pages. */
const headOfCard = (page: Page, near: { x: number; y: number }) =>
  page.evaluate(
    ({ x, y, right }) => {
      const heads = [...document.querySelectorAll('[data-card]')]
        .filter((card) => Number(card.getAttribute('data-card')?.slice(1)) % 4 === 2)
        .map((card) => card.getBoundingClientRect())
        .map((box) => ({ x: box.x + right, y: box.y + 8 }));
      const far = (at: { x: number; y: number }) => Math.hypot(at.x - x, at.y - y);
      return heads.sort((one, other) => far(one) - far(other))[0] ?? { x, y };
    },
    { ...near, right: INTO_CARD },
  );
