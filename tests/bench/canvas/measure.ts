import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { RunningParley } from '../../browser/support/parley.ts';
import { saveFlow, visit } from '../../browser/support/visit.ts';
import { circle, type Frames, framesDuring } from './frames.ts';
import { largeFlow } from './large-flow.ts';

const NODES = 1_000;
const COLUMNS = 40;
const VIEW = { width: 1920, height: 1080 };
const ZOOM = 0.5; // shows about 60 cards in the window

export interface Measured {
  inView: number;
  /** ms from the answer with the flow to the first frame with cards. */
  open: number;
  pan: Frames;
  drag: Frames;
  type: Frames | null;
}

/** Our canvas with a flow of 1,000 nodes, and a bare React Flow with the bodies that it drew. */
export async function measureCanvas(browser: Browser, parley: RunningParley, bareDirectory: string) {
  const watched = await visit(browser, parley, '/bots', { viewport: VIEW });
  const { page } = watched;
  const flow = largeFlow(NODES, COLUMNS);
  const id = await saveFlow(watched, flow);
  await page.goto(`/bots/${id}`);
  await page.locator('[data-card]').first().waitFor();
  await page.reload();
  const answered = page.waitForResponse((response) => response.url().endsWith(`/api/flows/${id}`));
  await answered;
  const began = Date.now();
  await page.locator('[data-card]').first().waitFor();
  const open = Date.now() - began;
  for (const close of await page.getByRole('complementary').getByRole('button', { name: /close/i }).all())
    await close.click();
  while ((await zoomOf(page)) > ZOOM) await page.getByRole('button', { name: 'Zoom out' }).click();
  const ours: Measured = { ...(await gestures(page)), open, type: await typing(page) };
  const bare = await measureBare(browser, bareDirectory, await bodiesOf(page, flow));
  await page.context().close();
  return { ours, bare };
}

const zoomOf = (page: Page) =>
  page.evaluate(
    () => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform).a,
  );

async function gestures(page: Page): Promise<Pick<Measured, 'inView' | 'pan' | 'drag'>> {
  const inView = await page.locator('.react-flow__node').count();
  const ground = await page.locator('.react-flow__pane').boundingBox();
  const middle = { x: (ground?.x ?? 0) + (ground?.width ?? 0) / 2, y: (ground?.y ?? 0) + (ground?.height ?? 0) / 2 };
  // Between two rows of cards nothing but ground lies under the mouse
  const free = await page.evaluate(({ x, y }) => {
    for (let down = 0; down < 300; down += 4)
      for (let right = 0; right < 300; right += 4)
        if (document.elementFromPoint(x + right, y + down)?.classList.contains('react-flow__pane'))
          return { x: x + right, y: y + down };
    return { x, y };
  }, middle);
  const pan = await framesDuring(page, () => circle(page, free, 300));
  const card = await page.locator('.react-flow__node').nth(20).boundingBox();
  const on = { x: (card?.x ?? 0) + 40, y: (card?.y ?? 0) + 10 };
  const drag = await framesDuring(page, () => circle(page, on, 120));
  return { inView, pan, drag };
}

/** Letters into the first field of the panel beside the canvas, where there is one. */
async function typing(page: Page): Promise<Frames | null> {
  await page
    .locator('[data-card]')
    .nth(20)
    .click({ position: { x: 60, y: 12 } });
  const field = page.getByRole('complementary').locator('textarea, [contenteditable="true"]').first();
  await field.waitFor({ timeout: 10_000 }).catch(() => null);
  if (!(await field.count())) return null;
  await field.click();
  return framesDuring(page, () => page.keyboard.type('A few words more, so that there is something to draw. '));
}

async function bodiesOf(page: Page, flow: ReturnType<typeof largeFlow>) {
  const drawn = await page.evaluate(() => ({
    bodies: [...document.querySelectorAll('[data-card]')].map((card) => card.outerHTML),
    styles: [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join('\n'),
  }));
  const places = flow.nodes.map(({ id }) => ({
    id,
    x: flow.layout.nodes[id]?.[0] ?? 0,
    y: flow.layout.nodes[id]?.[1] ?? 0,
  }));
  return { ...drawn, places, edges: flow.edges.map(({ id, source, target }) => ({ id, source, target })) };
}

async function measureBare(browser: Browser, directory: string, bare: object): Promise<Measured> {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/bare.html' : (request.url ?? '/');
    readFile(join(directory, path)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage({ viewport: VIEW });
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const began = Date.now();
    await page.evaluate((given) => (Reflect.get(window, 'drawBare') as (bare: object) => void)(given), bare);
    await page.locator('.react-flow__node').first().waitFor();
    const open = Date.now() - began;
    return { ...(await gestures(page)), open, type: null };
  } finally {
    await page.close();
    server.close();
  }
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
