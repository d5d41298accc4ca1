import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.ts';
import { ADMIN, type RunningParley, startParley } from './support/parley.ts';

const EXAMPLE = 'Welcome to the bakery';
const WELCOME_FLOW = new URL('../../editor/src/pages/flows/welcome-flow.json', import.meta.url);

let browser: Browser;
let parley: RunningParley;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN })]);
});
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
});

/** Nothing may go wrong in a page, whatever the test was about; and each test begins without flows. */
afterEach(async () => {
  const watched = opened.splice(0);
  expect(watched.flatMap(({ faults }) => faults)).toEqual([]);
  await Promise.all(watched.map(({ page }) => page.context().close()));
});

async function visit(path: string, { url = parley.url, viewport = { width: 1280, height: 800 } } = {}): Promise<Page> {
  const watched = await openPage(browser, url, { viewport });
  opened.push(watched);
  await watched.page.goto(path);
  return watched.page;
}

/** Signed in, with no flows but those given. */
async function visitFlows(documents: object[] = [], options = {}): Promise<Page> {
  const page = await visit('/', options);
  const headers = { origin: parley.url };
  await page.request.post('/api/auth/login', { data: ADMIN });
  const { items } = await (await page.request.get('/api/flows')).json();
  for (const { id } of items) await page.request.delete(`/api/flows/${id}`, { headers });
  for (const document of documents) await page.request.post('/api/flows', { headers, data: { document } });
  await page.reload();
  await page.getByRole('heading', { name: 'Flows', exact: true }).waitFor();
  return page;
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const said = (page: Page, text: string | RegExp) => page.getByRole('log').getByText(text);
const message = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const node = (id: string, type: string, config: object) => ({ id, type, config });
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
});
const flow = (name: string, nodes: object[], edges: object[] = []) => ({ format: 'parley.flow/1', name, nodes, edges });
const begin = node('start', 'trigger.message', { keywords: ['go'] });

async function write(page: Page, text: string): Promise<void> {
  await message(page).fill(text);
  await message(page).press('Enter');
}

