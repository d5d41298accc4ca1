import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { judgePages, openParley } from './open-parley.ts';
import { saveFlow, visit } from './visit.ts';

/** A bot of four steps, one of which nothing leads to yet. */
export const SHOP = {
  format: 'parley.flow/1',
  name: 'Shop',
  nodes: [
    { id: 'start', type: 'trigger.message', label: 'Start', config: { match: 'keyword', keywords: ['hi'] } },
    {
      id: 'menu',
      type: 'chat.buttons',
      label: 'Menu',
      config: {
        text: '*Hello* {{contact.name}}, what do you need?',
        buttons: [
          { id: 'price', title: 'Prices' },
          { id: 'human', title: 'A person' },
        ],
      },
    },
    { id: 'prices', type: 'chat.send', label: 'Prices are', config: { kind: 'text', text: 'From 9 EUR.' } },
    { id: 'hand', type: 'people.handoff', label: 'To a person', config: { team: 'sales' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'menu' },
    { id: 'e2', source: 'menu', sourceHandle: 'price', target: 'prices' },
  ],
  layout: { nodes: { start: [0, 0], menu: [336, 0], prices: [704, 0], hand: [704, 240] } },
};

export interface SavedDocument {
  nodes: { id: string; type: string; config: Record<string, unknown> }[];
  edges: { source: string; sourceHandle: string; target: string }[];
  layout: {
    nodes: Record<string, [number, number]>;
    notes: { text: string; at: [number, number]; size?: [number, number]; color?: string }[];
    groups: { title: string; nodes: string[]; collapsed?: boolean }[];
  };
}

/** The server and the browser of one file of tests; what goes wrong in any page fails the test that opened it. */
export async function canvasPages() {
  const { browser, parley } = await openParley();
  const opened = judgePages();
  return async (document: object = SHOP, options = {}) => {
    const watched = await visit(browser, parley, '/bots', options);
    opened.push(watched);
    const id = await saveFlow(watched, document);
    const { page } = watched;
    await page.goto(`/bots/${id}`);
    await page.locator('[data-canvas]').waitFor();
    /** The document as the server has it, once it says what is awaited. */
    const saved = async (is: (document: SavedDocument) => boolean): Promise<SavedDocument> => {
      const seen: SavedDocument[] = [];
      await expect
        .poll(async () => {
          const { document } = await (await page.request.get(`/api/flows/${id}`)).json();
          seen.push(document);
          return is(document);
        })
        .toBe(true);
      return seen.at(-1) as SavedDocument;
    };
    return { page, saved, id };
  };
}

export const cardNamed = (page: Page, name: string) =>
  page.locator('[data-card]').and(page.getByRole('group', { name })).first();

export const middleOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

export const portOf = (node: string, port: string) =>
  `[data-card="${node}"] .react-flow__handle[data-handleid="${port}"]`;

export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
