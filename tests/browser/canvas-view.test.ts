import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { canvasPages, cardNamed, SHOP } from './support/canvas.ts';

const open = await canvasPages();
const READABLE = 0.6; // zoom below which the words of a card cannot be read

/** Nine steps in a row, the fifth of them named. */
const ROW = {
  format: 'parley.flow/1',
  name: 'In a row',
  nodes: [
    { id: 'start', type: 'trigger.message', label: 'Start', config: { match: 'keyword', keywords: ['hi'] } },
    ...Array.from({ length: 8 }, (_, at) => ({
      id: `s${at}`,
      type: 'chat.send',
      label: `Step ${at}`,
      config: { kind: 'text', text: `Text ${at}` },
    })),
  ],
  edges: Array.from({ length: 8 }, (_, at) => ({
    id: `e${at}`,
    source: at === 0 ? 'start' : `s${at - 1}`,
    sourceHandle: 'next',
    target: `s${at}`,
  })),
  layout: {
    nodes: Object.fromEntries([
      ['start', [0, 0]],
      ...Array.from({ length: 8 }, (_, at) => [`s${at}`, [(at + 1) * 336, (at % 3) * 160]]),
    ]),
  },
};

const zoomOf = (page: Page) =>
  page.locator('.react-flow__viewport').evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);
