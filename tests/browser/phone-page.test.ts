import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.ts';
import { PNG } from './support/pictures.ts';
import { type RunningSimulator, startListener, startSimulator } from './support/simulator.ts';

const ANA = '+447700900001'; // the simulator's first phone

let browser: Browser;
let listener: Awaited<ReturnType<typeof startListener>>;
let simulator: RunningSimulator;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [browser, listener] = await Promise.all([launchBrowser(), startListener()]);
});
afterAll(async () => {
  await browser?.close();
  await listener?.close();
});
beforeEach(async () => {
  simulator = await startSimulator(listener.url);
  watched = await openPage(browser, simulator.url, { viewport: { width: 1280, height: 800 } });
  page = watched.page;
  await page.goto('/');
});
/** Nothing may go wrong in a page, whatever the test was about. */
afterEach(async () => {
  await page.context().close();
  await simulator.stop();
  expect(watched.faults).toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const chat = () => page.getByRole('log', { name: 'Conversation' });
const openMeta = () => page.getByRole('region', { name: 'Ana' }).getByRole('button', { name: 'Meta number' }).click();

async function write(text: string) {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
  await chat().getByText(text).waitFor();
}

/** Chooses from the menu of the newest message that holds the words. */
async function choose(text: string, item: string) {
  const line = chat().locator('article', { hasText: text }).last().locator('..');
  await line.hover();
  await line.getByRole('button', { name: /More for the message/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The business sends over Meta's face of the simulator. */
async function reply(content: Record<string, unknown>) {
  interface Numbers {
    numbers: { id: string; provider: string; credentials: { accessToken: string } }[];
  }
  const { numbers } = await simulator.control<Numbers>('/state');
  const meta = numbers.find(({ provider }) => provider === 'meta');
  const response = await fetch(`${simulator.url}/v24.0/${meta?.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${meta?.credentials.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: ANA, ...content }),
  });
  return { status: response.status, body: await response.json() };
}

it('writes as the customer, shows what the business answers, and presses its buttons', async () => {
  await openMeta();
  await write('Are you open?');
  await listener.hears('"type":"text"', 'Are you open?');

  const buttons = [{ type: 'reply', reply: { id: 'today', title: 'Today' } }];
  await reply({
    type: 'interactive',
    interactive: { type: 'button', body: { text: 'For *which* day?' }, action: { buttons } },
  });
  await chat().getByText('which').waitFor();
  await chat().getByTitle('Read').waitFor();
  await listener.hears('"status":"read"');

  await chat().getByRole('button', { name: 'Today' }).click();
  const pressed = await listener.hears('"button_reply"');
  expect(pressed).toContain('"id":"today"');
  await chat().getByRole('article').last().getByText('Today').waitFor();
});

it('replies, reacts, edits, deletes, and sends a picture with words', async () => {
  await openMeta();
  await write('First words');
  await choose('First words', 'Edit');
  await page.getByRole('textbox', { name: 'Message' }).fill('Better words');
  await page.keyboard.press('Enter');
  await chat().getByText('Edited').waitFor();
  await listener.hears('"type":"edit"', 'Better words');

  await reply({ type: 'text', text: { body: 'Good morning' } });
  await choose('Good morning', 'React with 👍');
  await chat().getByRole('img', { name: 'Reactions: 👍' }).waitFor();
  await choose('Good morning', 'Reply');
  await write('Good morning to you');
  await listener.hears('Good morning to you', '"context"');
  await chat().getByRole('blockquote').getByText('Good morning').waitFor();

  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'cake.png', mimeType: 'image/png', buffer: PNG });
  await write('This one');
  await listener.hears('"type":"image"', 'This one');
  await chat().getByRole('img', { name: 'cake.png' }).waitFor();

  await choose('Better words', 'Delete for everyone');
  await chat().getByText('This message was deleted').waitFor();
  await listener.hears('"type":"revoke"');
});

it('keeps what is begun while a message is on its way', async () => {
  await openMeta();
  await write('First words');
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route('**/_/phones/*/chats/*', async (route) => {
    const answer = await route.fetch();
    if (route.request().method() === 'POST') await held;
    await route.fulfill({ response: answer });
  });
  await choose('First words', 'Reply');
  await write('An answer');
  await choose('An answer', 'Edit');
  await page.getByRole('textbox', { name: 'Message' }).fill('Another answer');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  arrive();
  await answered;
  await page.keyboard.press('Enter');
  await listener.hears('"type":"edit"', 'Another answer');
  await chat().getByText('Edited').waitFor();
  await page.unrouteAll({ behavior: 'wait' }); // a refresh of the page may still be on its way through
});

it('chooses from a list, fills in a form, tells its place, and orders', async () => {
  const interactive = (content: Record<string, unknown>) => reply({ type: 'interactive', interactive: content });
  await openMeta();
  await write('Hello');
  const rows = [{ id: 'rye', title: 'Rye', description: 'Dark' }];
  const list = { button: 'See loaves', sections: [{ title: 'Bread', rows }] };
  await interactive({ type: 'list', body: { text: 'Which loaf?' }, action: list });
  await button('See loaves').click();
  await page.getByRole('dialog', { name: 'See loaves' }).getByRole('button', { name: 'Rye' }).click();
  expect(await listener.hears('"list_reply"')).toContain('"description":"Dark"');

  const form = { flow_message_version: '3', flow_id: '1', flow_cta: 'Book', flow_token: 'tok-7' };
  await interactive({ type: 'flow', body: { text: 'A table?' }, action: { name: 'flow', parameters: form } });
  await button('Book').click();
  await page.getByRole('textbox', { name: 'Answers of the form' }).fill('{"seats": 4}');
  await button('Send answers').click();
  expect(await listener.hears('"nfm_reply"')).toContain('tok-7');

  await interactive({
    type: 'location_request_message',
    body: { text: 'Where are you?' },
    action: { name: 'send_location' },
  });
  await chat().getByRole('button', { name: 'Send location' }).click();
  const place = page.getByRole('dialog', { name: 'Send a location' });
  await place.getByRole('textbox', { name: 'Latitude' }).fill('91');
  await place.getByRole('button', { name: 'Send location' }).click();
  await place.getByText('A number from -90 to 90.').waitFor();
  await place.getByRole('textbox', { name: 'Latitude' }).fill('38.5');
  await place.getByRole('button', { name: 'Send location' }).click();
  await listener.hears('"type":"location"', '38.5');

  const product = { catalog_id: '9', product_retailer_id: 'SKU-1' };
  await interactive({ type: 'product', body: { text: 'Our best' }, action: product });
  await button('Order one').click();
  await listener.hears('"type":"order"', 'SKU-1');
});

it('makes trouble for the next send only, and shows the calls', async () => {
  await openMeta();
  await write('Hello');
  await button('Trouble').click();
  const panel = page.getByRole('dialog', { name: 'Trouble' });
  await panel.getByRole('textbox', { name: 'Error code' }).fill('131056');
  await panel.getByRole('button', { name: 'Set up' }).click();
  await panel.getByRole('list', { name: 'What is set up' }).getByText('code 131056').waitFor();
  await page.keyboard.press('Escape');

  const text = { type: 'text', text: { body: 'Hello back' } };
  const refused = await reply(text);
  expect([refused.status >= 400, refused.body.error.code]).toEqual([true, 131056]);
  expect((await reply(text)).status).toBe(200);
  await chat().getByText('Hello back').waitFor();

  await button('API calls').click();
  const calls = page.getByRole('dialog', { name: 'API calls' });
  await calls.getByText('the script: reject').waitFor({ state: 'attached' });
});

it('goes by keyboard on a narrow screen, and back', async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('region', { name: 'Ana' }).getByRole('button', { name: 'Twilio number' }).focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.focus();
  await page.keyboard.type('Hola');
  await page.keyboard.press('Enter');
  await listener.hears('Body=Hola');
  await page.reload();
  await chat().getByText('Hola').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.goBack();
  await page.getByRole('heading', { name: 'Phones' }).waitFor();
});
