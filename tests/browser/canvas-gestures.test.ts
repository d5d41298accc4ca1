import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { canvasPages, cardNamed, drag, middleOf, portOf, SHOP } from './support/canvas.ts';
import { takesFocus } from './support/focus.ts';

const open = await canvasPages();
const GROUPED = {
  ...SHOP,
  layout: { ...SHOP.layout, groups: [{ id: 'g', title: 'Offers', nodes: ['prices', 'hand'] }] },
};
const FOLDED = {
  ...SHOP,
  layout: { ...SHOP.layout, groups: [{ id: 'g', title: 'Offers', nodes: ['prices', 'hand'], collapsed: true }] },
};
const NOTED = { ...SHOP, layout: { ...SHOP.layout, notes: [{ id: 'n', at: [0, 300], text: 'Ask Ana' }] } };

async function choose(page: Page, ...names: string[]): Promise<void> {
  for (const [index, name] of names.entries())
    await cardNamed(page, name).click({ position: { x: 60, y: 12 }, ...(index > 0 && { modifiers: ['Control'] }) });
}
const menu = async (page: Page, entry: string) => page.getByRole('menuitem', { name: entry, exact: true }).click();
const zoomOf = async (page: Page) =>
  page.locator('.react-flow__viewport').evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);

describe('several steps', () => {
  it('are aligned by their menu', async () => {
    const { page, saved } = await open();
    await choose(page, 'Menu', 'To a person');
    await cardNamed(page, 'To a person').click({ button: 'right', position: { x: 60, y: 12 } });
    await menu(page, 'Align top edges');
    await saved(({ layout }) => layout.nodes.hand?.[1] === 0 && layout.nodes.menu?.[1] === 0);
  });
  it('become a bot of their own, which this one runs in their place', async () => {
    const { page, saved, id } = await open();
    await choose(page, 'Menu', 'Prices are');
    await page.keyboard.press('Shift+e');
    const dialog = page.getByRole('dialog', { name: 'Make it a sub-bot' });
    await dialog.getByRole('textbox', { name: 'Name of the sub-bot' }).fill('Offers');
    await dialog.getByRole('button', { name: 'Make the sub-bot' }).click();
    const { nodes, edges } = await saved((document) => document.nodes.some(({ type }) => type === 'logic.subflow'));
    const made = nodes.find(({ type }) => type === 'logic.subflow');
    expect(nodes).toHaveLength(3);
    expect(edges).toContainEqual(expect.objectContaining({ source: 'start', target: made?.id }));
    const { items } = await (await page.request.get('/api/flows')).json();
    expect(items.map((flow: { name: string }) => flow.name)).toContain('Offers');
    expect(made?.config.flow).not.toBe(id);
  });
  it('are cut and pasted elsewhere with their wires', async () => {
    const { page, saved } = await open(SHOP, { permissions: ['clipboard-read', 'clipboard-write'] });
    await choose(page, 'Menu', 'Prices are');
    await page.keyboard.press('Control+x');
    await saved(({ nodes, edges }) => nodes.length === 2 && edges.length === 0);
    await page.keyboard.press('Control+v');
    const { edges } = await saved(({ nodes }) => nodes.length === 4);
    expect(edges.map(({ sourceHandle }) => sourceHandle)).toEqual(['price']);
  });
  it('are tidied up, but those that a person placed stay', async () => {
    const { page, saved } = await open();
    const from = await middleOf(page, '[data-card="hand"]');
    await drag(page, { x: from.x, y: from.y - 20 }, { x: from.x, y: from.y + 60 });
    const { layout } = await saved((document) => (document.layout.nodes.hand?.[1] ?? 0) > 240);
    await page.getByRole('button', { name: 'Tidy up, keeping what you placed' }).click();
    const tidied = await saved((document) => document.layout.nodes.menu?.[0] !== 336);
    expect(tidied.layout.nodes.hand).toEqual(layout.nodes.hand);
  });
});

