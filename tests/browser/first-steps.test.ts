import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { WatchedPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

/** What somebody does in the first minutes, with a mouse and in a hurry. */
const HELLO = {
  format: 'parley.flow/1',
  name: 'Hello',
  nodes: [{ id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hello'] } }],
  edges: [],
};

let watched: WatchedPage;
let page: Page;

const { browser, parley } = await openParley();
afterEach(async () => {
  expect(watched.faults).toEqual([]);
  await page.context().close();
});

async function open(document: object = HELLO): Promise<void> {
  watched = await visit(browser, parley, '/bots');
  page = watched.page;
  const id = await saveFlow(watched, document);
  await page.goto(`/bots/${id}`);
  await cards().first().waitFor();
}

const cards = () => page.locator('[data-card]');
const wires = () => page.locator('.react-flow__edge-path');
const palette = () => page.getByRole('navigation', { name: 'Add a step' });
const settings = () => page.getByRole('complementary', { name: 'Settings' });
const tryIt = () => page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name: 'Try it' }).click();
const addFromPalette = (name: RegExp) => palette().getByRole('option', { name }).click();

describe('in a hurry', () => {
  it('chooses the next step with the mouse where a wire was let go', async () => {
    await open();
    const port = await page.locator('.react-flow__handle.source').first().boundingBox();
    if (!port) throw new Error('the trigger has no way out');
    await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
    await page.mouse.down();
    await page.mouse.move(port.x + 140, port.y - 60, { steps: 8 });
    await page.mouse.up();
    await page
      .getByRole('dialog', { name: 'Add a step here' })
      .getByRole('option', { name: /Ask with buttons/ })
      .click();
    await expect.poll(() => cards().count()).toBe(2);
    await expect.poll(() => wires().count()).toBe(1);
  });

  it('puts a step from the list behind the start, on no other card', async () => {
    await open();
    await addFromPalette(/^Ask with buttons/);
    await expect.poll(() => wires().count()).toBe(1);
    await addFromPalette(/^Send a message/);
    // Only what is in sight is drawn
    await page.getByRole('button', { name: /Show the whole bot/ }).click();
    await expect.poll(() => cards().count()).toBe(3);
    const boxes = await Promise.all((await cards().all()).map((card) => card.boundingBox()));
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1)) {
        if (!one || !other) throw new Error('a card is not drawn');
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
  });

  it('writes into the button that was just added, and keeps its wire when it gets its name', async () => {
    await open();
    await addFromPalette(/^Ask with buttons/);
    await settings().getByRole('button', { name: 'Add a button' }).click();
    await page.keyboard.type('Opening hours');
    await expect.poll(() => page.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(1);
    await page
      .getByRole('group', { name: /Ask with buttons/ })
      .getByText('Opening hours')
      .waitFor();
    await addFromPalette(/^Send a message/);
    await expect.poll(() => wires().count()).toBe(2);
    await page.getByRole('group', { name: /Ask with buttons/ }).click();
    const title = settings().getByRole('textbox', { name: /Title/ }).first();
    await title.fill('Get a quote');
    await page.keyboard.press('Tab');
    await expect.poll(() => wires().count()).toBe(2);
  });

  it('keeps what is typed into the body of a call', async () => {
    await open();
    await addFromPalette(/^Call an API/);
    await settings().getByRole('radiogroup', { name: /Body/ }).getByText('JSON').click();
    const body = settings().getByRole('textbox', { name: /^Body/ });
    await body.click();
    await page.keyboard.type('{"name": "map"}');
    await settings()
      .getByRole('textbox', { name: /Name on the canvas/ })
      .click();
    await expect.poll(() => savedConfig('http.request')).toMatchObject({ body: { name: 'map' } });
  });

  it('tries what stands on the canvas as long as nobody has said a word', async () => {
    await open();
    await tryIt();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await addFromPalette(/^Send a message/);
    await page.keyboard.type('Good to see you');
    await tryIt();
    await page.getByRole('textbox', { name: 'Message' }).fill('hello');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Good to see you').waitFor();
  });
});

/** The settings of the first node of a type, as the server has them. */
async function savedConfig(type: string): Promise<unknown> {
  const saved = await (await page.request.get(`/api/flows/${page.url().split('/').at(-1)?.split('?')[0]}`)).json();
  return saved.document.nodes.find((node: { type: string }) => node.type === type)?.config;
}
