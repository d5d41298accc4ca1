import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Played } from './browser-entry.ts';
import type { Case, Lot } from './case.ts';

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
const ENTRY = '/entry.js';
/** As strict as the server's own: no code from text, and WebAssembly only in the thread that runs authors' code. */
const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'";
const THREAD_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The simulator, bundled as the editor is, in one page of a real browser. */
export async function openBrowserSide() {
  const files = await bundle();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
  const page = await browser.newPage();
  // Of the whole context: a thread asks for its files by itself
  await page.context().route(`${PAGE}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const file = files.get(pathname);
    if (file === undefined) return route.fulfill({ contentType: 'text/html', headers: policed(POLICY), body: HTML });
    if (pathname.endsWith('.wasm')) return route.fulfill({ contentType: 'application/wasm', body: file });
    const policy = pathname.includes('code-worker') ? THREAD_POLICY : POLICY;
    return route.fulfill({ contentType: 'text/javascript', headers: policed(policy), body: file });
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(PAGE);
  await page.waitForFunction(() => 'playAll' in globalThis);
  if (faults.length > 0) throw new Error(`the bundle does not start: ${faults.join(' ')}`);

  return {
    async play(cases: Case[], waits: string[], now: string, lots: Lot[]): Promise<Played[]> {
      const played = await page.evaluate<string, string>(
        (text) => (globalThis as unknown as { playAll(text: string): Promise<string> }).playAll(text),
        JSON.stringify({ cases, waits, now, lots }),
      );
      return JSON.parse(played) as Played[];
    },
    close: () => browser.close(),
  };
}

const HTML = `<!doctype html><meta charset="utf-8"><script type="module" src="${ENTRY}"></script>`;
const policed = (policy: string) => ({ 'content-security-policy': policy });

interface BuiltFile {
  fileName: string;
  type: 'chunk' | 'asset';
  code?: string;
  source?: string | Uint8Array;
}

/** By the editor's own Vite, so that the packages are chosen as for the editor (their browser builds): files by their address. */
async function bundle(): Promise<Map<string, Buffer>> {
  const fromEditor = createRequire(new URL('../../editor/package.json', import.meta.url));
  const { build } = await import(pathToFileURL(fromEditor.resolve('vite')).href);
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: import.meta.dirname,
    build: {
      write: false,
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: new URL('browser-entry.ts', import.meta.url).pathname,
        output: { entryFileNames: ENTRY.slice(1) },
      },
    },
  });
  const [{ output }] = [built].flat() as [{ output: BuiltFile[] }];
  return new Map(output.map((file) => [`/${file.fileName}`, Buffer.from(file.code ?? file.source ?? '')]));
}
