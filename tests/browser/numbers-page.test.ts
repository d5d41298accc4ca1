import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { takesFocus } from './support/focus.ts';
import { judgePages, openParley } from './support/open-parley.ts';
import { ADMIN } from './support/parley.ts';
import { fillLists } from './support/people.ts';
import { PNG } from './support/pictures.ts';

const BAKERY_FLOW = new URL('../../editor/src/simulator/testing/bakery-flow.json', import.meta.url);
const RIGHT_TOKEN = 'the-right-token';

const graph = await startGraph();
const { browser, parley } = await openParley({ env: { META_GRAPH_URL: graph.url } });
const opened = judgePages();
afterAll(() => graph.close());

/** Meta as far as the check asks: it knows one token. */
async function startGraph() {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${RIGHT_TOKEN}`;
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    const error = { code: 190, type: 'OAuthException', message: 'Error validating access token' };
    response.end(JSON.stringify(isKnown ? { display_phone_number: '+1 415-523-8886', data: [] } : { error }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => new Promise((resolve) => server.close(resolve)) };
}

let page: Page;
beforeEach(async () => {
  const watched = await openPage(browser, parley.url, { viewport: { width: 1280, height: 800 } });
  opened.push(watched);
  page = watched.page;
  const headers = { origin: parley.url };
  await page.goto('/numbers');
  await page.request.post('/api/auth/login', { data: ADMIN });
  for (const kind of ['channels', 'flows']) {
    const { items } = await (await page.request.get(`/api/${kind}`)).json();
    for (const { id } of items) await page.request.delete(`/api/${kind}/${id}`, { headers });
  }
  await page.reload();
  await page.getByRole('heading', { name: 'No number is connected yet' }).waitFor();
});

/** Nothing may go wrong in a page, whatever the test was about. */

const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name });
const secret = (name: string) => page.getByLabel(name, { exact: true });

const publishBakery = async (): Promise<string> => publish(JSON.parse(await readFile(BAKERY_FLOW, 'utf8')));

/** Its id. */
async function publish(document: object): Promise<string> {
  const headers = { origin: parley.url };
  const flow = await (await page.request.post('/api/flows', { headers, data: { document } })).json();
  await page.request.post(`/api/flows/${flow.id}/publish`, { headers, data: {} });
  return flow.id;
}

it('tells what is wrong with a number of Meta and how to mend it, and then that it works', async () => {
  await button('Connect a number of Meta').click();
  await field('Name').fill('Support');
  await button('Connect').click();
  expect(await page.getByText('This is needed.').count()).toBe(4);
  await field('Phone number ID').fill('+1 415 523 8886');
  await field('WhatsApp Business Account ID').fill('102290129340398');
  await secret('Access token').fill('a token of yesterday');
  await secret('App secret').fill('app-secret-0123');
  await button('Connect').click();
  await page.getByText('Copy the number of digits from Meta, without spaces.').waitFor();
  await field('Phone number ID').fill('106540352242922');
  await button('Connect').click();

  const panel = page.getByRole('dialog', { name: 'Support' });
  await panel.getByText('What to do:').first().waitFor();
  expect(await panel.getByRole('textbox', { name: 'Webhook address' }).inputValue()).toBe(
    `${parley.url}/webhook/meta/whatsapp`,
  );
  expect(await panel.getByRole('textbox', { name: 'Verify token' }).inputValue()).not.toBe('');
  const received = panel.getByRole('region', { name: 'Messages not received' });
  const token = received
    .getByRole('listitem')
    .filter({ hasText: /access token/i })
    .getByText('Not in order');
  await token.waitFor();

  await secret('Access token').fill(RIGHT_TOKEN);
  await button('Save').click();
  await token.waitFor({ state: 'detached' });
  expect(await secret('Access token').inputValue(), 'a secret that was sent').toBe('');
  await page.keyboard.press('Escape');
  await page.getByRole('article', { name: 'Support' }).getByText('+14155238886').waitFor();
});

it('shows what Twilio’s keys must look like at their fields', async () => {
  await button('Connect a number of Twilio').click();
  await field('Name').fill('Shop');
  await field('Account SID').fill('AC123');
  await secret('Auth token').fill('token');
  await field('WhatsApp number').fill('14155238886');
  await button('Connect').click();
  await page.getByText('Copy the Account SID from Twilio’s console', { exact: false }).waitFor();
  await page.getByText('Write the number as +14155238886.').waitFor();
});

it('lets one talk to a published bot on a trial phone, and takes the phone away again', async () => {
  await publishBakery();
  await button('Add a trial phone').click();
  await field('Name').fill('Trial');
  await page.keyboard.press('Enter');
  const chat = page.getByRole('log', { name: 'Conversation' });
  await field('Message').fill('hello');
  await page.keyboard.press('Enter');
  await chat.getByText('welcome to the').waitFor();
  await chat.getByRole('button', { name: 'Opening hours' }).click();
  await chat.getByText('We bake').waitFor();
  await page.keyboard.press('Escape');

  await button('Details: Trial').click();
  await button('Disconnect').click();
  await page.getByRole('dialog', { name: 'Disconnect “Trial”?' }).getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('heading', { name: 'No number is connected yet' }).waitFor();
});

it('says on a trial phone who answers or why nobody does, gives back from a person, and forgets nothing', async () => {
  const flow = await publishBakery();
  await button('Add a trial phone').click();
  await field('Name').fill('Trial');
  await page.keyboard.press('Enter');
  const phone = page.getByRole('dialog', { name: 'Trial: the customer’s phone' });
  const chat = phone.getByRole('log', { name: 'Conversation' });
  const tells = (words: string | RegExp) => phone.getByRole('status').getByText(words).waitFor();
  const write = async (words: string) => {
    await field('Message').fill(words);
    await page.keyboard.press('Enter');
    await chat.getByText(words, { exact: true }).last().waitFor();
    await chat.getByText('Sending…').waitFor({ state: 'detached' });
  };
  await chat.getByText('Write something').waitFor();
  await write('good day');
  await tells('No live bot begins with these words.');
  await phone.getByRole('link', { name: 'Look at the bots' }).waitFor();
  await write('hello');
  await chat.getByText('Hi Ana, welcome').waitFor();
  await tells(/bakery.* is talking here/);
  await chat.getByRole('button', { name: 'Talk to a person' }).click();
  await tells('Waits for a person');
  await write('Is anybody there?');

  await page.reload();
  await chat.getByText('good day', { exact: true }).waitFor();
  await chat.getByText('Is anybody there?', { exact: true }).waitFor();
  await phone.getByRole('button', { name: 'Give back to the bots' }).click();
  await chat.getByText('Thank you for talking to us.').waitFor();
  await tells(/bakery.* has reached its end/);

  await field('You write as').fill('+447700900002');
  await chat.getByText('Write something').waitFor();
  await field('You write as').fill('+447700900001');
  await write('STOP');
  await tells('This customer agrees to no messages');
  await write('START');
  await phone.getByRole('link', { name: 'Follow on the canvas' }).click();
  await page.getByRole('list', { name: 'Steps' }).getByText('Handed back to the bot').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/bots/${flow}`);
});

