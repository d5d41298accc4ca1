import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openParley } from './support/open-parley.ts';
import { fillLists } from './support/people.ts';
import { readExample, saveFlow, visit } from './support/visit.ts';

/** Of the numbers that were connected, and of the person who tries a bot. */
const NAMES = ['Trial 1', 'رقم الدعم 2', 'Ana Silva'];
const PANELS = ['inspector', 'simulator', 'problems', 'versions', 'find', 'counts', 'json'];

const { browser, parley } = await openParley();

/**
 * Words in the page that did not come from the words' files. What people wrote is marked `translate="no"` or stands in
 * `written`; what the server says in English is marked by its `lang`; moments and names of languages are Intl's own.
 */
const untranslated = (page: Page, written = '') =>
  page.evaluate((written) => {
    const ZONE = /^[A-Z]\w+\/[\w ]+/;
    const languages = new Intl.DisplayNames('en', { type: 'language' });
    const isLanguage = (element: Element | null) =>
      element instanceof HTMLOptionElement &&
      /^[a-z]{2,3}([-_]\w+)?$/i.test(element.value) &&
      languages.of(element.value.replace('_', '-')) === element.text;
    const isData = (element: Element | null) =>
      isLanguage(element) ||
      element?.closest(
        '[translate="no"], [lang]:not(html), time, code, style, script, noscript, .monaco-editor, .react-flow__attribution',
      ) !== null;
    const KEYS = /^\((Ctrl|Shift|[A-Z]|\+)+\)$/;
    // Of the open bot: texts between placeholders (a step's title shows `…` there), names, words in a row and ids, as its
    // document has them
    const isWritten = (text: string) =>
      ZONE.test(text) ||
      KEYS.test(text) ||
      text.split(/…|, /).every((part) => written.includes(part.replace(/^\P{L}+|\P{L}+$/gu, '')));
    // What is filled in may be translated itself: from the inside out
    const bare = (text: string): string => {
      const rest = text.replace(/⟦[^⟦⟧]*⟧/g, '').trim();
      return rest === text.trim() ? rest : bare(rest);
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = bare(node.textContent ?? '');
      if (/\p{L}{2}/u.test(text) && !isWritten(text) && !isData(node.parentElement)) found.push(text);
    }
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (isData(element)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = bare(element.getAttribute(name) ?? '');
        if (/\p{L}{2}/u.test(text) && !isWritten(text)) found.push(`${name}: ${text}`);
      }
    }
    return found;
  }, written);

it('shows nothing that could not be translated, on any page', async () => {
  const { page, faults } = await visit(browser, parley, '/settings');
  await page.evaluate(() => localStorage.setItem('parley.language', 'qps'));
  const found: string[] = [];
  const look = async (where: string, written = '') => {
    for (const text of await untranslated(page, written)) found.push(`${where}: ${text}`);
  };
  const go = async (path: string) => {
    await page.goto(path);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    await look(path);
  };
  for (const path of ['/bots', '/numbers', '/webhook-log', '/settings', '/nowhere']) await go(path);
  const [trial = ''] = await fillLists(page, 2);
  const bot = await readExample('welcome');
  const written = JSON.stringify([bot, NAMES]);
  const id = await saveFlow({ page, faults }, bot);
  for (const path of ['/bots', '/numbers', '/numbers?connect=meta', '/numbers?connect=twilio', '/webhook-log'])
    await go(path);
  await page.goto(`/numbers?phone=${trial}`);
  await page.getByText('Hello 2', { exact: true }).waitFor();
  await page.locator('[role=dialog] [role=status] a').waitFor();
  await look('trial phone', written);
  for (const panel of PANELS) {
    await page.goto(`/bots/${id}?panel=${panel}`);
    await page.locator('.react-flow__node').first().waitFor();
    await page.waitForLoadState('networkidle');
    await look(`panel ${panel}`, written);
  }
  await page.goto(`/bots/${id}?panel=inspector`);
  for (const card of await page.locator('.react-flow__node').all()) {
    const id = (await card.getAttribute('data-id')) ?? '';
    await card.dispatchEvent('click');
    await page.locator('aside details code', { hasText: id }).waitFor({ state: 'attached' });
    await look(`settings of ${id}`, written);
  }
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
