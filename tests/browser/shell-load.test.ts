import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstLoad } from '../support/first-load.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { ADMIN, startParley } from './support/parley.ts';

const BAR = 500_000; // bytes, compressed
/** What only the page of one bot needs. */
const HEAVY = /monaco|editor\.worker|Canvas|emscripten|code-worker|Simulator/i;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('loads little to sign in and see the bots, all of it compressed', async () => {
  const parley = await startParley({ admin: ADMIN });
  try {
    const { page, faults } = await openPage(browser, parley.url);
    const plain: string[] = [];
    page.on('response', (response) => {
      const { 'content-encoding': encoding, 'content-type': type = '' } = response.headers();
      if (/javascript|css|html/.test(type) && !encoding) plain.push(response.url());
    });
    const loads = await firstLoad(page, ADMIN);
    const total = loads.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total, loads.map(({ url, bytes }) => `${bytes} ${url}`).join('\n')).toBeLessThanOrEqual(BAR);
    expect(loads.filter(({ url }) => HEAVY.test(url))).toEqual([]);
    // What is smaller than a kilobyte goes as it is
    const sizes = await Promise.all(plain.map(async (url) => (await page.request.get(url)).body()));
    expect(sizes.map(({ length }) => length).filter((length) => length >= 1_024)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  } finally {
    await parley.stop();
  }
});

it('opens with its server stopped and says so; what the server says again is the newest', async () => {
  const parley = await startParley({ admin: ADMIN });
  const { page } = await openPage(browser, parley.url, { serviceWorkers: 'allow' });
  await page.request.post('/api/auth/login', { data: ADMIN });
  await page.goto('/settings');
  await page.locator('main h1').waitFor();
  const keptFiles = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
  const loaded = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.startsWith('/assets/')),
    );
  await expect
    .poll(async () => {
      const [kept, wanted] = await Promise.all([keptFiles(), loaded()]);
      return wanted.length > 0 && wanted.every((path) => kept.includes(path)) && kept.includes('/index.html');
    })
    .toBe(true);
  expect((await keptFiles()).filter((path) => path.startsWith('/api'))).toEqual([]);
  await parley.stop();
  await page.reload();
  await page.getByRole('heading', { name: 'The server is away' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'The server is away' }).waitFor();
  await page.goto('/bots');
  await page.getByRole('heading', { name: 'The server is away' }).waitFor();
  await page.context().close();
});

it('can be installed: its manifest names pictures that are there, in the sizes that it says', async () => {
  const parley = await startParley({ admin: ADMIN });
  try {
    const { page } = await openPage(browser, parley.url);
    await page.goto('/');
    const manifest = await (await page.request.get('/manifest.webmanifest')).json();
    expect(manifest).toMatchObject({ name: 'Parley', start_url: '/bots', display: 'standalone' });
    for (const { src, sizes, type } of manifest.icons) {
      const answer = await page.request.get(src);
      expect([answer.status(), answer.headers()['content-type']?.split(';')[0]]).toEqual([200, type]);
      if (sizes === 'any') continue;
      const width = await page.evaluate(async (address) => {
        const picture = new Image();
        picture.src = address;
        await picture.decode();
        return `${picture.naturalWidth}x${picture.naturalHeight}`;
      }, src);
      expect(width).toBe(sizes);
    }
    expect(manifest.icons.map((icon: { purpose?: string }) => icon.purpose)).toContain('maskable');
    await page.context().close();
  } finally {
    await parley.stop();
  }
});