describe('setting up and signing in', () => {
  it('makes the first account with the printed token', async () => {
    const fresh = await startParley({ admin: null });
    try {
      const page = await visit(`/setup?token=${fresh.setupToken}`, { url: fresh.url });
      expect(await page.getByLabel('Set-up token').inputValue()).toBe(fresh.setupToken);
      await button(page, 'Create account').click();
      await page.getByText('Make the password at least 12 characters long.').waitFor();
      expect(await page.getByLabel('Your name').evaluate((field) => field === document.activeElement)).toBe(true);

      await page.getByLabel('Your name').fill('Ana Silva');
      await page.getByLabel('E-mail').fill('ana@example.com');
      await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
      await page.getByLabel('Organization').fill('Corner Bakery');
      await page.getByLabel('Set-up token').fill('guessed');
      await button(page, 'Create account').click();
      await page.getByRole('alert').getByText('not the token').waitFor();

      await page.getByLabel('Set-up token').fill(fresh.setupToken ?? '');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your first bot starts with a flow' }).waitFor();
      await page.getByText('Corner Bakery').waitFor();
      expect(page.url()).not.toContain('token');
    } finally {
      await fresh.stop();
    }
  });

  it('refuses a wrong password in words, and signs out again', async () => {
    const page = await visit('/');
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await button(page, 'Sign in').click();
    await page.getByRole('alert').getByText('E-mail or password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await button(page, 'Sign in').click();
    await button(page, 'Sign out').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('the flows page', () => {
  it('leads from nothing to a published bot that one has talked to', async () => {
    const page = await visitFlows();
    await page.getByRole('heading', { name: 'Your first bot starts with a flow' }).waitFor();
    await button(page, 'Add an example bot').click();
    const row = page.getByRole('row', { name: EXAMPLE });
    await row.getByText('Draft').waitFor();
    await button(page, `Publish ${EXAMPLE}`).click();
    await row.getByText('Version 1').waitFor();
    await row.getByText('Active').waitFor();

    await button(page, `Try ${EXAMPLE}`).click();
    await write(page, 'hello');
    await said(page, 'welcome to the').waitFor();
    await button(page, 'Order a cake').click();
    await said(page, 'Lovely! For how many guests?').waitFor();
    await write(page, 'twelve');
    await said(page, 'Noted: a cake for').waitFor();
    await said(page, 'The conversation has ended').waitFor();
    await page.getByRole('complementary', { name: 'What the bot knows' }).getByText('12').waitFor();

    await write(page, 'hi');
    await button(page, 'Talk to a person').last().click();
    await said(page, 'Handed over to Shop').waitFor();
    await button(page, 'Give back').click();
    await said(page, 'Thank you for talking to us.').waitFor();

    await button(page, 'Close').click();
    await button(page, `Deactivate ${EXAMPLE}`).click();
    await row.getByText('Inactive').waitFor();
  });

  it('can be used by keyboard alone', async () => {
    const page = await visitFlows();
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const focused = (name: string) => page.locator(':focus').and(button(page, name)).waitFor();
    /** Walks on until the named button has the focus. */
    const tabTo = async (name: string) => {
      for (let steps = 0; steps < 40; steps += 1) {
        if (await page.locator(':focus').and(button(page, name)).count()) return;
        await press('Tab');
      }
      throw new Error(`forty tabs did not reach ${name}`);
    };
    await tabTo('Add an example bot');
    await press('Enter');
    await button(page, `Try ${EXAMPLE}`).waitFor();
    await tabTo(`Try ${EXAMPLE}`);
    await press('Enter');
    await page.locator(':focus').and(message(page)).waitFor();
    await page.keyboard.type('hi');
    await press('Enter');
    await button(page, 'Opening hours').waitFor();
    await tabTo('Opening hours');
    await press('Space');
    await said(page, 'We bake').waitFor();
    await press('Escape');
    await focused(`Try ${EXAMPLE}`);

    await tabTo(`Edit ${EXAMPLE}`);
    await press('Enter');
    const text = page.getByRole('textbox', { name: 'Flow as JSON' });
    await page.locator(':focus').and(text).waitFor();
    await press('Control+End', 'Enter', 'Control+s');
    await page.getByRole('status').getByText('Saved.').waitFor();
    await page.keyboard.type(' ');
    await press('Escape');
    await focused('Keep editing');
    await press('Tab', 'Enter');
    await focused(`Edit ${EXAMPLE}`);

    await tabTo(`More for ${EXAMPLE}`);
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
    await press('ArrowDown', 'Enter');
    await focused('Keep it');
    await press('Tab', 'Enter');
    await page.getByRole('heading', { name: 'Your first bot starts with a flow' }).waitFor();
  });

  it('finds flows by name', async () => {
    const page = await visitFlows([flow('Orders', [begin]), flow('Returns', [begin])]);
    const search = page.getByRole('searchbox', { name: 'Search flows by name' });
    await search.fill('ret');
    await page.getByRole('row', { name: 'Orders' }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: 'Returns' }).waitFor();
    await search.fill('nothing like it');
    await page.getByText('No flow has “nothing like it” in its name.').waitFor();
    await button(page, 'Clear the search').click();
    await page.getByRole('row', { name: 'Orders' }).waitFor();
  });

  it('shows what keeps a flow from being published, and from being tried', async () => {
    const page = await visitFlows([flow('Broken', [begin, node('oops', 'chat.sned', {})])]);
    await button(page, 'Publish Broken').click();
    const refused = page.getByRole('dialog', { name: '“Broken” is not published yet' });
    await refused.getByText('There is no node of the type chat.sned.').waitFor();
    await refused.getByRole('button', { name: 'Close' }).last().click();
    await button(page, 'Try Broken').click();
    await page.getByText('This flow cannot run yet').waitFor();
    await page.getByText('There is no node of the type chat.sned.').waitFor();
    await button(page, 'Edit flow').click();
    await page.getByRole('dialog', { name: 'Edit “Broken”' }).waitFor();
  });

  it('takes a pasted flow, and says first what is wrong with it', async () => {
    const page = await visitFlows();
    await button(page, 'Paste a flow').click();
    const text = page.getByRole('textbox', { name: 'Flow as JSON' });
    await text.fill('{"format": "parley.flow/1",\n nodes: []}');
    await button(page, 'Add flow').click();
    await page.getByText('This is not JSON: look at line 2, column 2.').waitFor();
    await text.fill(JSON.stringify(flow('Pasted', [])));
    await button(page, 'Add flow').click();
    await page.getByText('Nothing begins this flow.').waitFor();
    await text.fill(JSON.stringify(flow('Pasted', [begin])));
    await button(page, 'Add flow').click();
    await page.getByRole('row', { name: 'Pasted' }).waitFor();
  });

  it('does not write over what someone else saved', async () => {
    const page = await visitFlows([flow('Shared', [begin])]);
    await button(page, 'Edit Shared').click();
    const text = page.getByRole('textbox', { name: 'Flow as JSON' });
    await text.waitFor();
    const id = new URL(page.url()).searchParams.get('edit');
    const theirs = flow('Theirs', [begin]);
    await page.request.put(`/api/flows/${id}`, { data: { document: theirs }, headers: { origin: parley.url } });
    await text.fill(JSON.stringify(flow('Mine', [begin])));
    await button(page, 'Save').click();
    await page.getByRole('alert').getByText('Someone else changed this flow').waitFor();
    await button(page, 'Load their version').click();
    expect(await text.inputValue()).toContain('"name": "Theirs"');
    await text.fill(JSON.stringify(flow('Mine', [begin])));
    await button(page, 'Save').click();
    await page.getByRole('dialog', { name: 'Edit “Mine”' }).waitFor();
  });
});

describe('the simulator', () => {
  it('lets a person answer for the address that a flow asks', async () => {
    const asks = flow(
      'Asks',
      [
        begin,
        node('get', 'http.request', { url: 'https://shop.example.com/orders/7', saveAs: 'order' }),
        node('tell', 'chat.send', { text: 'It is *{{order.body.state}}*.' }),
        node('sorry', 'chat.send', { text: 'The shop is silent.' }),
      ],
      [edge('start', 'next', 'get'), edge('get', 'next', 'tell'), edge('get', 'error', 'sorry')],
    );
    const page = await visitFlows([asks]);
    await button(page, 'Try Asks').click();
    await write(page, 'go');
    const question = page.getByRole('form', { name: 'This flow asks GET https://shop.example.com/orders/7' });
    await question.getByLabel('JSON').fill('{"state": }');
    await question.getByRole('button', { name: 'Send answer' }).click();
    await question.getByText('This is not JSON.').waitFor();
    await question.getByLabel('JSON').fill('{"state": "shipped"}');
    await question.getByRole('button', { name: 'Send answer' }).click();
    await said(page, 'It is').waitFor();
    expect(await page.getByRole('log').locator('strong').allTextContents()).toContain('shipped');
    await write(page, 'go');
    await question.getByRole('button', { name: 'No answer' }).click();
    await said(page, 'The shop is silent.').waitFor();
  });

  it('opens lists, lets time pass and tells of a fault', async () => {
    const rows = [{ id: 'small', title: 'Small', description: 'For two' }];
    const waits = flow(
      'Waits',
      [
        begin,
        node('size', 'chat.list', { text: 'Which size?', button: 'Sizes', sections: [{ rows }] }),
        node('hour', 'time.wait', { duration: 'PT1H' }),
        node('place', 'chat.send', { kind: 'location', latitude: '{{message.text}}', longitude: 0 }),
      ],
      [edge('start', 'next', 'size'), edge('size', 'small', 'hour'), edge('hour', 'next', 'place')],
    );
    const page = await visitFlows([waits], { viewport: { width: 390, height: 844 } });
    await button(page, 'Try Waits').click();
    await button(page, 'go').click();
    await button(page, 'Sizes').click();
    await page.getByRole('dialog', { name: 'Sizes' }).getByRole('button', { name: 'Small' }).press('Escape');
    await page.getByRole('dialog', { name: 'Sizes' }).waitFor({ state: 'detached' });
    await button(page, 'Sizes').click();
    await page.getByRole('dialog', { name: 'Sizes' }).getByRole('button', { name: 'Small' }).click();
    await button(page, 'Let time pass: +30 min').click();
    expect(await said(page, 'The conversation failed').count()).toBe(0);
    await button(page, 'Let time pass: +30 min').click();
    await said(page, 'The conversation failed').waitFor();
    await said(page, 'is not a number').waitFor();
    await button(page, 'Restart').click();
    await page.getByText('You are the person who writes.').waitFor();
  });

  it('shows markup of a flow as text', async () => {
    const evil = '<img src=x onerror=alert(1)> *bold* https://example.com/<b>';
    const page = await visitFlows([
      flow('Evil', [begin, node('say', 'chat.send', { text: evil })], [edge('start', 'next', 'say')]),
    ]);
    await button(page, 'Try Evil').click();
    await write(page, 'go');
    await said(page, '<img src=x onerror=alert(1)>').waitFor();
    expect(await page.getByRole('log').locator('img, b').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'https://example.com/' }).getAttribute('rel')).toContain('noopener');
  });
});

describe('probe.html', () => {
  it('runs a conversation as the runtime does here', async () => {
    const page = await visit('/probe.html');
    await page.waitForFunction(() => 'runConversation' in window);
    const document: unknown = JSON.parse(await readFile(WELCOME_FLOW, 'utf8'));
    const result = await page.evaluate(async (document) => {
      const run = Reflect.get(window, 'runConversation');
      const contact = { name: 'Zoë Ünal', phone: '+447700900002' };
      const options = { now: '2026-03-02T09:00:00.000Z', contact };
      return run(document, [{ text: 'hi' }, { text: 'Order a cake', payload: 'cake' }, { text: '30' }], options);
    }, document);
    expect(result).toMatchObject({ status: 'waiting', owner: 'queue' });
    expect(result.sent.map(({ text }: { text: string }) => text)).toEqual([
      expect.stringContaining('Hi Zoë'),
      'Lovely! For how many guests?',
      '30 guests, that is a *big* party! A colleague plans it with you.',
    ]);
  });
});
