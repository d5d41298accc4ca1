import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { openParley } from './support/open-parley.ts';
import { readExample, saveFlow, visit } from './support/visit.ts';

const { browser, parley } = await openParley();

const long = 'x'.repeat(30);
const sends = (id: string, text: string) => ({ id, type: 'chat.send', config: { text } });
/** A bot with a dozen faults, one of them a script. */
const faulty = {
  format: 'parley.flow/1',
  name: 'Faulty',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'menu', type: 'chat.buttons', label: 'Menu', config: { text: '', buttons: [{ id: 'a', title: long }] } },
    { id: 'odd', type: 'shop.order', label: '<img src=x onerror=alert(1)>', config: {} },
    { id: 'go', type: 'logic.goTo', config: { target: 'ghost' } },
    ...Array.from({ length: 8 }, (_, index) => sends(`lost${index}`, `Hello {{unset${index}}}`)),
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'menu' }],
};

/** Its name tells how many there are. */
const toggle = (page: Page) =>
  page.getByRole('toolbar', { name: /^(Panels|اللوحات)$/ }).getByRole('button', { name: /problem|مشك/i });

async function openProblems(document: object) {
  const watched = await visit(browser, parley, '/bots');
  const id = await saveFlow(watched, document);
  await watched.page.goto(`/bots/${id}`);
  const { page } = watched;
  await toggle(page).click();
  return { ...watched, id, panel: page.getByRole('complementary', { name: 'Problems' }) };
}

const selected = (page: Page) => page.getByRole('textbox', { name: 'Name of the bot' }).first();

it('lists what is wrong by step, errors first, and goes to each place', async () => {
  const { page, panel, faults } = await openProblems(faulty);
  await panel.getByRole('status').getByText('1 to finish · 3 errors').waitFor();
  const menu = panel.getByRole('region', { name: 'Menu' });
  await menu.getByRole('button', { name: 'Shorten this to 20 characters.' }).getByText('Buttons 1').waitFor();
  await menu.getByRole('button', { name: 'Fill this in.' }).waitFor();
  await panel.getByText('The step “shop.order” is not installed here').waitFor();
  await panel.getByText('This leads to “ghost”, which is not there').waitFor();
  await panel.getByText('Errors', { exact: true }).click();
  expect(await panel.getByRole('region').count()).toBe(3);
  await panel.getByText('All', { exact: true }).click();
  await panel.getByText('By kind', { exact: true }).click();
  await panel
    .getByRole('button', { name: /Fill this in/ })
    .getByText('Menu')
    .waitFor();
  await menu.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: /Fill this in/ }).press('Enter');
  await page.locator('.react-flow__node.selected[data-id=menu]').waitFor();
  await selected(page).waitFor();
  expect(faults).toEqual([]);
});

it('steps from one to the next by keys, also while it is closed', async () => {
  const { page, panel, faults } = await openProblems(faulty);
  await panel.getByRole('status').getByText('1 to finish · 3 errors').waitFor();
  await toggle(page).click();
  await panel.waitFor({ state: 'detached' });
  const at = (id: string) => page.locator(`.react-flow__node.selected[data-id=${id}]`).waitFor();
  await page.keyboard.press('F8');
  await at('menu');
  await page.keyboard.press('F8');
  await at('odd');
  await page.keyboard.press('Shift+F8');
  await at('menu');
  expect(faults).toEqual([]);
});

it('follows every edit, and says when the bot is ready', async () => {
  const { page, panel, faults } = await openProblems(await readExample('welcome'));
  await panel.getByText('Ready to publish').waitFor();
  await panel.getByRole('status').getByText('No problems').waitFor();
  expect(await graveFaults(page, 'aside')).toEqual([]);
  expect(faults).toEqual([]);
});

it.each(LOOKS)('can be read by everybody: $scheme, $language', async (look) => {
  const { page, faults } = await openProblems(faulty);
  await wear(page, look);
  await page.locator('aside section').nth(5).waitFor();
  expect(await graveFaults(page, 'aside')).toEqual([]);
  expect(faults).toEqual([]);
});
