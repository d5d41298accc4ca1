import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import type { WatchedPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { readExample, saveFlow, visit } from './support/visit.ts';

const { browser, parley } = await openParley();
const example = await readExample('lead-qualification');

/** While the server is away, Chromium notes each request that it refused. */
const others = (faults: readonly string[]) => faults.filter((one) => !/ERR_(CONNECTION|EMPTY_RESPONSE)/.test(one));

const nameOf = (page: Page) => page.getByRole('textbox', { name: 'Name of the bot' }).first();
const says = (page: Page, words: string) => page.getByRole('status').getByText(words, { exact: true }).waitFor();

async function open(visitor?: WatchedPage): Promise<WatchedPage & { id: string }> {
  const watched = visitor ?? (await visit(browser, parley, '/bots'));
  const id = await saveFlow(watched, example, 'Leads');
  await watched.page.goto(`/bots/${id}`);
  await says(watched.page, 'Saved');
  // The panel's code too is there before a test takes the server away
  await watched.page.getByRole('complementary').getByRole('textbox', { name: 'Name of the bot' }).waitFor();
  return { ...watched, id };
}

async function savedName(page: Page, id: string): Promise<string> {
  return (await (await page.request.get(`/api/flows/${id}`)).json()).document.name;
}

it('saves by itself, and what was done can be undone after a reload', async () => {
  const { page, faults, id } = await open();
  const before = await nameOf(page).inputValue();
  await nameOf(page).fill('Leads of spring');
  await says(page, 'Unsaved changes');
  await says(page, 'Saved');
  expect(await savedName(page, id)).toBe('Leads of spring');
  await page.reload();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await nameOf(page).inputValue()).toBe(before);
  await says(page, 'Saved');
  expect(await savedName(page, id)).toBe(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  expect(await nameOf(page).inputValue()).toBe('Leads of spring');
  expect(faults).toEqual([]);
});

it('keeps the work while the server is away, says so, and sends it later', async () => {
  const { page, faults, id } = await open();
  await parley.pause();
  await nameOf(page).fill('Written without a server');
  await says(page, 'Not saved yet');
  await page.getByRole('status').getByText('kept in this browser').waitFor({ state: 'attached' });
  await parley.resume();
  await says(page, 'Saved');
  expect(await savedName(page, id)).toBe('Written without a server');

  await parley.pause();
  await nameOf(page).fill('Closed without a server');
  await says(page, 'Not saved yet');
  const { context } = { context: page.context() };
  await page.close();
  await parley.resume();
  const later = await context.newPage();
  await later.goto(`/bots/${id}`);
  await says(later, 'Saved');
  expect(await nameOf(later).inputValue()).toBe('Closed without a server');
  expect(await savedName(later, id)).toBe('Closed without a server');
  expect(others(faults)).toEqual([]);
});

it('sends what it kept at a press of "Try now", before its own next try', async () => {
  const visitor = await visit(browser, parley, '/bots');
  await visitor.page.clock.install();
  const { page, faults, id } = await open(visitor);
  await parley.pause();
  await nameOf(page).fill('Sent at a press');
  await says(page, 'Not saved yet');
  // From here on no timer of the page runs, that of its next try among them
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  await says(page, 'Not saved yet');
  await parley.resume();
  await page.getByRole('button', { name: 'Try now' }).click();
  await says(page, 'Saved');
  expect(await savedName(page, id)).toBe('Sent at a press');
  expect(others(faults)).toEqual([]);
});

it('keeps what each of two tabs of one browser has not sent', async () => {
  const { page, id } = await open();
  const second = await page.context().newPage();
  await second.goto(`/bots/${id}`);
  await says(second, 'Saved');
  // Tab by tab, so that it is certain who saves first
  for (const tab of [page, second])
    await tab.route(`**/api/flows/${id}`, (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
    );
  await nameOf(page).fill('From the first tab');
  await nameOf(second).fill('From the second tab');
  await Promise.all([says(page, 'Not saved yet'), says(second, 'Not saved yet')]);
  await page.unroute(`**/api/flows/${id}`);
  await page.reload();
  await says(page, 'Saved');
  expect(await nameOf(page).inputValue()).toBe('From the first tab');
  // The second tab still knows, after its reload, where both began
  await second.unroute(`**/api/flows/${id}`);
  await second.reload();
  const dialog = second.getByRole('dialog', { name: 'Two people changed this bot' });
  await dialog.getByRole('radio', { name: 'Mine: From the second tab' }).check();
  await dialog.getByRole('button', { name: 'Save it like this' }).click();
  await says(second, 'Saved');
  expect(await savedName(second, id)).toBe('From the second tab');
});

it('does not make again what had arrived without an answer, when somebody saved on top of it', async () => {
  const { page, id } = await open();
  const saving = `**/api/flows/${id}`;
  await page.route(saving, async (route) => {
    if (route.request().method() !== 'PATCH') return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await nameOf(page).fill('Named with a slip');
  await says(page, 'Not saved yet');
  expect(await savedName(page, id)).toBe('Named with a slip');
  const headers = { origin: parley.url };
  await page.request.patch(`/api/flows/${id}`, { headers, data: { name: 'Corrected by them' } });

  await page.unroute(saving);
  await page.reload();
  await says(page, 'Saved');
  expect(await nameOf(page).inputValue()).toBe('Corrected by them');
  expect(await savedName(page, id)).toBe('Corrected by them');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

/** Two people have the bot open; the first has saved, the second has typed. */
async function collide() {
  const mine = await open();
  const theirs = await visit(browser, parley, `/bots/${mine.id}`);
  await says(theirs.page, 'Saved');
  await nameOf(theirs.page).fill('Named by them');
  await says(theirs.page, 'Unsaved changes');
  await says(theirs.page, 'Saved');
  await nameOf(mine.page).fill('Named by me');
  const dialog = mine.page.getByRole('dialog', { name: 'Two people changed this bot' });
  await dialog.waitFor();
  return { mine, theirs, dialog };
}

it('overwrites nothing when somebody else saved: theirs can be taken', async () => {
  const { mine, dialog } = await collide();
  expect(await savedName(mine.page, mine.id)).toBe('Named by them');
  // Once, as a question, and not in a list of what either changed besides
  expect(await dialog.getByText('Name of the bot').count()).toBe(1);
  await mine.page.keyboard.press('Escape');
  await says(mine.page, 'Somebody else saved');
  await mine.page.getByRole('button', { name: 'Decide' }).click();
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await says(mine.page, 'Saved');
  expect(await nameOf(mine.page).inputValue()).toBe('Named by them');
  expect(mine.faults).toEqual([]);
});

it('asks only where both changed the same, and keeps what is chosen', async () => {
  const { mine, dialog } = await collide();
  const question = dialog.getByRole('radiogroup', { name: 'Name of the bot' });
  await question.getByRole('radio', { name: 'Mine: Named by me' }).waitFor();
  expect(await question.getByRole('radio', { name: 'Mine: Named by me' }).isChecked()).toBe(true);
  await question.getByRole('radio', { name: 'Theirs: Named by them' }).check();
  await dialog.getByRole('button', { name: 'Save it like this' }).click();
  await says(mine.page, 'Saved');
  expect(await nameOf(mine.page).inputValue()).toBe('Named by them');
  expect(mine.faults).toEqual([]);
});

it('puts together what two people changed in two fields of one step, and asks nothing', async () => {
  const mine = await visit(browser, parley, '/bots');
  const { page } = mine;
  const ask = { id: 'ask', type: 'chat.ask', label: 'Size', config: { text: 'Which size?', saveAs: 'size' } };
  const edges = [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' }];
  const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
  const id = await saveFlow(mine, { format: 'parley.flow/1', name: 'Shop', nodes: [start, ask], edges });
  await page.goto(`/bots/${id}`);
  await says(page, 'Saved');
  const read = async () => (await page.request.get(`/api/flows/${id}`)).json();
  const step = async () => (await read()).document.nodes.find((node: { id: string }) => node.id === 'ask');
  const edits = [{ edit: 'setConfig', id: 'ask', config: { ...ask.config, saveAs: 'fit' } }];
  const headers = { origin: parley.url };
  await page.request.patch(`/api/flows/${id}`, { headers, data: { revision: (await read()).revision, edits } });

  await page.locator('.react-flow__node[data-id="ask"]').click();
  const question = page.getByRole('complementary', { name: 'Settings' }).getByRole('textbox', { name: 'Question' });
  await question.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Mine');
  await page.getByText('Somebody else’s changes came in', { exact: false }).waitFor();
  await says(page, 'Saved');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await expect.poll(step).toMatchObject({ config: { text: 'Which size? Mine', saveAs: 'fit' } });

  await page.locator('[data-canvas]').focus();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(step).toMatchObject({ config: { text: 'Which size?', saveAs: 'fit' } });
  expect(mine.faults).toEqual([]);
});

it('shows what somebody else saved to whoever comes back to a page where nothing was done', async () => {
  const { page, faults, id } = await open();
  const headers = { origin: parley.url };
  const { revision } = await (await page.request.get(`/api/flows/${id}`)).json();
  const edits = [{ edit: 'rename', name: 'Theirs' }];
  await page.request.patch(`/api/flows/${id}`, { headers, data: { revision, edits } });
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByText('Somebody else’s changes came in', { exact: false }).waitFor();
  expect(await nameOf(page).inputValue()).toBe('Theirs');
  await nameOf(page).fill('Theirs and ours');
  await says(page, 'Saved');
  await expect.poll(() => savedName(page, id)).toBe('Theirs and ours');
  expect(faults).toEqual([]);
});

it('and ours can be kept as a copy, with nothing lost', async () => {
  const { mine, dialog } = await collide();
  await dialog.getByRole('button', { name: 'Keep mine as a copy' }).click();
  await mine.page.getByRole('button', { name: 'Open it' }).click();
  await says(mine.page, 'Saved');
  expect(await nameOf(mine.page).inputValue()).toBe('Named by me (my changes)');
  expect(await savedName(mine.page, mine.id)).toBe('Named by them');
  expect(mine.page.url()).not.toContain(mine.id);
  expect(mine.faults).toEqual([]);
});

it.each(LOOKS)('a conflict can be read by everybody: $scheme, $language', async (look) => {
  const { mine } = await collide();
  await wear(mine.page, look);
  await mine.page.getByRole('dialog').getByRole('button').nth(3).waitFor();
  expect(await graveFaults(mine.page, '[role=dialog]')).toEqual([]);
  expect(mine.faults).toEqual([]);
});
