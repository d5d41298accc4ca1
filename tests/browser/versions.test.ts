import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import type { WatchedPage } from './support/browser.ts';
import { takesFocus } from './support/focus.ts';
import { openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

let watched: WatchedPage;
let page: Page;
const { browser, parley } = await openParley();
beforeEach(async () => {
  watched = await visit(browser, parley, '/bots');
  page = watched.page;
  return () => page.context().close();
}, 120_000);

const TEXTS = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

let bots = 0;
function greeting(keyword: string, text: string, withBye = false) {
  const bye = { id: 'bye', type: 'chat.send', label: 'Say goodbye', config: { text: 'Bye' } };
  return {
    format: 'parley.flow/1',
    name: 'Greeting',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: [keyword] } },
      { id: 'hello', type: 'chat.send', label: 'Say hello', config: { text } },
      ...(withBye ? [bye] : []),
    ],
    edges: [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' },
      ...(withBye ? [{ id: 'e2', source: 'hello', sourceHandle: 'next', target: 'bye' }] : []),
    ],
  };
}

/** A bot that was published once a text; its draft is the last of them. */
async function published(texts: readonly string[]): Promise<string> {
  const headers = { origin: parley.url };
  const keyword = `hello${++bots}`;
  const id = await saveFlow(watched, greeting(keyword, texts[0] ?? ''));
  for (const [index, text] of texts.entries()) {
    if (index > 0)
      await page.request.put(`/api/flows/${id}`, { headers, data: { document: greeting(keyword, text, index > 1) } });
    await page.request.post(`/api/flows/${id}/publish`, { headers, data: {} });
  }
  return id;
}

