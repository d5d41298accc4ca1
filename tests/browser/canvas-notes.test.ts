import { describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { canvasPages, cardNamed, drag, SHOP } from './support/canvas.ts';
import { takesFocus } from './support/focus.ts';

const open = await canvasPages();
const NOTED = { ...SHOP, layout: { ...SHOP.layout, notes: [{ id: 'n', at: [0, 420], text: 'Ask *Ana*' }] } };
const note = '[data-card="note:n"]';

describe('a note', () => {
  it('gets its colour and its size by mouse, each one thing to undo', async () => {
    const { page, saved } = await open(NOTED);
    await page.locator(note).click();
    const tools = page.getByRole('toolbar', { name: 'Tools of the note' });
    await tools.getByRole('radio', { name: 'Blue' }).click();
    await saved(({ layout }) => layout.notes[0]?.color === 'blue');
    const corner = await page.getByRole('button', { name: /^Size of the note/ }).boundingBox();
    if (!corner) throw new Error('the note has no corner');
    const from = { x: corner.x + corner.width / 2, y: corner.y + corner.height / 2 };
    await drag(page, from, { x: from.x + 96, y: from.y + 80 });
    const { layout } = await saved((document) => document.layout.notes[0]?.size !== undefined);
    expect(layout.notes[0]?.at).toEqual([0, 420]);
    expect(layout.notes[0]?.size?.[0]).toBeGreaterThan(224);
    await page.keyboard.press('F6');
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: Note resized').waitFor();
    await saved(
      (document) => document.layout.notes[0]?.size === undefined && document.layout.notes[0]?.color === 'blue',
    );
    await page.keyboard.press('Control+z');
    const plain = await saved((document) => document.layout.notes[0]?.color === undefined);
    expect(plain.layout.notes).toEqual(NOTED.layout.notes);
  });
  it('is reached, coloured, sized and copied by keyboard', async () => {
    const { page, saved } = await open(NOTED);
    await page.locator('[data-card="start"]').waitFor();
    await page.keyboard.press('F6');
    await page.keyboard.press('End');
    await expect.poll(() => page.locator(`${note}:focus`).count()).toBe(1);
    await page.keyboard.press('Tab');
    await takesFocus(page.getByRole('button', { name: /^Size of the note/ }));
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key);
    const { layout } = await saved((document) => (document.layout.notes[0]?.size?.[0] ?? 0) >= 256);
    expect(layout.notes[0]?.size?.[1]).toBeGreaterThan(128);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await saved((document) => document.layout.notes[0]?.color === 'green');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator(`${note}:focus`).count()).toBe(1);
    await page.keyboard.press('Control+d');
    const twice = await saved((document) => document.layout.notes.length === 2);
    expect(twice.layout.notes[1]).toMatchObject({ color: 'green', size: twice.layout.notes[0]?.size });
  });
  it('has nothing grave for axe in any look, with its tools', async () => {
    const { page } = await open(NOTED);
    for (const look of LOOKS) {
      await wear(page, look);
      await page.locator(note).click();
      await page.locator('[role="toolbar"] input[type="radio"]').first().waitFor();
      expect(await graveFaults(page, '[data-canvas]'), `${look.scheme} ${look.language}`).toEqual([]);
    }
  });
});

describe('a wire', () => {
  it('is led by arrow keys to the step that lies there, and Tab takes another way out', async () => {
    const { page, saved } = await open();
    await cardNamed(page, 'Menu').click({ position: { x: 60, y: 12 } });
    await page.locator('[data-card="menu"]').focus();
    await page.keyboard.press('w');
    const told = page.getByRole('log');
    await told.getByText('“A person” to Prices are').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await told.getByText('“A person” to To a person').waitFor({ state: 'attached' });
    await page.keyboard.press('Tab');
    await told.getByText('“Any other answer” to To a person').waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await saved(({ edges }) => edges.some(({ sourceHandle, target }) => sourceHandle === 'human' && target === 'hand'));
    await expect.poll(() => page.locator('[data-card="menu"]:focus').count()).toBe(1);
  });
  it('goes on by arrow keys from the list of ways out, and Escape leaves it as it was', async () => {
    const { page, saved } = await open();
    await cardNamed(page, 'Menu').click({ position: { x: 60, y: 12 } });
    await page.locator('[data-card="menu"]').focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog', { name: 'Which way out?' }).getByRole('combobox').fill('person');
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog', { name: /Where does/ })
      .getByRole('combobox')
      .fill('arrow keys');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('“A person” to').waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-card="menu"]:focus').count()).toBe(1);
    await saved(({ edges }) => edges.length === 2);
  });
});
