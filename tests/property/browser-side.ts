import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Played } from './browser-entry.ts';
import type { Case } from './case.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PAGE = 'http://parley.test/';
/** As strict as the server's own: no code from text. */
const POLICY = "default-src 'none'; script-src 'self'";

/** The runtime, bundled as the editor is, in one page of a real browser. */
export async function openBrowserSide() {
  const script = await bundle();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
  const page = await browser.newPage();
  await page.route(`${PAGE}**`, (route) =>
    new URL(route.request().url()).pathname === '/bundle.js'
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({
          contentType: 'text/html',
          headers: { 'content-security-policy': POLICY },
          body: '<!doctype html><meta charset="utf-8"><script src="/bundle.js"></script>',
        }),
  );
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(PAGE);
  if (faults.length > 0) throw new Error(`the bundle does not start: ${faults.join(' ')}`);

  return {
    async play(cases: Case[], waits: string[], now: string): Promise<Played[]> {
      const played = await page.evaluate<string, string>(
        (text) => (globalThis as unknown as { playAll(text: string): Promise<string> }).playAll(text),
        JSON.stringify({ cases, waits, now }),
      );
      return JSON.parse(played) as Played[];
    },
    close: () => browser.close(),
  };
}

/** By the editor's own Vite, so that the packages are chosen as for the editor (their browser builds). */
async function bundle(): Promise<string> {
  const fromEditor = createRequire(new URL('../../editor/package.json', import.meta.url));
  const { build } = await import(pathToFileURL(fromEditor.resolve('vite')).href);
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: import.meta.dirname,
    build: {
      write: false,
      minify: true,
      lib: { entry: new URL('browser-entry.ts', import.meta.url).pathname, formats: ['iife'], name: 'parleyProbe' },
    },
  });
  const [{ output }] = [built].flat() as [{ output: { type: string; code: string }[] }];
  const [chunk] = output.filter(({ type }) => type === 'chunk');
  if (!chunk) throw new Error('the bundle is empty');
  return chunk.code;
}
