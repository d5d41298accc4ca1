import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBare } from '../bench/canvas/build-bare.ts';
import { circle } from '../bench/canvas/frames.ts';
import { largeFlow } from '../bench/canvas/large-flow.ts';
import { measureCanvas } from '../bench/canvas/measure.ts';
import { launchBrowser } from './support/browser.ts';
import { callsDuring } from './support/calls.ts';
import { ADMIN, type RunningParley, startParley } from './support/parley.ts';
import { saveFlow, visit } from './support/visit.ts';

/** Work of the page's main thread for a frame, ours beside a bare React Flow's: other programs are not in it. */
const MOST_OF_BARE = 2;
/** What drawing a card is known by in the program as it is delivered. */
const CARD = 'data-step-group';
const PATIENCE = 240_000; // ms: two pages with 1,000 nodes each on a machine that is full of other tests
const LETTERS = 'twelve more.';

let browser: Browser;
let parley: RunningParley;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-bare-'));
  [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN }), buildBare(directory)]);
});
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
  await rm(directory, { recursive: true, force: true });
});

it(
  'works about as much for a frame of 1,000 nodes as React Flow alone',
  async () => {
    const { ours, bare } = await measureCanvas(browser, parley, directory);
    expect(ours.inView).toBe(bare.inView);
    expect(ours.inView).toBeGreaterThanOrEqual(50);
    expect(ours.inView).toBeLessThan(80);
    expect(ours.pan.work / bare.pan.work).toBeLessThan(MOST_OF_BARE);
    expect(ours.drag.work / bare.drag.work).toBeLessThan(MOST_OF_BARE);
  },
  PATIENCE,
);

describe('of all cards in view', () => {
  async function open(): Promise<Page> {
    const watched = await visit(browser, parley, '/bots', { viewport: { width: 1920, height: 1080 } });
    const id = await saveFlow(watched, largeFlow(1_000, 40));
    const { page } = watched;
    await page.goto(`/bots/${id}`);
    await page.locator('[data-card="n2"]').click({ position: { x: 60, y: 12 } });
    return page;
  }
  it('a letter draws the one that it stands in', async () => {
    const page = await open();
    const field = page
      .getByRole('complementary')
      .getByRole('textbox', { name: /Question|Text/ })
      .first();
    await field.click();
    await page.keyboard.press('End');
    expect(await page.locator('[data-card]').count()).toBeGreaterThan(10);
    const drawn = await callsDuring(page, CARD, async () => {
      await page.keyboard.type(LETTERS);
      await page.locator('[data-card="n2"]').getByText(LETTERS).waitFor();
    });
    expect(drawn).toBe(LETTERS.length);
    await page.context().close();
  });
  it('none is drawn again while one is dragged', async () => {
    const page = await open();
    await page.locator('[data-card="n2"][data-selected]').waitFor();
    const box = await page.locator('[data-card="n2"]').boundingBox();
    if (!box) throw new Error('the card is not drawn');
    const drawn = await callsDuring(page, CARD, () => circle(page, { x: box.x + 60, y: box.y + 12 }, 60));
    expect(drawn).toBe(0);
    await page.context().close();
  });
});
