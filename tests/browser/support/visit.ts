import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openPage, type WatchedPage } from './browser.ts';
import { ADMIN, type RunningParley } from './parley.ts';

/** A page of somebody who is signed in; `faults` has whatever went wrong in it. */
export async function visit(
  browser: Browser,
  parley: RunningParley,
  path: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const watched = await openPage(browser, parley.url, { viewport: { width: 1440, height: 900 }, ...options });
  await watched.page.request.post('/api/auth/login', { data: ADMIN });
  await watched.page.goto(path);
  return watched;
}

/** Saves a flow over the API; its id. */
export async function saveFlow({ page }: WatchedPage, document: object, name?: string): Promise<string> {
  const headers = { origin: new URL(page.url()).origin };
  const made = await page.request.post('/api/flows', { headers, data: { document, name } });
  return (await made.json()).id;
}

/** A flow of the examples' room. */
export const readExample = async (name: string): Promise<object> =>
  JSON.parse(await readFile(new URL(`../../../examples/${name}/flow.json`, import.meta.url), 'utf8'));
