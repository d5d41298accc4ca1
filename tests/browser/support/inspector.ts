import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { takesFocus } from './focus.ts';
import { judgePages, openParley } from './open-parley.ts';
import { saveFlow, visit } from './visit.ts';

export type Config = Record<string, unknown>;
export interface SavedDocument {
  nodes: { id: string; config: Config; label?: string }[];
  edges: { source: string; sourceHandle: string; target: string }[];
  variables: { name: string; type: string; initial?: unknown }[];
  settings: Config;
  name: string;
}

export const MENU = {
  id: 'menu',
  type: 'chat.buttons',
  config: {
    text: 'Hello',
    buttons: [
      { id: 'yes', title: 'Yes' },
      { id: 'no', title: 'No' },
    ],
  },
};
export const END = { id: 'bye', type: 'logic.end', label: 'Goodbye', config: {} };

export const flowOf = (nodes: { id: string }[], more: object = {}) => ({
  format: 'parley.flow/1',
  name: 'Shop',
  nodes,
  edges: [],
  layout: { nodes: Object.fromEntries(nodes.map(({ id }, index) => [id, [index * 340, 0]])) },
  ...more,
});

/** The server and the browser of one file of tests; what goes wrong in any page fails the test that opened it. */
export async function inspectorPages() {
  const opened = judgePages();
  const { browser, parley } = await openParley();
  /** A bot with these nodes, the first of them selected. */
  return async (nodes: { id: string; label?: string }[], more: object = {}, options = {}) => {
    const watched = await visit(browser, parley, '/bots', options);
    opened.push(watched);
    const { page } = watched;
    const id = await saveFlow(watched, flowOf(nodes, more));
    await page.goto(`/bots/${id}`);
    const [first] = nodes;
    if (first) await select(page, first.id);
    const settings = page.getByRole('complementary', { name: 'Settings' });
    return { watched, page, settings, id };
  };
}

export const select = (page: Page, node: string) => page.locator(`[data-card="${node}"] strong`).first().click();

/** What the server holds once everything is saved. */
export async function saved(
  page: Page,
  id: string,
  isThere: (document: SavedDocument) => boolean,
): Promise<SavedDocument> {
  let document = null as SavedDocument | null;
  await expect
    .poll(async () => {
      document = ((await (await page.request.get(`/api/flows/${id}`)).json()) as { document: SavedDocument }).document;
      return isThere(document);
    })
    .toBe(true);
  if (!document) throw new Error('the flow is gone');
  return document;
}
export const configOf = (document: SavedDocument, node: string): Config =>
  document.nodes.find(({ id }) => id === node)?.config ?? {};

/** Puts the keys into an editor of code, once it shows what it edits. */
export async function intoCode(editor: Locator, shown: string): Promise<void> {
  await editor.locator('.view-lines', { hasText: shown }).waitFor();
  await editor.click();
  await takesFocus(editor);
}
