import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { ADMIN, type RunningParley, startParley } from './support/parley.ts';
import { fillLists } from './support/people.ts';
import { readExample, saveFlow, visit } from './support/visit.ts';

let browser: Browser;
let parley: RunningParley;

beforeAll(async () => {
  [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN })]);
});
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
});

/**
 * Words in the page that did not come from the words' files. What people wrote is marked `translate="no"`; what the
 * server says in English is marked by its `lang`, and moments are Intl's own.
 */
const untranslated = (page: Page) =>
  page.evaluate(() => {
    const isData = (element: Element | null) =>
      element?.closest('[translate="no"], [lang]:not(html), time, code, style, script, noscript') !== null;
    // What is filled in may be translated itself: from the inside out
    const bare = (text: string): string => {
      const rest = text.replace(/⟦[^⟦⟧]*⟧/g, '').trim();
      return rest === text.trim() ? rest : bare(rest);
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = bare(node.textContent ?? '');
      if (/\p{L}{2}/u.test(text) && !isData(node.parentElement)) found.push(text);
    }
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (isData(element)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = bare(element.getAttribute(name) ?? '');
        if (/\p{L}{2}/u.test(text)) found.push(`${name}: ${text}`);
      }
    }
    return found;
  });

it('shows nothing that could not be translated, on any page', async () => {
  const { page, faults } = await visit(browser, parley, '/settings');
  await page.evaluate(() => localStorage.setItem('parley.language', 'qps'));
  const found: string[] = [];
  const look = async (where: string) => {
    for (const text of await untranslated(page)) found.push(`${where}: ${text}`);
  };
  const go = async (path: string) => {
    await page.goto(path);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    await look(path);
  };
  for (const path of ['/bots', '/numbers', '/webhook-log', '/settings', '/nowhere']) await go(path);
  await fillLists(page, 2);
  const id = await saveFlow({ page, faults }, await readExample('welcome'));
  for (const path of [
    '/bots',
    '/numbers',
    '/numbers?connect=meta',
    '/numbers?connect=twilio',
    '/webhook-log',
    `/bots/${id}`,
  ])
    await go(path);
  await page.goto('/settings');
  await page.locator('main h1').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await look('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('banner').locator('[aria-haspopup="menu"]').click();
  await look('person menu');
  await page.context().clearCookies();
  await page.goto('/');
  await page.locator('form').waitFor();
  await page.locator('button[type="submit"]').click();
  await look('sign-in');
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
});
