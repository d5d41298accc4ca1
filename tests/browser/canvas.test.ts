import { describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { canvasPages, cardNamed, drag, middleOf, portOf, SHOP } from './support/canvas.ts';

const open = await canvasPages();

describe('a card', () => {
  it('shows what will be said, with marks and variables', async () => {
    const { page } = await open();
    const menu = cardNamed(page, 'Menu');
    await expect.poll(() => menu.locator('strong', { hasText: 'Hello' }).count()).toBe(1);
    expect(await menu.getByText('contact.name').count()).toBe(1);
    expect(await menu.getByText('A person').count()).toBe(1);
    expect(await cardNamed(page, 'Start').getByText('Message is: hi').count()).toBe(1);
  });
  it('of a type whose package is gone is kept, moved and said to be unknown', async () => {
    const gone = {
      ...SHOP,
      nodes: [...SHOP.nodes, { id: 'crm', type: 'acme-crm.lookup', config: { key: '<b>x</b>' } }],
    };
    const { page, saved } = await open({ ...gone, layout: { nodes: { ...SHOP.layout.nodes, crm: [0, 300] } } });
    const crm = cardNamed(page, 'acme-crm.lookup');
    expect(await crm.getByText('is not installed here').count()).toBe(1);
    expect(await crm.getByText('<b>x</b>').count()).toBe(1);
    const from = await middleOf(page, '[data-card="crm"]');
    await drag(page, from, { x: from.x + 120, y: from.y });
    const { nodes } = await saved(({ layout }) => (layout.nodes.crm?.[0] ?? 0) > 0);
    expect(nodes.find(({ id }) => id === 'crm')).toMatchObject({ config: { key: '<b>x</b>' } });
  });
});

describe('with a pointer', () => {
  it('a port is connected by dragging to a card, and a wire is taken away', async () => {
    const { page, saved } = await open();
    await page.locator(portOf('menu', 'human')).waitFor();
    await drag(page, await middleOf(page, portOf('menu', 'human')), await middleOf(page, '[data-card="hand"]'));
    await saved(({ edges }) => edges.some(({ sourceHandle, target }) => sourceHandle === 'human' && target === 'hand'));
    const [from, to] = [
      await middleOf(page, portOf('start', 'next')),
      await middleOf(page, '[data-card="menu"] .react-flow__handle.target'),
    ];
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await page.getByRole('button', { name: 'Take the connection away' }).click();
    await saved(({ edges }) => edges.every(({ source }) => source !== 'start'));
  });
  it('nothing leads to a trigger, in words', async () => {
    const { page } = await open();
    await page.locator(portOf('menu', 'human')).waitFor();
    await drag(page, await middleOf(page, portOf('menu', 'human')), await middleOf(page, '[data-card="start"]'));
    await page.getByText('nothing can lead to it').waitFor();
  });
  it('a wire let go on the ground asks for a step and connects it', async () => {
    const { page, saved } = await open();
    await page.locator(portOf('menu', 'human')).waitFor();
    const from = await middleOf(page, portOf('menu', 'human'));
    await drag(page, from, { x: from.x + 40, y: from.y + 260 });
    await page.getByRole('dialog', { name: 'Add a step here' }).getByRole('combobox').fill('wait');
    await page.keyboard.press('Enter');
    await saved(({ nodes, edges }) => nodes.length === 5 && edges.some(({ sourceHandle }) => sourceHandle === 'human'));
  });
  it('a step is put on a wire by its plus', async () => {
    const { page, saved } = await open();
    await page.locator(portOf('start', 'next')).waitFor();
    const [from, to] = [
      await middleOf(page, portOf('start', 'next')),
      await middleOf(page, '[data-card="menu"] .react-flow__handle.target'),
    ];
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await page.getByRole('button', { name: 'Add a step in between' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill('mark as read');
    await page.keyboard.press('Enter');
    const { edges, nodes } = await saved((document) => document.nodes.length === 5);
    const added = nodes.find(({ type }) => type === 'chat.markRead')?.id;
    expect(edges).toContainEqual(expect.objectContaining({ source: 'start', target: added }));
    expect(edges).toContainEqual(expect.objectContaining({ source: added, target: 'menu' }));
  });
  it('a step is carried from the palette onto a wire', async () => {
    const { page, saved } = await open();
    await page.locator(portOf('start', 'next')).waitFor();
    const palette = page.getByRole('navigation', { name: 'Add a step' });
    await palette.getByRole('combobox').fill('mark as read');
    const [from, to] = [
      await middleOf(page, portOf('start', 'next')),
      await middleOf(page, '[data-card="menu"] .react-flow__handle.target'),
    ];
    const row = await palette.getByRole('option').first().boundingBox();
    if (!row) throw new Error('the step is not listed');
    await drag(page, { x: row.x + 60, y: row.y + 20 }, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
    await saved(({ nodes, edges }) => nodes.length === 5 && edges.length === 3);
  });
  it('cards are selected by a box and dragged together', async () => {
    const { page, saved } = await open();
    await page.locator('[data-card="hand"]').waitFor();
    await page.getByRole('button', { name: 'Select by dragging' }).click();
    const [prices, hand] = [
      await page.locator('[data-card="prices"]').boundingBox(),
      await page.locator('[data-card="hand"]').boundingBox(),
    ];
    if (!prices || !hand) throw new Error('cards are not drawn');
    await drag(page, { x: prices.x - 12, y: prices.y - 20 }, { x: hand.x + 60, y: hand.y + 40 });
    await drag(page, { x: prices.x + 100, y: prices.y + 20 }, { x: prices.x + 160, y: prices.y + 20 });
    const { layout } = await saved(({ layout: { nodes } }) => (nodes.hand?.[0] ?? 0) > 704);
    expect(layout.nodes.prices?.[0]).toBeGreaterThan(704);
    expect(layout.nodes.menu).toEqual([336, 0]);
  });
  it('the menu of a card sets a breakpoint and deletes', async () => {
    const { page, saved } = await open();
    await cardNamed(page, 'Prices are').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Set or remove a breakpoint' }).click();
    await cardNamed(page, 'Prices are')
      .getByRole('img', { name: /Breakpoint/ })
      .waitFor();
    await cardNamed(page, 'Prices are').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await saved(({ nodes, edges }) => nodes.length === 3 && edges.length === 1);
  });
  it('a double click on the ground offers the steps there', async () => {
    const { page } = await open();
    const ground = await page.locator('[data-canvas]').boundingBox();
    if (!ground) throw new Error('the canvas is not drawn');
    await page.mouse.dblclick(ground.x + ground.width / 2, ground.y + ground.height - 90);
    await page.getByRole('dialog', { name: 'Add a step here' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});

describe('notes and groups', () => {
  it('a note is written in place', async () => {
    const { page, saved } = await open();
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Ask Ana');
    await saved(({ layout }) => layout.notes.some(({ text }) => text === 'Ask Ana'));
  });
  it('a group is made, named, folded up with its wires kept, and opened', async () => {
    const { page, saved } = await open();
    await cardNamed(page, 'Menu').click();
    await cardNamed(page, 'Prices are').click({ modifiers: ['Control'] });
    await page.keyboard.press('Control+g');
    await page.getByRole('textbox', { name: 'Name of the group' }).fill('Offers');
    await page.keyboard.press('Enter');
    await saved(({ layout }) => layout.groups[0]?.title === 'Offers');
    await page.getByRole('button', { name: 'Fold up' }).click();
    await saved(({ layout }) => layout.groups[0]?.collapsed === true);
    await cardNamed(page, 'Group: Offers').getByText('2 steps').waitFor();
    expect(await page.locator('[data-card="menu"]').count()).toBe(0);
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.locator('[data-card="menu"]').waitFor();
  });
  it('a group is moved by keys, and cut and pasted with its steps, each once', async () => {
    const groups = [{ id: 'g', title: 'Offers', nodes: ['menu', 'prices'] }];
    const { page, saved } = await open({ ...SHOP, layout: { ...SHOP.layout, groups } });
    await page.locator('[data-card="group:g"]').click({ position: { x: 40, y: 10 } });
    await page.locator('[data-card="group:g"]').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await saved(({ layout }) => layout.nodes.menu?.[1] === 16 && layout.nodes.prices?.[1] === 16);
    await page.keyboard.press('Control+x');
    await saved(({ nodes }) => nodes.length === 2);
    await page.keyboard.press('Control+v');
    const { edges, layout } = await saved(({ nodes }) => nodes.length === 4);
    expect(edges.filter(({ sourceHandle }) => sourceHandle === 'price')).toHaveLength(1);
    expect(layout.groups).toHaveLength(1);
  });
  it('a long note is shown whole', async () => {
    const text = Array.from({ length: 180 }, (_, index) => `word${index}`).join(' ');
    const notes = [{ id: 'n', at: [0, 420], size: [512, 512], text }];
    const { page } = await open({ ...SHOP, layout: { ...SHOP.layout, notes } });
    await page.locator('[data-card="note:n"]').getByText('word179').waitFor();
  });
});

describe('by keyboard', () => {
  it('arrow keys follow the wires, and every part has its key', async () => {
    const { page, saved } = await open();
    await page.locator('[data-card="start"]').waitFor();
    await cardNamed(page, 'Start').click();
    await page.locator('[data-card="start"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('[data-card="menu"]:focus').count()).toBe(1);
    await page.keyboard.press('Alt+ArrowDown');
    await saved(({ layout }) => layout.nodes.menu?.[1] === 16);
    await page.keyboard.press('c');
    await page.getByRole('dialog', { name: 'Which way out?' }).getByRole('combobox').fill('person');
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog', { name: /Where does/ })
      .getByRole('combobox')
      .fill('To a person');
    await page.keyboard.press('Enter');
    await saved(({ edges }) => edges.some(({ sourceHandle, target }) => sourceHandle === 'human' && target === 'hand'));
    await expect.poll(() => page.locator('[data-card="menu"]:focus').count()).toBe(1);
    await page.keyboard.press('Control+d');
    await saved(({ nodes }) => nodes.length === 5);
    await page.keyboard.press('Delete');
    await saved(({ nodes }) => nodes.length === 4);
  });
  it('copies as JSON on the clipboard and pastes it', async () => {
    const { page, saved } = await open(SHOP, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('[data-card="menu"]').waitFor();
    await cardNamed(page, 'Menu').click();
    await page.locator('[data-card="menu"]').focus();
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('parley.clipboard/1');
    await page.keyboard.press('Control+v');
    await saved(({ nodes }) => nodes.length === 5);
    // What was copied elsewhere since is nothing of ours
    await page.evaluate(() => navigator.clipboard.writeText('A sentence of somebody'));
    await page.keyboard.press('Control+v');
    await page.keyboard.press('Alt+ArrowDown');
    expect(
      (await saved(({ layout }) => Object.values(layout.nodes).some(([, y]) => y % 40 === 16))).nodes,
    ).toHaveLength(5);
  });
  it('copies and cuts from the command palette too', async () => {
    const { page, saved } = await open(SHOP, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('[data-card="menu"]').waitFor();
    await cardNamed(page, 'Prices are').click();
    for (const [command, steps] of [
      ['Copy', 4],
      ['Cut', 3],
    ] as const) {
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill(command);
      await page.getByRole('option', { name: command, exact: false }).first().click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('"text": "From 9 EUR."');
      await saved(({ nodes }) => nodes.length === steps);
    }
  });
});

it('copies from the menu where the page has no clipboard of its own, as without https', async () => {
  const { page, saved } = await open(SHOP, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('[data-card="menu"]').waitFor();
  await page.evaluate(() => navigator.clipboard.writeText('A sentence of somebody'));
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await cardNamed(page, 'Prices are').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy', exact: true }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await cardNamed(page, 'Prices are').click();
  await page.locator('[data-card="prices"]').focus();
  await page.keyboard.press('Control+v');
  await saved(({ nodes }) => nodes.length === 5);
});

describe('whoever looks at it', () => {
  const many = {
    ...SHOP,
    nodes: [
      ...SHOP.nodes,
      ...Array.from({ length: 9 }, (_, at) => ({
        id: `t${at}`,
        type: 'chat.send',
        config: { kind: 'text', text: `Text ${at}` },
      })),
    ],
    layout: {
      nodes: SHOP.layout.nodes,
      notes: [{ id: 'n', at: [0, 480], text: 'A note' }],
      groups: [{ id: 'g', title: 'Both', nodes: ['prices', 'hand'] }],
    },
  };
  it('axe finds nothing grave, in both schemes and directions', async () => {
    const { page } = await open(many);
    for (const look of LOOKS) {
      await wear(page, look);
      await page.locator('[data-card="menu"]').waitFor();
      expect(await graveFaults(page, '[data-canvas]'), `${look.scheme} ${look.language}`).toEqual([]);
    }
  });
  it('a phone has the palette as a sheet', async () => {
    const { page, saved } = await open(SHOP, { viewport: { width: 390, height: 844 }, hasTouch: true });
    const close = page.getByRole('complementary').getByRole('button', { name: /close/i });
    if (await close.count()) await close.first().click();
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('navigation', { name: 'Add a step' }).getByRole('combobox').fill('wait');
    await page.getByRole('option', { name: /^Wait Goes on/ }).click();
    await saved(({ nodes }) => nodes.length === 5);
  });
});
