export {}; // a file of its own scope, in which `self` is the worker

/** What of a service worker's world is used here; the libraries' own types of it contradict those of a page. */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Extendable {
  data: unknown;
}
declare const self: {
  location: Location;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
  addEventListener(type: 'message', listener: (event: Told) => void): void;
};

const SHELL = 'parley-shell'; // the page itself, and its sign
const ASSETS = 'parley-assets'; // files with a hash in their name: what was once fetched never changes
const PAGE = '/index.html';
const ICON = '/icon.svg';

self.addEventListener('install', (event) => event.waitUntil(keepShell().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** A page tells what it had loaded before there was a worker. */
self.addEventListener('message', (event) => {
  const { data } = event;
  const wanted = Array.isArray(data) ? data.filter((url) => typeof url === 'string' && isAsset(new URL(url))) : [];
  event.waitUntil(caches.open(ASSETS).then((cache) => Promise.all(wanted.map((url) => keepOnce(cache, url)))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && isPage(url)) event.respondWith(newestPage(request));
  else if (isAsset(url)) event.respondWith(keptAsset(request));
  else if (url.pathname === ICON) event.respondWith(fetch(request).catch(() => kept(SHELL, ICON)));
  // All else, the API first of all, is the network's alone
});

const isAsset = (url: URL): boolean => url.origin === self.location.origin && url.pathname.startsWith('/assets/');
const isPage = (url: URL): boolean => !/^\/(?:api|webhook|health|metrics|whatsapp)(?:\/|$)|\.\w+$/.test(url.pathname);

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  await cache.addAll([PAGE, ICON]);
}

/** From the server; the last good one where the server is away. */
async function newestPage(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get('content-type')?.includes('text/html')) await keepPage(answer.clone());
    return answer;
  } catch {
    return kept(SHELL, PAGE);
  }
}

/** A new page is a new build: what the old one had loaded is let go, but for what both name. */
async function keepPage(answer: Response): Promise<void> {
  const shell = await caches.open(SHELL);
  const [before, now] = await Promise.all([shell.match(PAGE).then((old) => old?.text()), answer.clone().text()]);
  if (before === now) return;
  await shell.put(PAGE, answer);
  const assets = await caches.open(ASSETS);
  const stale = (await assets.keys()).filter(({ url }) => !now.includes(new URL(url).pathname));
  await Promise.all(stale.map((request) => assets.delete(request)));
}

async function keptAsset(request: Request): Promise<Response> {
  const cache = await caches.open(ASSETS);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function keepOnce(cache: Cache, url: string): Promise<void> {
  if (!(await cache.match(url))) await cache.add(url);
}

async function kept(name: string, path: string): Promise<Response> {
  const cache = await caches.open(name);
  return (await cache.match(path)) ?? Response.error();
}
