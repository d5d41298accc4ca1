import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { ADMIN, type RunningParley, startParley } from './support/parley.ts';
import { saveFlow, visit } from './support/visit.ts';

let browser: Browser;
let parley: RunningParley;

beforeAll(async () => {
  [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN })]);
});
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
});

const FARTHEST = 60; // presses of Tab from the head of the page to the canvas, with the palette in between

/** Presses Tab until the selector has the focus; fails where it never comes there. */
async function tabTo(page: Page, selector: string): Promise<number> {
  for (let presses = 1; presses <= FARTHEST; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return presses;
  }
  throw new Error(`Tab never comes to ${selector}`);
}

/** Adds a step behind the card that has the focus, by its name, and comes back to the canvas. */
async function add(page: Page, query: string): Promise<void> {
  const before = await page.evaluate(() =>
    document.querySelector('[data-card][data-selected]')?.getAttribute('data-card'),
  );
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Add a step here' }).waitFor();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  // The new card is selected, in sight, and another one than before
  const fresh = `[data-card][data-selected]:not([data-card="${before ?? ''}"])`;
  await page.locator(fresh).waitFor();
  await page.keyboard.press('F6');
  await expect.poll(() => page.locator(`${fresh}:focus`).count()).toBe(1);
}

it('a whole bot is built by keyboard alone', async () => {
  const watched = await visit(browser, parley, '/bots');
  const { page, faults } = watched;
  const id = await saveFlow(watched, { format: 'parley.flow/1', name: 'By keyboard', nodes: [] });
  await page.goto(`/bots/${id}`);
  await page.locator('[data-canvas]').waitFor();
  const read = async () => (await (await page.request.get(`/api/flows/${id}`)).json()).document;

  // The palette comes before the canvas, and the canvas is one stop
  await tabTo(page, 'nav [role="combobox"]');
  await tabTo(page, '[data-canvas]');

  await add(page, 'a message arrives');
  await add(page, 'ask with buttons');
  await add(page, 'ask a question');
  await add(page, 'branch');
  await add(page, 'call an api');
  await add(page, 'hand over');

  const types = ['trigger.message', 'chat.buttons', 'chat.ask', 'logic.branch', 'http.request', 'people.handoff'];
  await expect.poll(async () => (await read()).nodes.map((node: { type: string }) => node.type)).toEqual(types);
  const { nodes, edges } = await read();
  const typeOf = (node: string) => nodes.find((one: { id: string }) => one.id === node).type;
  expect(
    edges.map(({ source, target }: { source: string; target: string }) => [typeOf(source), typeOf(target)]),
  ).toEqual(types.slice(1).map((type, at) => [types[at], type]));

  // From the handoff back along the wires to the branch, whose other way leads to the question again
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const branch = nodes.find(({ type }: { type: string }) => type === 'logic.branch').id;
  await expect.poll(() => page.locator(`[data-card="${branch}"]:focus`).count()).toBe(1);
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Which way out?' }).waitFor();
  await page.keyboard.type('no');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /Where does “No” lead/ }).waitFor();
  await page.keyboard.type('ask a question');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await read()).edges.find((edge: { sourceHandle: string }) => edge.sourceHandle === 'no')?.target)
    .toBe(nodes.find(({ type }: { type: string }) => type === 'chat.ask').id);

  // What was done is undone and done again
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await read()).edges.length).toBe(5);
  await page.keyboard.press('Control+y');
  await expect.poll(async () => (await read()).edges.length).toBe(6);
  expect(faults).toEqual([]);
});