const panel = () => page.getByRole('complementary', { name: 'Versions' });
const rows = () =>
  panel()
    .getByRole('list', { name: 'Published versions' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button') });
const draftOf = async (id: string) => (await (await page.request.get(`/api/flows/${id}`)).json()).document;

async function openVersions(id: string): Promise<void> {
  await page.goto(`/bots/${id}`);
  await openPanel();
}
async function openPanel(): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor();
  if (!(await panel().isVisible()))
    await page
      .getByRole('button', { name: /Versions/ })
      .first()
      .click();
  await rows().first().waitFor();
}
async function choose(version: string, action: string): Promise<void> {
  await panel()
    .getByRole('button', { name: `What to do with ${version}` })
    .click();
  // Another one may be fading away still
  const menu = page.getByRole('menu', { name: `What to do with ${version}` });
  await menu.getByRole('menuitem', { name: action, exact: true }).click();
}

describe('the versions of a bot', { timeout: 180_000 }, () => {
  it('say who, when and what in words, page by page', async () => {
    const id = await published(TEXTS);
    await openVersions(id);
    await expect.poll(() => rows().count()).toBe(10);
    await expect.poll(() => rows().first().textContent()).toContain('Message of Say hello');
    expect(await rows().first().textContent()).toMatch(/Version 12.*Live.*ana/is);
    await panel().getByRole('button', { name: 'Show older versions' }).click();
    await expect.poll(() => rows().count()).toBe(12);
    await expect.poll(() => rows().last().textContent()).toContain('The first version');
    expect(watched.faults).toEqual([]);
  });

  it('get a name', async () => {
    const id = await published(['One', 'Two']);
    await openVersions(id);
    await choose('Version 1', 'Name and note');
    const dialog = page.getByRole('dialog', { name: 'Name version 1' });
    await dialog.getByRole('textbox', { name: 'Name of the version' }).fill('<b>Summer</b>');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await panel().getByText('<b>Summer</b>', { exact: true }).waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('come back into the draft, and go again by undo', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await openVersions(id);
    await choose('Version 1', 'Restore…');
    const asks = page.getByRole('dialog', { name: 'Restore Version 1?' });
    await asks.getByRole('button', { name: 'Restore to the draft' }).click();
    await page.getByText('The draft is as it was in version 1', { exact: false }).first().waitFor();
    await expect.poll(async () => (await draftOf(id)).nodes.length).toBe(2);
    expect((await draftOf(id)).nodes[1].config.text).toBe('One');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(async () => (await draftOf(id)).nodes.length).toBe(3);
    expect((await draftOf(id)).nodes[1].config.text).toBe('Three');
    // What customers get is another matter
    expect((await (await page.request.get(`/api/flows/${id}`)).json()).published.version).toBe(3);
    expect(watched.faults).toEqual([]);
  });

  it('go live once more, by way of the checks', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await openVersions(id);
    await choose('Version 1', 'Restore…');
    const asks = page.getByRole('dialog', { name: 'Restore Version 1?' });
    await asks.getByRole('button', { name: 'Restore and make live' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    await dialog.getByText('What changes since version 3').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Name of the version' }).inputValue()).toBe('Version 1 again');
    await dialog.getByRole('button', { name: 'Publish changes' }).click();
    await page.getByRole('dialog').getByText('Version 4 is live').waitFor();
    const { document } = await (await page.request.get(`/api/flows/${id}/versions/4`)).json();
    expect(document.nodes[1].config.text).toBe('One');
    await page.getByRole('button', { name: 'Done' }).click();

    // What is live already can only come into the draft; what is brought there can be made live a moment later
    await choose('Version 1 again', 'Restore…');
    await page.getByRole('dialog').getByText('Customers have version 4 already.').waitFor();
    expect(await page.getByRole('button', { name: 'Restore and make live' }).count()).toBe(0);
    await takesFocus(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await choose('Version 2', 'Restore…');
    await page.getByRole('button', { name: 'Restore to the draft' }).click();
    await page.getByRole('button', { name: 'Make it live again' }).click();
    await dialog.getByText('What changes since version 4').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Name of the version' }).inputValue()).toBe('Version 2 again');
    expect(watched.faults).toEqual([]);
  });

  it('keep being looked at while Escape closes a menu over them', async () => {
    const id = await published(['One', 'Two']);
    await openVersions(id);
    await choose('Version 1', 'Look at it');
    await page.getByText('You are looking at Version 1').waitFor();
    const menu = panel().getByRole('button', { name: 'What to do with Version 1' });
    await menu.click();
    await takesFocus(page.getByRole('menu', { name: 'What to do with Version 1' }));
    await page.keyboard.press('Escape');
    await page.getByRole('menu', { name: 'What to do with Version 1' }).waitFor({ state: 'detached' });
    expect(await page.getByText('You are looking at Version 1').count()).toBe(1);
    // On a tool of the canvas, or in another panel, the key is not meant for the version
    const canvas = page.getByRole('application', { name: 'Canvas' });
    await canvas.getByRole('button', { name: 'Zoom in' }).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.getByRole('tab', { name: 'Watch' }).focus();
    await page.keyboard.press('Escape');
    expect(await page.getByText('You are looking at Version 1').count()).toBe(1);
    await canvas.locator('[data-card]').first().click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText('You are looking at Version 1').waitFor({ state: 'detached' });
    await takesFocus(canvas);
    expect(watched.faults).toEqual([]);
  });

  it('are looked at on the canvas, where nothing can be changed', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await openVersions(id);
    await choose('Version 1', 'Look at it');
    const bar = page.getByRole('region', { name: 'What is shown' });
    await bar.getByText('You are looking at Version 1').waitFor();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(2);
    await page.locator('.react-flow__node').last().click();
    await page.locator('.react-flow__node.selected').waitFor();
    await page.keyboard.press('Delete');
    expect(await page.locator('.react-flow__node').count()).toBe(2);
    await bar.getByRole('button', { name: 'Back to the draft' }).click();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(3);
    expect((await draftOf(id)).nodes).toHaveLength(3);
    expect(watched.faults).toEqual([]);
  });

  it('leave the draft and its view as they were while one is looked at', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await openVersions(id);
    const name = page.locator('header').getByRole('textbox', { name: 'Name of the bot' });
    await name.fill('Renamed');
    await name.press('Enter');
    const undo = page.getByRole('button', { name: /^Undo/ });
    await expect.poll(() => undo.getAttribute('aria-disabled')).toBe('false');
    await page.locator('[data-canvas]').focus();
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    const view = () => page.locator('.react-flow__viewport').getAttribute('style');
    let before = null as string | null;
    // Zooming takes some frames
    await expect
      .poll(async () => {
        const last = before;
        before = await view();
        return last === before;
      })
      .toBe(true);

    await choose('Version 1', 'Look at it');
    const bar = page.getByRole('region', { name: 'What is shown' });
    await bar.getByText('You are looking at Version 1').waitFor();
    await expect.poll(() => undo.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Control+z');
    await undo.click({ force: true });
    await page.locator('.react-flow__node').last().click();
    for (const keys of ['Control+d', 'Delete', 't', 'n', 'Control+z', 'Control+y']) await page.keyboard.press(keys);
    expect(await name.inputValue()).toBe('Renamed');

    await bar.getByRole('button', { name: 'Back to the draft' }).click();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(3);
    await expect.poll(view).toBe(before);
    await expect.poll(async () => (await draftOf(id)).name).toBe('Renamed');
    expect((await draftOf(id)).nodes).toHaveLength(3);
    await undo.click();
    await expect.poll(() => name.inputValue()).toBe('Greeting');
    expect(watched.faults).toEqual([]);
  });

  it('are compared in words and on the canvas, from change to change', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await openVersions(id);
    await panel().getByLabel('Compare from').selectOption({ label: 'Version 1' });
    await panel().getByLabel('Compare with').selectOption({ label: 'Version 3' });
    await panel().getByRole('button', { name: 'Compare', exact: true }).click();
    const changes = panel().getByRole('list', { name: 'What changed' });
    await changes.getByText('Message of Say hello').waitFor();
    expect(await changes.locator('del').allTextContents()).toEqual(['One']);
    expect(await changes.locator('ins').allTextContents()).toEqual(['Three']);
    await changes.getByText('Added Say goodbye').waitFor();
    await changes.getByText('The way out of Say hello now leads to Say goodbye').waitFor();
    const count = await changes.getByRole('listitem').count();
    await panel().getByRole('button', { name: 'Next change' }).click();
    await panel().getByText(`Change 1 of ${count}`).waitFor();
    await panel().getByRole('button', { name: 'Previous change' }).click();
    await panel().getByText(`Change ${count} of ${count}`).waitFor();
    await changes.getByRole('listitem').last().locator('[aria-current]').waitFor();
    // A panel that was closed meanwhile comes back to where one was
    await page.getByRole('button', { name: 'Close Versions' }).click();
    await page.keyboard.press('5');
    await panel().getByText(`Change ${count} of ${count}`).waitFor();
    await panel().getByRole('button', { name: 'Back to all versions' }).click();
    await rows().first().waitFor();
    // The keys stay in the panel, whose buttons are others now
    await takesFocus(panel());
    expect(watched.faults).toEqual([]);
  });

  it('are compared below the canvas on a phone, which shows what changed; Escape leads back', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await page.setViewportSize({ width: 390, height: 844 });
    await openVersions(id);
    await panel().getByLabel('Compare from').selectOption({ label: 'Version 1' });
    await panel().getByLabel('Compare with').selectOption({ label: 'Version 3' });
    await panel().getByRole('button', { name: 'Compare', exact: true }).click();
    const canvas = page.getByRole('application', { name: 'Canvas' });
    const isSeen = (text: string) => async () => {
      const [card, ground] = [
        await page.locator('[data-card]', { hasText: text }).boundingBox(),
        await canvas.boundingBox(),
      ];
      if (!card || !ground) return false;
      return (
        card.x >= 0 && card.x + card.width <= ground.width && card.y >= ground.y && card.y < ground.y + ground.height
      );
    };
    await expect.poll(isSeen('Say hello')).toBe(true);
    expect(await graveFaults(page)).toEqual([]);
    for (let change = 1; change <= 3; change++) await panel().getByRole('button', { name: 'Next change' }).click();
    await expect.poll(isSeen('Say goodbye')).toBe(true);
    await page.keyboard.press('Escape');
    await rows().first().waitFor();
    await page.getByText('You are comparing').waitFor({ state: 'detached' });
    expect(watched.faults).toEqual([]);
  });

  it('draw what is gone beside what is there', async () => {
    const id = await published(['One', 'Two', 'Three']);
    await openVersions(id);
    await panel().getByLabel('Compare from').selectOption({ label: 'Version 3' });
    await panel().getByLabel('Compare with').selectOption({ label: 'Version 1' });
    await panel().getByRole('button', { name: 'Compare', exact: true }).click();
    await panel().getByText('Removed Say goodbye').waitFor();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(3);
    expect(watched.faults).toEqual([]);
  });

  it('tell who saved the draft lately, and on what', async () => {
    const id = await published(['One', 'Two']);
    await openVersions(id);
    await panel().getByRole('button', { name: 'Who worked on it lately' }).click();
    await expect
      .poll(() => panel().getByRole('list', { name: 'Who worked on it lately' }).textContent())
      .toContain('changed Say hello');
    expect(watched.faults).toEqual([]);
  });

  it('are tried by testers first', async () => {
    const id = await published(['One']);
    await openVersions(id);
    const card = panel().getByRole('region', { name: 'Try the draft on real phones' });
    expect(await card.getByRole('button', { name: 'Share the draft' }).count()).toBe(0);
    const number = card.getByRole('textbox', { name: 'Number with country code' });
    await number.fill('07911');
    await number.press('Enter');
    await card.getByText('Write the number with its country', { exact: false }).waitFor();
    await number.fill('+44 7911 123456');
    await number.press('Enter');
    await card.getByText('+447911123456').waitFor();
    await card.getByRole('button', { name: 'Share the draft' }).click();
    await card.getByText(/Shared by/).waitFor();
    await card.getByRole('button', { name: 'Stop sharing' }).click();
    await card.getByRole('button', { name: 'Share the draft' }).waitFor();
    await card.getByRole('button', { name: 'Remove +447911123456' }).click();
    await expect.poll(() => card.getByText('+447911123456').count()).toBe(0);
    expect(watched.faults).toEqual([]);
  });

  it('are kind to every eye with ten of them, and fit a phone', async () => {
    const id = await published(TEXTS.slice(0, 11));
    await page.goto(`/bots/${id}?panel=versions`);
    for (const look of LOOKS) {
      await wear(page, look);
      await page.locator('.react-flow__node').first().waitFor();
      await expect.poll(() => page.locator('aside ol > li').count()).toBeGreaterThanOrEqual(10);
      expect(await graveFaults(page, 'aside')).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const overflows = await page
      .locator('aside')
      .last()
      .evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(overflows).toBe(false);
    expect(watched.faults).toEqual([]);
  });
});
