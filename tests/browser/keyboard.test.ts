import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { holdsFocus, takesFocus } from './support/focus.ts';
import { openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

const { browser, parley } = await openParley();

const FARTHEST = 60; // presses of Tab from the head of the page to the canvas, with the palette in between

/** Presses Tab until the selector has the focus; fails where it never comes there. */
async function tabTo(page: Page, selector: string): Promise<number> {
  for (let presses = 1; presses <= FARTHEST; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return presses;
  }
  throw new Error(`Tab never comes to ${selector}`);
}

/** Presses Tab until the control has the focus; fails where the focus leaves what is around it, or never comes there. */
async function tabWithin(page: Page, around: Locator, control: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses <= FARTHEST; presses++) {
    if (await control.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press(key);
    if (!(await holdsFocus(around))) break;
  }
  throw new Error(`Tab leaves before it comes to ${control}`);
}

/** From the card that has the focus into its settings; each field lies behind the one before, on the way of Tab. */
async function settingsOf(page: Page) {
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await page.keyboard.press('Enter');
  await takesFocus(settings);
  const field = (name: string, nth = 0) =>
    settings.getByRole('textbox', { name }).or(settings.getByRole('combobox', { name })).nth(nth);
  return {
    async write(name: string, text: string, nth = 0): Promise<void> {
      await tabWithin(page, settings, field(name, nth));
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
      await expect.poll(() => field(name, nth).inputValue()).toBe(text);
    },
    /** One of several words. */
    async enter(name: string, word: string): Promise<void> {
      await tabWithin(page, settings, field(name));
      await page.keyboard.type(word);
      await page.keyboard.press('Enter');
    },
    async press(name: string): Promise<void> {
      await tabWithin(page, settings, settings.getByRole('button', { name }));
      await page.keyboard.press('Enter');
    },
    async leave(): Promise<void> {
      await page.keyboard.press('F6');
      await page.locator('[data-card]:focus').waitFor();
    },
  };
}

/** Adds a step behind the card that has the focus, by its name, and comes back to the canvas. */
async function add(page: Page, query: string): Promise<void> {
  const before = await page.evaluate(() =>
    document.querySelector('[data-card][data-selected]')?.getAttribute('data-card'),
  );
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Add a step here' }).waitFor();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  // The new card is selected, in sight, and another one than before
  const fresh = `[data-card][data-selected]:not([data-card="${before ?? ''}"])`;
  await page.locator(fresh).waitFor();
  await page.keyboard.press('F6');
  await expect.poll(() => page.locator(`${fresh}:focus`).count()).toBe(1);
}

it('a whole bot is built, tried and published by keyboard alone', { timeout: 180_000 }, async () => {
  const watched = await visit(browser, parley, '/bots');
  const { page, faults } = watched;
  const id = await saveFlow(watched, { format: 'parley.flow/1', name: 'By keyboard', nodes: [] });
  await page.goto(`/bots/${id}`);
  await page.locator('[data-canvas]').waitFor();
  const read = async () => (await (await page.request.get(`/api/flows/${id}`)).json()).document;

  // The palette comes before the canvas, and the canvas is one stop
  await tabTo(page, 'nav [role="combobox"]');
  await tabTo(page, '[data-canvas]');

  await add(page, 'a message arrives');
  const trigger = await settingsOf(page);
  await trigger.enter('Words', 'hello');
  await trigger.leave();

  await add(page, 'ask with buttons');
  const menu = await settingsOf(page);
  await menu.write('Message', 'What are you looking for?');
  await menu.write('Title', 'A house');
  await menu.press('Add a button');
  await menu.write('Title', 'A flat', 1);
  await menu.leave();

  await add(page, 'ask a question');
  const question = await settingsOf(page);
  await question.write('Question', 'Which city?');
  await question.write('Remember as', 'city');
  await question.leave();

  await add(page, 'branch');
  const condition = await settingsOf(page);
  await condition.write('Value', '{{city}}');
  await condition.write('Compared with', 'Lisbon');
  await condition.leave();

  await add(page, 'call an api');
  const request = await settingsOf(page);
  await request.write('Address', 'https://api.example.com/leads');
  await request.leave();

  await add(page, 'send a template');
  const template = await settingsOf(page);
  await template.write('Template', 'viewing_offer');
  await template.write('Language', 'en');
  await template.leave();

  await add(page, 'hand over');
  const person = await settingsOf(page);
  await person.write('Team', 'sales');
  await person.leave();

  const types = [
    'trigger.message',
    'chat.buttons',
    'chat.ask',
    'logic.branch',
    'http.request',
    'chat.template',
    'people.handoff',
  ];
  await expect.poll(async () => (await read()).nodes.map((node: { type: string }) => node.type)).toEqual(types);
  await expect.poll(async () => (await read()).nodes.at(-1)?.config.team).toBe('sales'); // the last letters are saved too
  const { nodes, edges } = await read();
  const typeOf = (node: string) => nodes.find((one: { id: string }) => one.id === node).type;
  expect(
    edges.map(({ source, target }: { source: string; target: string }) => [typeOf(source), typeOf(target)]),
  ).toEqual(types.slice(1).map((type, at) => [types[at], type]));

  expect(nodes.map(({ config }: { config: object }) => config)).toMatchObject([
    { keywords: ['hello'] },
    { text: 'What are you looking for?', buttons: [{ title: 'A house' }, { title: 'A flat' }] },
    { text: 'Which city?', saveAs: 'city' },
    { conditions: [{ left: '{{city}}', right: 'Lisbon' }] },
    { url: 'https://api.example.com/leads' },
    { name: 'viewing_offer', language: 'en' },
    { team: 'sales' },
  ]);

  // From the handoff back along the wires to the branch, whose other way leads to the question again
  for (let wire = 0; wire < 3; wire++) await page.keyboard.press('ArrowLeft');
  const branch = nodes.find(({ type }: { type: string }) => type === 'logic.branch').id;
  await expect.poll(() => page.locator(`[data-card="${branch}"]:focus`).count()).toBe(1);
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Which way out?' }).waitFor();
  await page.keyboard.type('no');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /Where does “No” lead/ }).waitFor();
  await page.keyboard.type('ask a question');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await read()).edges.find((edge: { sourceHandle: string }) => edge.sourceHandle === 'no')?.target)
    .toBe(nodes.find(({ type }: { type: string }) => type === 'chat.ask').id);

  // What was done is undone and done again
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await read()).edges.length).toBe(6);
  await page.keyboard.press('Control+y');
  await expect.poll(async () => (await read()).edges.length).toBe(7);

  // It is tried
  await page.keyboard.press('2');
  const phone = page.getByRole('complementary', { name: 'Try it' });
  await takesFocus(phone);
  const message = phone.getByRole('textbox', { name: 'Message' });
  await message.waitFor();
  await tabWithin(page, phone, message);
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  const chosen = phone.getByRole('button', { name: 'A house', exact: true });
  await chosen.waitFor();
  await tabWithin(page, phone, chosen, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await phone.getByText('Which city?').first().waitFor();
  await tabWithin(page, phone, message);
  await page.keyboard.type('Porto');
  await page.keyboard.press('Enter');
  await phone.getByText('Porto').first().waitFor();

  // And published
  await page.keyboard.press('Control+Shift+p');
  const dialog = page.getByRole('dialog', { name: 'Publish' });
  const publish = dialog.getByRole('button', { name: 'Publish bot' });
  await expect.poll(() => publish.isEnabled()).toBe(true);
  await tabWithin(page, dialog, publish);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Version 1 is live').waitFor();
  expect(faults).toEqual([]);
});

it('would be noticed where Tab left out a field', async () => {
  const watched = await visit(browser, parley, '/bots');
  const { page } = watched;
  const ask = { id: 'ask', type: 'chat.ask', config: { text: 'Which city?', saveAs: 'city' } };
  const id = await saveFlow(watched, { format: 'parley.flow/1', name: 'Broken order', nodes: [ask], edges: [] });
  await page.goto(`/bots/${id}`);
  await page.locator('[data-card="ask"]').waitFor();
  await page.keyboard.press('F6');
  await page.locator('[data-card]:focus').waitFor();
  const settings = await settingsOf(page);
  await page.getByLabel('Remember as').evaluate((field) => field.setAttribute('tabindex', '-1'));
  await expect(settings.write('Remember as', 'town')).rejects.toThrow('Tab leaves');
});
