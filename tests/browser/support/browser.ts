import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** What takes longer has failed; a machine full of other work is not what is tested. */
const PATIENCE = 90_000; // ms

/** So that what a test answers in a page's place reaches the page; the tests of the service worker let it in. */
const BLOCKED_WORKER = 'Service Worker registration blocked by Playwright';
/** Chromium notes every refused request; a refusal is an answer that the page shows, not a fault of it. */
const REFUSAL = /^Failed to load resource: the server responded with a status of (401|403|404|409|422)/;

const isExpected = (text: string) => REFUSAL.test(text) || text === BLOCKED_WORKER;

/** `npm run browser:slow`: a test that looks before its page is ready, or leaves it too early, fails then. */
const LAG = Number(process.env.PARLEY_BROWSER_LAG ?? 0); // ms that a request waits at most

/** Without a locale of UTF-8 Chromium would name downloads in ASCII, whatever the page calls them. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: QUIET, env: { ...process.env, LC_ALL: 'C.UTF-8' } });

export interface WatchedPage {
  page: Page;
  /** Console errors, exceptions, breaches of the content policy and requests to other hosts. */
  faults: string[];
}

/** A page in a profile of its own that notes whatever goes wrong in it. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    baseURL: url,
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  if (LAG > 0) await slowDown(page, faults);
  await page.exposeFunction('reportBreach', (words: string) => faults.push(words));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = Reflect.get(window, 'reportBreach') as (words: string) => void;
      report(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isExpected(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      faults.push(`another host: ${request.url()}`);
  });
  return { page, faults };
}

/** Requests reach the server late, and in another order than by themselves; answers are slow too. */
async function slowDown(page: Page, faults: string[]): Promise<void> {
  await page.context().route('**/api/**', (route) => {
    const goOn = () => route.fallback().catch(() => {}); // its page may be gone by then
    setTimeout(goOn, Math.random() * LAG);
  });
  const session = await page.context().newCDPSession(page);
  const conditions = { offline: false, latency: LAG / 2, downloadThroughput: -1, uploadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', conditions);
  page.on('requestfailed', (request) => {
    const isCutOff = request.method() !== 'GET' && request.failure()?.errorText === 'net::ERR_ABORTED';
    if (isCutOff) faults.push(`cut off by leaving the page: ${request.method()} ${request.url()}`);
  });
}