it('shows on a trial phone what could not be delivered, and a picture', async () => {
  const headers = { origin: parley.url };
  await publishBakery();
  const made = await page.request.post('/api/channels', { headers, data: { provider: 'simulator', name: 'Off' } });
  const { id } = await made.json();
  const file = { name: 'cake.png', mimeType: 'image/png', buffer: PNG };
  const media = await (await page.request.post('/api/media', { headers, multipart: { file } })).json();
  await page.request.patch(`/api/channels/${id}`, { headers, data: { enabled: false } });
  await page.goto(`/numbers?phone=${id}`);
  const chat = page.getByRole('log', { name: 'Conversation' });
  await field('Message').fill('hello');
  await page.keyboard.press('Enter');
  await chat.getByText(/^Not delivered: .*WhatsApp is not configured/).waitFor();
  const picture = { from: '+447700900001', type: 'image', media: { id: media.id, contentType: 'image/png' } };
  await page.request.post(`/api/channels/${id}/inbound`, { headers, data: picture });
  await expect.poll(() => chat.getByRole('img').evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1);
});

it('sends from a trial phone as who wrote it, in that order, whatever stands in the fields by then', async () => {
  const headers = { origin: parley.url };
  const made = await page.request.post('/api/channels', { headers, data: { provider: 'simulator', name: 'Slow' } });
  const { id } = await made.json();
  await page.goto(`/numbers?phone=${id}`);
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/inbound', async (route) => {
    await held;
    await route.fallback();
  });
  const chat = page.getByRole('log', { name: 'Conversation' });
  for (const words of ['one', 'two']) {
    await field('Message').fill(words);
    await page.keyboard.press('Enter');
    await chat.getByText(words, { exact: true }).waitFor();
  }
  await takesFocus(field('Message'));
  await field('You write as').fill('+447700900002');
  await field('Name').fill('Bo');
  await chat.getByText('Write something').waitFor();
  answer();
  const said = async (phone: string) => {
    const query = new URLSearchParams({ channel: id, q: phone });
    const { items } = await (await page.request.get(`/api/conversations?${query}`)).json();
    const [first] = items;
    if (!first) return [];
    const messages = await (await page.request.get(`/api/conversations/${first.id}/messages`)).json();
    return messages.items.map(({ text }: { text: string }) => text);
  };
  await expect.poll(() => said('+447700900001')).toEqual(['one', 'two']);
  expect(await said('+447700900002')).toEqual([]);
  expect(await chat.getByText('one').count()).toBe(0);
  await field('You write as').fill('+447700900001');
  await chat.getByText('two', { exact: true }).waitFor();
});