describe('a wire', () => {
  it('is led elsewhere by its end', async () => {
    const { page, saved } = await open();
    await page.locator(portOf('menu', 'price')).waitFor();
    const end = await middleOf(page, '[data-card="prices"] .react-flow__handle.target');
    await drag(page, { x: end.x - 8, y: end.y }, await middleOf(page, '[data-card="hand"]'));
    const { edges } = await saved((document) => document.edges.some(({ target }) => target === 'hand'));
    expect(edges).toHaveLength(2);
    expect(edges).toContainEqual(expect.objectContaining({ source: 'menu', sourceHandle: 'price', target: 'hand' }));
  });
  it('leads into a group that is folded up', async () => {
    const { page, saved } = await open(FOLDED);
    await page.locator(portOf('menu', 'human')).waitFor();
    await drag(page, await middleOf(page, portOf('menu', 'human')), await middleOf(page, '[data-card="group:g"]'));
    await saved(({ edges }) =>
      edges.some(({ sourceHandle, target }) => sourceHandle === 'human' && target === 'prices'),
    );
  });
});

describe('by a drag', () => {
  it('a note is moved', async () => {
    const { page, saved } = await open(NOTED);
    const from = await middleOf(page, '[data-card="note:n"]');
    await drag(page, from, { x: from.x + 120, y: from.y });
    await saved(({ layout }) => (layout.notes[0]?.at[0] ?? 0) > 0);
  });
  it('a group takes its steps along', async () => {
    const { page, saved } = await open(GROUPED);
    const head = await page.locator('[data-card="group:g"]').boundingBox();
    if (!head) throw new Error('the group is not drawn');
    await drag(page, { x: head.x + 80, y: head.y + 16 }, { x: head.x + 80, y: head.y + 96 });
    const { layout } = await saved((document) => (document.layout.nodes.prices?.[1] ?? 0) > 0);
    expect((layout.nodes.hand?.[1] ?? 0) - (layout.nodes.prices?.[1] ?? 0)).toBe(240);
    expect(layout.nodes.menu).toEqual([336, 0]);
  });
});

describe('looking', () => {
  it('zooms by keys, and to what is selected', async () => {
    const { page } = await open();
    await choose(page, 'Menu');
    await page.locator('[data-card="menu"]').focus();
    await page.keyboard.press('0');
    await expect.poll(() => zoomOf(page)).toBe(1);
    await page.keyboard.press('-');
    await expect.poll(() => zoomOf(page)).toBeLessThan(1);
    await page.keyboard.press('0');
    await page.keyboard.press('+');
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(1);
    await page.keyboard.press('f');
    await expect.poll(() => page.locator('[data-card="hand"]').isVisible()).toBe(true);
  });
  it('shows a small map', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Show or hide the small map' }).click();
    await page.getByRole('img', { name: 'Small map' }).waitFor();
    await expect.poll(() => page.locator('.react-flow__minimap-node').count()).toBe(4);
  });
  it('goes to the step of a problem, far away as it may be', async () => {
    const far = {
      ...SHOP,
      nodes: [...SHOP.nodes, { id: 'far', type: 'chat.send', label: 'Far', config: { kind: 'text', text: '' } }],
    };
    const { page } = await open({ ...far, layout: { nodes: { ...SHOP.layout.nodes, far: [9000, 4000] } } });
    expect(await page.locator('[data-card="far"]').count()).toBe(0);
    await page
      .getByRole('toolbar', { name: 'Panels' })
      .getByRole('button', { name: /problem/i })
      .click();
    const panel = page.getByRole('complementary', { name: 'Problems' });
    await panel.getByRole('region', { name: 'Far' }).getByRole('button').first().click();
    await page.locator('[data-card="far"]').waitFor();
  });
});

describe('the menu', () => {
  it('opens by Shift and F10 at the step of the keyboard, and Escape goes back to it', async () => {
    const { page } = await open();
    await choose(page, 'Menu');
    await page.locator('[data-card="menu"]').focus();
    await page.keyboard.press('Shift+F10');
    await takesFocus(page.getByRole('menu'));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-card="menu"]:focus').count()).toBe(1);
  });
  it('begins a try at a step', async () => {
    const { page } = await open();
    await cardNamed(page, 'Prices are').click({ button: 'right', position: { x: 60, y: 12 } });
    await menu(page, 'Try it from here');
    await page.getByRole('dialog').getByRole('button', { name: 'Begin here' }).click();
    await page.getByRole('complementary').getByText('From 9 EUR.').first().waitFor();
  });
  it('opens by a long press of a finger', async () => {
    const { page } = await open(SHOP, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await page.locator('[data-card="start"]').waitFor();
    const { x, y } = await middleOf(page, '[data-card="start"]');
    const session = await page.context().newCDPSession(page);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  });
});
