import type { CDPSession, Page } from 'playwright-core';

/** What came over the line, in bytes, as the browser counted it: compressed, with headers. */
export interface Load {
  kind: string;
  url: string;
  bytes: number;
}

/** Watches an empty browser's network by the protocol of its tools. */
export async function watchLoad(page: Page): Promise<() => Load[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const begun = new Map<string, Load>();
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: false });
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    begun.set(requestId, { kind: type, url: new URL(response.url).pathname, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const load = begun.get(requestId);
    if (load) load.bytes = encodedDataLength;
  });
  return () => [...begun.values()];
}

/** An empty browser signs in and sees the list of bots; everything that was loaded for it. */
export async function firstLoad(page: Page, account: { email: string; password: string }): Promise<Load[]> {
  const read = await watchLoad(page);
  await page.goto('/');
  await page.locator('input[name="email"]').fill(account.email);
  await page.locator('input[name="password"]').fill(account.password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL('**/bots');
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
  return read();
}