it('keeps on a trial phone what was refused, and sends it again', async () => {
  const [trial] = await fillLists(page, 1);
  await page.goto(`/numbers?phone=${trial}`);
  const chat = page.getByRole('log', { name: 'Conversation' });
  await chat.getByText('Hello 1', { exact: true }).waitFor();
  await page.route('**/inbound', (route) => route.abort(), { times: 1 });
  await field('Message').fill('Once more');
  await page.keyboard.press('Enter');
  await chat.getByText(/^Not delivered: .*The server cannot be reached/).waitFor();
  await chat.getByRole('button', { name: 'Send again' }).click();
  await chat.getByText('Not delivered').waitFor({ state: 'detached' });
  await chat.getByText('Once more', { exact: true }).waitFor();
  const faults = opened.at(-1)?.faults ?? [];
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes('ERR_FAILED')));
});

it('shows on a trial phone whatever a bot can send, and answers it', async () => {
  const cards = ['red', 'blue'].map((id) => ({
    header: { kind: 'image', url: `https://files.example/${id}.png` },
    buttons: [{ id, title: `Take ${id}` }],
  }));
  const rows = [{ id: 'small', title: 'Small', description: 'For two' }];
  await publish({
    format: 'parley.flow/1',
    name: 'Everything',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['show'] } },
      { id: 'cards', type: 'chat.carousel', config: { text: 'Our best', cards, saveAs: 'colour' } },
      { id: 'list', type: 'chat.list', config: { text: 'Which size?', button: 'Sizes', sections: [{ rows }] } },
      { id: 'place', type: 'chat.locationRequest', config: { text: 'Where to?', saveAs: 'place' } },
      { id: 'bye', type: 'chat.send', config: { kind: 'text', text: '{{colour}} goes to {{place.latitude}}' } },
    ],
    edges: [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'cards' },
      { id: 'e2', source: 'cards', sourceHandle: 'blue', target: 'list' },
      { id: 'e3', source: 'list', sourceHandle: 'small', target: 'place' },
      { id: 'e4', source: 'place', sourceHandle: 'next', target: 'bye' },
    ],
  });
  const [trial] = await fillLists(page, 1);
  await page.goto(`/numbers?phone=${trial}`);
  const chat = page.getByRole('log', { name: 'Conversation' });
  await field('Message').fill('show');
  await page.keyboard.press('Enter');
  await chat.getByRole('button', { name: 'Take blue' }).click();
  await chat.getByRole('button', { name: 'Sizes' }).click();
  await page.getByRole('dialog', { name: 'Sizes' }).getByRole('button', { name: 'Small' }).click();
  await chat.getByRole('button', { name: 'Send location' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Send' }).click();
  await chat.getByText(/^blue goes to 38/).waitFor();
});

it('keeps the page and what is open over a reload and the way back', async () => {
  await button('Add a trial phone').click();
  await field('Name').fill('Trial');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Trial: the customer’s phone' }).waitFor();
  await page.reload();
  await page.getByRole('dialog', { name: 'Trial: the customer’s phone' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Bots' }).click();
  await page.getByRole('heading', { name: 'Bots', level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole('article', { name: 'Trial' }).waitFor();
});

it.each(LOOKS)('has no grave fault of access with a trial phone open: %o', async (look) => {
  await wear(page, look);
  const [trial] = await fillLists(page, 10);
  await page.goto(`/numbers?phone=${trial}`);
  await page.getByText('Hello 10', { exact: true }).waitFor();
  await page.locator('[role=dialog] [role=status] a').waitFor();
  expect(await graveFaults(page)).toEqual([]);
});

it('fits a phone with a trial phone open, and a thumb hits what can be pressed', async () => {
  await publishBakery();
  const [trial] = await fillLists(page, 3);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/numbers?phone=${trial}`);
  const dialog = page.getByRole('dialog');
  await field('Message').fill('hi');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Opening hours' }).waitFor();
  await dialog.getByText('is talking here').waitFor();
  const faults = await dialog.evaluate((pane) => {
    const pressed = [...pane.querySelectorAll('a, button:not([aria-label]), input')];
    const small = pressed.filter((one) => one.getBoundingClientRect().height < 40);
    const wide = [...pane.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth);
    return [...small, ...wide].map((one) => one.outerHTML.slice(0, 120));
  });
  expect(faults).toEqual([]);
});
