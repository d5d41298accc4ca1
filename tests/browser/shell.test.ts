import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage } from './support/browser.ts';
import { takesFocus } from './support/focus.ts';
import { judgePages, openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

const PHONE = { viewport: { width: 390, height: 844 } };
const FLOW = { format: 'parley.flow/1', nodes: [], edges: [] };

const opened = judgePages();

const { browser, parley } = await openParley();

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const watched = await visit(browser, parley, path, options);
  opened.push(watched);
  await watched.page.locator('main h1').waitFor();
  return watched.page;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());
const link = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name });

describe('finding one’s way', () => {
  it('names every page in tab and heading, moves the focus there, and comes back to where one was', async () => {
    const page = await open('/webhook-log', { viewport: { width: 1440, height: 320 } });
    await expect.poll(() => page.title()).toBe('Webhook log · Parley');
    await link(page, 'Settings').click();
    await heading(page, 'Settings').waitFor();
    await expect.poll(() => page.title()).toBe('Settings · Parley');
    await expect.poll(() => focused(page)).toBe('Settings');
    await expect.poll(() => link(page, 'Settings').getAttribute('aria-current')).toBe('page');
    await page.evaluate(() => window.scrollTo(0, 60));
    await link(page, 'Numbers').click();
    await heading(page, 'Numbers').waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    await page.goBack();
    await heading(page, 'Settings').waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(60);
  });

  it('skips to the content, and opens what is named in a link elsewhere', async () => {
    const page = await open('/settings');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      link(page, 'Numbers').click({ modifiers: ['Control'] }),
    ]);
    await heading(other, 'Numbers').waitFor();
    await heading(page, 'Settings').waitFor();
  });

  it('says of an unknown address what it is, and leads on', async () => {
    const page = await open('/numbrs');
    await heading(page, 'There is no such page').waitFor();
    await page.getByText('/numbrs').waitFor();
    await expect.poll(() => page.title()).toBe('Page not found · Parley');
    await page.getByRole('link', { name: 'Go to your bots' }).click();
    await page.waitForURL('**/bots');
  });

  it('says of a bot that is gone what it is, and leads on', async () => {
    const page = await open('/bots/flw_gone');
    await heading(page, 'There is no such bot').waitFor();
    await page.getByRole('button', { name: 'Go to your bots' }).click();
    await page.waitForURL('**/bots');
  });

  it('leads from the bare address to the bots, and keeps a used set-up address harmless', async () => {
    const page = await open('/setup?token=old');
    await page.waitForURL(/\/bots$/);
  });

  it('offers all pages on a phone in a drawer that closes behind one', async () => {
    const page = await open('/settings', PHONE);
    await page.getByRole('button', { name: 'Open the menu' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('link', { name: 'Numbers' }).press('Enter');
    await heading(page, 'Numbers').waitFor();
    await drawer.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

describe('the person’s own choices', () => {
  it('keep the theme over a reload', async () => {
    const page = await open('/settings');
    await page.getByRole('button', { name: /^Account: / }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    await heading(page, 'Settings').waitFor();
    expect(await scheme()).toBe('dark');
  });

  it('turn the page round for Arabic at once, and back', async () => {
    const page = await open('/settings');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('العربية');
    await heading(page, 'الإعدادات').waitFor();
    const root = () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    await expect.poll(() => root()).toEqual(['ar', 'rtl']);
    await expect.poll(() => page.title()).toBe('الإعدادات · Parley');
    const rail = await page.getByRole('banner').boundingBox();
    expect(rail?.x, 'the rail lies at the right').toBeGreaterThan(1_000);
    await page.reload();
    await heading(page, 'الإعدادات').waitFor();
    await page.getByRole('combobox', { name: 'اللغة' }).selectOption('Português');
    await heading(page, 'Configurações').waitFor();
    await expect.poll(() => root()).toEqual(['pt', 'ltr']);
  });

  it('follow the browser’s language before anything is chosen, also before signing in', async () => {
    const watched = await openPage(browser, parley.url, { locale: 'es-MX' });
    opened.push(watched);
    await watched.page.goto('/');
    await heading(watched.page, 'Iniciar sesión').waitFor();
    await watched.page.getByRole('combobox', { name: 'Idioma' }).selectOption('English');
    await heading(watched.page, 'Sign in').waitFor();
    await watched.page.getByRole('button', { name: 'Sign in' }).click();
    await watched.page.getByText('Type your e-mail address.').waitFor();
  });

  it('show who one is and sign out from the menu, by keyboard', async () => {
    const page = await open('/numbers');
    await page.getByRole('button', { name: /^Account: / }).press('Enter');
    // A menu takes the keys a moment after it is there
    await page.locator('[role="menu"] :focus').waitFor({ state: 'attached' });
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
    await heading(page, 'Sign in').waitFor();
    await page.getByRole('status').getByText('You are signed out.').waitFor();
  });
});

describe('the command palette', () => {
  it('finds pages, commands and bots, and runs them without the mouse', async () => {
    const page = await open('/settings');
    await saveFlow({ page, faults: [] }, { ...FLOW, name: 'Café order line' });
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'What are you looking for?' });
    await takesFocus(field);
    await field.fill('cafe ord');
    const bot = page.getByRole('option', { name: 'Café order line' });
    await bot.waitFor();
    const id = await bot.getAttribute('id');
    await expect.poll(() => field.getAttribute('aria-activedescendant')).toBe(id);
    await field.press('Enter');
    await page.waitForURL(/\/bots\/.+/);

    await page.keyboard.press('Control+k');
    await field.fill('dark');
    await field.press('Enter');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');

    await page.goto('/settings');
    await heading(page, 'Settings').waitFor();
    await page.keyboard.press('Control+k');
    const chosen = page.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true });
    const first = await chosen.textContent();
    await field.press('ArrowDown');
    expect(await chosen.textContent()).not.toBe(first);
    await field.press('ArrowUp');
    expect(await chosen.textContent()).toBe(first);
    await field.fill('<b>no such thing</b>');
    await page.getByText('Nothing is called “<b>no such thing</b>”.', { exact: false }).waitFor();
    await field.press('Enter');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  });
});

describe('shortcuts', () => {
  it('are all shown, as keys, and found by name', async () => {
    const page = await open('/settings');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    const line = help.getByText('Search pages, bots and commands').locator('..');
    await line.waitFor();
    expect(await line.locator('kbd').allTextContents()).toEqual(['Ctrl', 'K']);
    await help.getByRole('textbox').fill('nothing such');
    await help.getByText('No shortcut is called “nothing such”.').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  it('of single keys keep out of the way of who types', async () => {
    const page = await open('/numbers');
    await page.getByRole('button', { name: 'Add a trial phone' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('');
    await page.getByRole('textbox', { name: 'Name' }).press('?');
    expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0);
  });
});

describe('trouble', () => {
  it('that takes a page’s part away is told with what to do, and the frame stays', async () => {
    const watched = await visit(browser, parley, '/settings');
    const { page } = watched;
    await heading(page, 'Settings').waitFor();
    await page.route('**/assets/WebhookLogPage*', (route) => route.fulfill({ status: 404, body: '' }));
    await link(page, 'Webhook log').click();
    await page.getByRole('alert').getByText('could not be loaded').waitFor();
    await page.unroute('**/assets/WebhookLogPage*');
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await heading(page, 'Webhook log').waitFor();
    await page.context().close(); // its console holds the failure, as it should
  });
});
