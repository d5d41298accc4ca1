import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { botsOver, greeter } from './support/bots.ts';
import { holdsFocus, takesFocus } from './support/focus.ts';
import { judgePages, openParley } from './support/open-parley.ts';
import { visit } from './support/visit.ts';

const TABS = 12; // more than any of the dialogs has places to stop at

const opened = judgePages();
const { browser, parley } = await openParley();

async function open(path: string): Promise<Page> {
  const watched = await visit(browser, parley, path);
  opened.push(watched);
  return watched.page;
}

/** Opens by key, goes round with Tab, closes by Escape: the focus stays within, and is back where it came from. */
async function comesBack(page: Page, opener: Locator, dialog: Locator): Promise<void> {
  await opener.press('Enter');
  await dialog.waitFor();
  await takesFocus(dialog);
  for (let tab = 0; tab < TABS; tab += 1) {
    await page.keyboard.press('Tab');
    expect(await holdsFocus(dialog), `after ${tab + 1} times Tab`).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await takesFocus(opener);
}

it.each([
  ['Search', 'Search and commands'],
  ['Shortcuts', 'Keyboard shortcuts'],
  ['New bot', 'New bot'],
  ['Import', 'Import bots'],
  ['Examples', 'Begin with an example'],
])('the focus stays in what %s opens, and comes back', async (button, title) => {
  const page = await open('/bots?q=none');
  const opener = page.getByRole('button', { name: button }).first();
  await comesBack(page, opener, page.getByRole('dialog', { name: title }));
});

it('comes back to the button of the menu that a dialog was chosen from', async () => {
  const page = await open('/bots');
  await botsOver({ page }, parley.url).save(greeter('Orders'));
  await page.reload();
  const more = page.getByRole('button', { name: 'More for Orders' });
  for (const item of ['Rename', 'Delete']) {
    await more.press('Enter');
    // A menu takes the keys a moment after it is there
    await page.locator('[role="menu"] :focus').waitFor({ state: 'attached' });
    await page.getByRole('menuitem', { name: item }).press('Enter');
    await takesFocus(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await takesFocus(more);
  }
});
