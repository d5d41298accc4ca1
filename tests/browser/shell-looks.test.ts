import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { type RunningParley, startParley } from './support/parley.ts';
import { fillLists } from './support/people.ts';
import { visit } from './support/visit.ts';

const ROWS = 10;

const { browser, parley } = await openParley();
let fresh: RunningParley;

beforeAll(async () => {
  fresh = await startParley({ admin: null });
  const { page } = await visit(browser, parley, '/settings');
  await fillLists(page, ROWS);
  await page.context().close();
});
afterAll(() => fresh?.stop());

const heading = (page: Page) => page.locator('main h1').waitFor();

/** What is waited for before axe looks: a page without its content has no faults. */
const rows = async (page: Page) => {
  await heading(page);
  await expect.poll(() => page.locator('main ul > li > article').count()).toBeGreaterThanOrEqual(ROWS);
};

const PAGES: readonly [path: string, isReady: (page: Page) => Promise<void>][] = [
  ['/numbers', rows],
  ['/webhook-log', rows],
  ['/settings', heading],
  ['/nowhere', heading],
];

describe.each(LOOKS)('in $scheme and $language', (look) => {
  it('nothing stands in the way of who sees, hears or moves differently, on any page', async () => {
    const { page, faults } = await visit(browser, parley, '/settings');
    const found: string[] = [];
    const judge = async (where: string) => {
      for (const fault of await graveFaults(page)) found.push(`${where}: ${fault}`);
    };
    await wear(page, look);
    for (const [path, isReady] of PAGES) {
      await page.goto(path);
      await isReady(page);
      await judge(path);
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    await judge('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').locator('kbd').first().waitFor();
    await judge('shortcuts');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('banner').locator('[aria-haspopup="menu"]').click();
    await page.getByRole('menuitemradio').first().waitFor();
    await judge('person menu');
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('signing in and setting up, with what was left out told at its field', async () => {
    for (const { url, path } of [
      { url: parley.url, path: '/' },
      { url: fresh.url, path: `/setup?token=${fresh.setupToken}` },
    ]) {
      const { page, faults } = await openPage(browser, url, { viewport: { width: 390, height: 844 } });
      await page.goto(path);
      await wear(page, look);
      await heading(page);
      await page.locator('button[type="submit"]').click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
      expect(await graveFaults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing beside the screen').toBe(390);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });
});

describe('on a phone', () => {
  it.each(PAGES)('%s fits, and a thumb hits what can be pressed', async (path, isReady) => {
    const { page } = await visit(browser, parley, path, { viewport: { width: 390, height: 844 } });
    await isReady(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const small = await page.evaluate(
      (least) =>
        [...document.querySelectorAll<HTMLElement>('button, a, select, input')]
          .filter((one) => one.checkVisibility() && getComputedStyle(one).clipPath === 'none')
          .map((one) => ({ name: one.ariaLabel ?? one.textContent, height: one.getBoundingClientRect().height }))
          .filter(({ height }) => height > 1 && height < least),
      36,
    );
    expect(small).toEqual([]);
    await page.context().close();
  });
});
