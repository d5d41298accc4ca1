import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { largeFlow } from './large-flow.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export type Bodies = Awaited<ReturnType<typeof bodiesOf>>;

/** What a page of ours shows: its cards as they are drawn, its styles, and the part of the flow in its window. */
export async function bodiesOf(page: Page, flow: ReturnType<typeof largeFlow>) {
  const drawn = await page.evaluate(() => {
    const { a, e, f } = new DOMMatrix(
      getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform,
    );
    const ground = document.querySelector('.react-flow__pane')?.getBoundingClientRect();
    return {
      bodies: Object.fromEntries(
        [...document.querySelectorAll('[data-card]')].map((card) => [card.getAttribute('data-card'), card.outerHTML]),
      ),
      styles: [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join('\n'),
      scheme: document.documentElement.getAttribute('data-mantine-color-scheme') ?? 'light',
      viewport: { x: e, y: f, zoom: a },
      size: { width: Math.round(ground?.width ?? 0), height: Math.round(ground?.height ?? 0) },
    };
  });
  const places = flow.nodes.map(({ id }) => ({
    id,
    x: flow.layout.nodes[id]?.[0] ?? 0,
    y: flow.layout.nodes[id]?.[1] ?? 0,
  }));
  return { ...drawn, places, edges: flow.edges.map(({ id, source, target }) => ({ id, source, target })) };
}

/** A page with nothing but React Flow, in a window as large as our canvas. */
export async function openBare(browser: Browser, directory: string, bodies: Bodies) {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/bare.html' : (request.url ?? '/');
    readFile(join(directory, path)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage({ viewport: bodies.size });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const began = Date.now();
  await page.evaluate((given) => (Reflect.get(window, 'drawBare') as (bare: object) => void)(given), bodies);
  await page.locator('.react-flow__node').first().waitFor();
  const open = Date.now() - began;
  const close = async () => {
    await page.context().close();
    server.close();
  };
  return { page, open, close };
}