async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not drawn`);
  return box;
}
/** How far what is drawn lies outside of the canvas, in pixels. */
async function outside(page: Page, card: Locator): Promise<number> {
  const [ground, box] = [await boxOf(page.locator('[data-canvas]')), await boxOf(card)];
  return Math.max(
    0,
    ground.x - box.x,
    ground.y - box.y,
    box.x + box.width - ground.x - ground.width,
    box.y + box.height - ground.y - ground.height,
  );
}
const palette = (page: Page) => page.getByRole('navigation', { name: 'Add a step' });
const panel = (page: Page, name: string) => page.getByRole('complementary', { name });
const press = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name, exact: true }).click();

describe('what is seen', () => {
  it('of a bot of nine steps is its beginning, large enough to read; the whole by command', async () => {
    const { page } = await open(ROW);
    await cardNamed(page, 'Start').waitFor();
    expect(await zoomOf(page)).toBeGreaterThanOrEqual(READABLE);
    expect(await outside(page, cardNamed(page, 'Start'))).toBe(0);
    expect(await outside(page, cardNamed(page, 'Step 0'))).toBe(0);
    await page.getByRole('button', { name: 'Show the whole bot' }).click();
    await cardNamed(page, 'Step 7').waitFor();
    await expect.poll(() => outside(page, cardNamed(page, 'Step 7'))).toBe(0);
  });
  it('after adding is the new step with the one before it', async () => {
    const { page } = await open(ROW);
    await cardNamed(page, 'Step 0').click({ position: { x: 60, y: 12 } });
    for (const name of ['Step 1', 'Step 2']) {
      await page.keyboard.press('F6');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.locator('[data-card]:focus').getAttribute('aria-label')).toContain(name);
    }
    await palette(page)
      .getByRole('option', { name: /^Ask with buttons/ })
      .click();
    const fresh = page.locator('[data-card][data-selected]').filter({ hasNotText: 'Step 2' });
    await fresh.waitFor();
    await expect.poll(() => outside(page, fresh)).toBe(0);
    expect(await outside(page, cardNamed(page, 'Step 2'))).toBe(0);
    expect(await zoomOf(page)).toBeGreaterThanOrEqual(READABLE);
  });
  it('in a narrow window is the canvas, with the steps behind a button', async () => {
    const { page, saved } = await open(SHOP, { viewport: { width: 1100, height: 800 } });
    await panel(page, 'Settings').waitFor();
    expect(await palette(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Add a step' }).click();
    await palette(page).getByRole('combobox').fill('wait');
    await palette(page)
      .getByRole('option', { name: /^Wait Goes on/ })
      .click();
    await saved(({ nodes }) => nodes.length === 5);
    await expect.poll(() => palette(page).count()).toBe(0);
  });
  it('while the bot is fetched is where its parts will be', async () => {
    const { page, id } = await open();
    const held: (() => void)[] = [];
    await page.route(`**/api/flows/${id}`, (route) => void held.push(() => void route.continue()));
    await page.reload();
    await page.locator('main [aria-busy="true"]').getByRole('status').waitFor({ state: 'attached' });
    await expect.poll(() => held.length).toBeGreaterThan(0);
    for (const go of held) go();
    await page.locator('[data-card="menu"]').waitFor();
    expect(await page.locator('main [aria-busy="true"]').count()).toBe(0);
  });
});

describe('the panel beside the canvas', () => {
  it('is the same after a reload, and is left by one way back', async () => {
    const { page } = await open();
    await press(page, 'Try it');
    await panel(page, 'Try it').waitFor();
    await press(page, 'Versions');
    await panel(page, 'Versions').waitFor();
    await page.reload();
    await panel(page, 'Versions').waitFor();
    await page.getByRole('button', { name: 'Close Versions' }).click();
    await page.reload();
    await page.locator('[data-card="menu"]').waitFor();
    expect(await page.getByRole('toolbar', { name: 'Panels' }).locator('[aria-pressed="true"]').count()).toBe(0);
    await page.goBack();
    await page.waitForURL(/\/bots$/);
  });
});

describe('a click on a step', () => {
  it('keeps the try that is watched, and offers the settings at the step', async () => {
    const { page } = await open();
    await press(page, 'Try it');
    await panel(page, 'Try it').waitFor();
    await cardNamed(page, 'Prices are').click({ position: { x: 60, y: 12 } });
    await panel(page, 'Try it').waitFor();
    const tools = page.getByRole('toolbar', { name: 'Tools of the step' });
    await tools.getByRole('button', { name: 'Settings' }).click();
    await panel(page, 'Settings').getByText('From 9 EUR.').first().waitFor();
    await expect.poll(() => tools.getByRole('button', { name: 'Settings' }).count()).toBe(0);
  });
  it('keeps it in sight beside its settings, as large as it was, and the keys on it', async () => {
    const { page, saved } = await open(ROW);
    const step = page.locator('[data-card="s7"]');
    if (await panel(page, 'Settings').isVisible()) await press(page, 'Settings');
    await page.getByRole('button', { name: 'Show the whole bot' }).click();
    await expect.poll(() => outside(page, step)).toBe(0);
    const zoom = await zoomOf(page);
    await step.click();
    await panel(page, 'Settings').getByText('Text 7').first().waitFor();
    await expect.poll(() => outside(page, step)).toBe(0);
    expect(await zoomOf(page)).toBe(zoom);
    await step.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Control+c');
    await page.getByRole('log').getByText('1 step copied').waitFor();
    await page.keyboard.press('Control+v');
    await saved(({ nodes }) => nodes.length === 10);
  });
  it('opens its settings in the place of the versions', async () => {
    const { page } = await open();
    await press(page, 'Versions');
    await panel(page, 'Versions').waitFor();
    await cardNamed(page, 'Prices are').click({ position: { x: 60, y: 12 } });
    await panel(page, 'Settings').getByText('From 9 EUR.').first().waitFor();
  });
});

describe('told in words', () => {
  it('is what undo and redo were about', async () => {
    const { page, saved } = await open();
    await cardNamed(page, 'Prices are').click({ position: { x: 60, y: 12 } });
    await page.locator('[data-card="prices"]:focus').waitFor();
    await page.keyboard.press('Delete');
    await saved(({ nodes }) => nodes.length === 3);
    await page.keyboard.press('Control+z');
    await page.getByRole('status').getByText('Undone: Deleted (“Prices are”)').waitFor();
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('status').getByText('Done again: Deleted (“Prices are”)').waitFor();
    await expect.poll(() => page.getByText('Undone: Deleted').count()).toBe(0);
  });
  it('no tooltip lies over the name of a panel that was just opened', async () => {
    const { page } = await open();
    await press(page, 'Versions');
    await panel(page, 'Versions').getByRole('heading', { name: 'Versions', exact: true }).first().waitFor();
    await expect.poll(() => page.getByRole('tooltip').count()).toBe(0);
  });
});
