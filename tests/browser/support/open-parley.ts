import { afterAll, afterEach, expect } from 'vitest';
import { launchBrowser, type WatchedPage } from './browser.ts';
import { ADMIN, type ParleyOptions, startParley } from './parley.ts';

/** The server and a browser for one file of tests; both end after it. */
export async function openParley(options: Partial<ParleyOptions> = {}) {
  const [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN, ...options })]);
  afterAll(async () => {
    await browser.close();
    await parley.stop();
  });
  return { browser, parley };
}

/** The pages that a test puts in here close after it, and what went wrong in any of them fails it. */
export function judgePages(): WatchedPage[] {
  const opened: WatchedPage[] = [];
  afterEach(async () => {
    const watched = opened.splice(0);
    expect(watched.flatMap(({ faults }) => faults)).toEqual([]);
    await Promise.all(watched.map(({ page }) => page.context().close()));
  });
  return opened;
}
