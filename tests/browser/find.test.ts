import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { openParley } from './support/open-parley.ts';
import { readExample, saveFlow, visit } from './support/visit.ts';

const { browser, parley } = await openParley();
const example = await readExample('lead-qualification');

async function openFind() {
  const watched = await visit(browser, parley, '/bots');
  const { page } = watched;
  const id = await saveFlow(watched, example);
  await page.goto(`/bots/${id}`);
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
  await page.keyboard.press('Control+f');
  const panel = page.getByRole('search', { name: 'Find and replace' });
  await panel.waitFor();
  return { ...watched, id, panel };
}

const documentOf = async (page: Page, id: string) =>
  JSON.stringify((await (await page.request.get(`/api/flows/${id}`)).json()).document);
const countIn = (text: string, word: string) => text.split(word).length - 1;
const saved = async (page: Page) => {
  await page.getByRole('status').getByText('Unsaved changes').waitFor();
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
};

it('finds by keyboard alone, and shows where', async () => {
  const { page, panel, faults } = await openFind();
  await page.keyboard.type('colleague');
  await panel.getByRole('status').getByText('2 places, in 2 steps').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__node.selected[data-id=great]').waitFor();
  expect(await panel.locator('[aria-current=true] mark').textContent()).toBe('colleague');
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__node.selected[data-id=sorry]').waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.locator('.react-flow__node.selected[data-id=great]').waitFor();
  expect(faults).toEqual([]);
});

it('takes back from the notice what was replaced, and nothing that was done since', async () => {
  const { page, panel, id, faults } = await openFind();
  const before = await documentOf(page, id);
  await panel.getByLabel('Find', { exact: true }).fill('colleague');
  await panel.getByLabel('Replace with').fill('workmate');
  await panel.getByRole('button', { name: 'Replace all' }).click();
  const undo = page
    .getByText(/^Replaced in/)
    .locator('xpath=ancestor::div[1]')
    .locator('..')
    .getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await page.getByRole('textbox', { name: 'Name of the bot' }).first().fill('Renamed since');
  await undo.click();
  await page.getByText('Something was changed since.').waitFor();
  await saved(page);
  expect(countIn(await documentOf(page, id), 'workmate')).toBe(countIn(before, 'colleague'));
  expect(await documentOf(page, id)).toContain('Renamed since');
  expect(faults).toEqual([]);
});

it('leaves a bot its name', async () => {
  const { page, panel, id, faults } = await openFind();
  const { name } = example as { name: string };
  await panel.getByLabel('Find', { exact: true }).fill(name);
  await panel.getByRole('button', { name: 'Remove all' }).click();
  await page.getByText(/^Replaced in/).waitFor();
  expect(JSON.parse(await documentOf(page, id)).name).toBe(name);
  expect(faults).toEqual([]);
});

it('replaces everywhere as one act that can be undone', async () => {
  const { page, panel, id, faults } = await openFind();
  const before = await documentOf(page, id);
  await panel.getByLabel('Find', { exact: true }).fill('sales');
  await panel.getByText('In texts', { exact: true }).click();
  await panel.getByLabel('Whole words').check();
  await panel.getByLabel('Replace with').fill('<b>support</b>');
  await panel.getByRole('button', { name: 'Replace all' }).click();
  await saved(page);
  const after = await documentOf(page, id);
  expect(countIn(after, '<b>support</b>')).toBeGreaterThan(2);
  await panel.getByRole('status').getByText('0 places').waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await saved(page);
  const undone = await documentOf(page, id);
  expect([countIn(undone, '<b>'), countIn(undone, 'sales')]).toEqual([0, countIn(before, 'sales')]);
  expect(faults).toEqual([]);
});

it('gives a variable another name wherever it is set and read', async () => {
  const { page, panel, id, faults } = await openFind();
  await panel.getByLabel('Find', { exact: true }).fill('email');
  const name = panel.getByLabel('Give the variable “email” another name');
  await name.fill('1 mail');
  await panel.getByText('Use letters, digits and “_”').waitFor();
  await name.fill('mail');
  await panel.getByRole('button', { name: 'Rename everywhere' }).click();
  await saved(page);
  const after = await documentOf(page, id);
  expect(after).toContain('"saveAs":"mail"');
  expect(after).toContain('{{mail}}');
  expect(after).not.toContain('{{email}}');
  expect(after).toContain('"answer":"email"');
  expect(faults).toEqual([]);
});

it.each(LOOKS)('can be used by everybody: $scheme, $language', async (look) => {
  const { page, faults } = await openFind();
  await wear(page, look);
  await page.locator('.react-flow__node').first().waitFor();
  await page.keyboard.press('Control+f');
  await page.getByRole('search').getByRole('textbox').first().fill('e');
  await page.locator('search section li').nth(9).waitFor();
  expect(await graveFaults(page, 'aside')).toEqual([]);
  expect(faults).toEqual([]);
});
