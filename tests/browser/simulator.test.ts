import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import type { WatchedPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

const { browser, parley } = await openParley();

const FLOW = {
  format: 'parley.flow/1',
  name: 'Leads',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } },
    { id: 'hello', type: 'chat.send', label: 'Welcome', config: { kind: 'text', text: 'Hi {{contact.firstName}}!' } },
    {
      id: 'pick',
      type: 'chat.buttons',
      label: 'What for',
      config: {
        text: 'What are you looking for?',
        buttons: [
          { id: 'buy', title: 'Buy' },
          { id: 'rent', title: 'Rent' },
        ],
        timeout: 'PT2H',
        saveAs: 'want',
      },
    },
    { id: 'ask', type: 'chat.ask', label: 'Rooms', config: { text: 'How many?', answer: 'number', saveAs: 'rooms' } },
    {
      id: 'get',
      type: 'http.request',
      label: 'Offers',
      config: { method: 'GET', url: 'https://crm.example/offers/{{rooms}}', saveAs: 'found' },
    },
    { id: 'bye', type: 'chat.send', config: { kind: 'text', text: 'We have {{default found.body.count "some"}}.' } },
    { id: 'late', type: 'chat.send', config: { kind: 'text', text: 'Still there?' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' },
    { id: 'e2', source: 'hello', sourceHandle: 'next', target: 'pick' },
    { id: 'e3', source: 'pick', sourceHandle: 'buy', target: 'ask' },
    { id: 'e4', source: 'pick', sourceHandle: 'rent', target: 'ask' },
    { id: 'e5', source: 'ask', sourceHandle: 'next', target: 'get' },
    { id: 'e6', source: 'get', sourceHandle: 'next', target: 'bye' },
    { id: 'e7', source: 'get', sourceHandle: 'error', target: 'bye' },
    { id: 'e8', source: 'pick', sourceHandle: 'timeout', target: 'late' },
  ],
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const message = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const said = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true });
const gone = (page: Page, text: string) => said(page, text).waitFor({ state: 'detached' });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

async function open(viewport = { width: 1440, height: 900 }): Promise<WatchedPage> {
  const watched = await visit(browser, parley, '/bots', { viewport });
  const id = await saveFlow(watched, FLOW);
  await watched.page.goto(`/bots/${id}`);
  await button(watched.page, 'Try it').click();
  await message(watched.page).waitFor();
  return watched;
}
async function say(page: Page, text: string): Promise<void> {
  await message(page).fill(text);
  await message(page).press('Enter');
}
/** Up to the question to another system. */
async function talk(page: Page): Promise<void> {
  await say(page, 'hi');
  await button(page, 'Buy').click();
  await say(page, '3');
  await page.getByRole('form', { name: 'This bot asks GET https://crm.example/offers/3' }).waitFor();
}

describe('the phone beside the canvas', () => {
  it('talks, asks for what other systems say and remembers it', async () => {
    const { page, faults } = await open();
    await talk(page);
    await page.getByRole('textbox', { name: 'JSON' }).fill('{"count": 4}');
    await page.getByRole('checkbox', { name: 'Answer this address the same from now on' }).check();
    await button(page, 'Send answer').click();
    await said(page, 'We have 4.').waitFor();
    await button(page, 'Restart').click();
    await gone(page, 'We have 4.');
    await say(page, 'hi');
    await button(page, 'Rent').click();
    await say(page, '3');
    await said(page, 'We have 4.').waitFor();
    expect(faults).toEqual([]);
  });

  it('goes back to a line and on from there; the watch shows what was known then', async () => {
    const { page, faults } = await open();
    await talk(page);
    await button(page, 'No answer').click();
    await said(page, 'We have some.').waitFor();
    const line = page.getByRole('article').filter({ hasText: 'What are you looking for?' });
    await line.getByRole('button', { name: 'Back to here' }).click();
    await gone(page, 'We have some.');
    await page.getByRole('status').filter({ hasText: 'An earlier moment.' }).waitFor();
    await tab(page, 'Watch').click();
    await page.getByText('None yet. Answers that the bot keeps appear here.').waitFor();
    await button(page, 'To the end').click();
    await page.getByRole('row', { name: 'rooms' }).getByText('3', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Expression to watch' }).fill('{{add rooms 1}}');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Watched expressions' }).getByText('4', { exact: true }).waitFor();
    await tab(page, 'Phone').click();
    await line.getByRole('button', { name: 'Back to here' }).click();
    await button(page, 'Rent').click();
    await said(page, 'How many?').waitFor();
    expect(await page.getByRole('log').getByText('Buy', { exact: true }).count()).toBe(1); // the button alone
    expect(faults).toEqual([]);
  });

  it('halts, steps by keyboard and goes on', async () => {
    const { page, faults } = await open();
    await page.keyboard.press('F8');
    await say(page, 'hi');
    await page.getByText(/Halted before .*hi.* acts\./).waitFor();
    await page.keyboard.press('F10');
    await page.getByText(/Halted before .*Welcome.* acts\./).waitFor();
    expect(await said(page, 'Hi Ana!').count()).toBe(0);
    await page.keyboard.press('F10');
    await said(page, 'Hi Ana!').waitFor();
    await page.getByText(/Halted before .*What for.* acts\./).waitFor();
    await page.keyboard.press('F8');
    await said(page, 'What are you looking for?').waitFor();
    expect(faults).toEqual([]);
  });

  it('says why it halts, shows what waits meanwhile, and lets the breakpoint go', async () => {
    const { page, faults } = await open();
    await page.locator('.react-flow__node[data-id="hello"]').click();
    await page.locator('[data-canvas]').focus();
    await page.keyboard.press('b');
    await page.getByRole('img', { name: 'Breakpoint: the test stops here' }).waitFor();
    await say(page, 'hi');
    const note = page.getByRole('status').filter({ hasText: 'because there is a breakpoint on it' });
    await note.getByText(/Halted before .*Welcome/).waitFor();
    await say(page, 'Is anybody there?');
    const waiting = page.getByRole('region', { name: '1 message waits until you continue' });
    await waiting.getByText('Is anybody there?', { exact: true }).waitFor();
    await note.getByRole('button', { name: 'Remove the breakpoint' }).click();
    await said(page, 'Hi Ana!').waitFor();
    await said(page, 'Is anybody there?').waitFor();
    await waiting.waitFor({ state: 'detached' });
    expect(await page.getByRole('img', { name: 'Breakpoint: the test stops here' }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('says whether the draft is tried or what is live, and talks to either', async () => {
    const { page, faults } = await open();
    await page.getByText('You talk to your draft. Nothing is live yet.').waitFor();
    const id = page.url().split('/bots/')[1]?.split('?')[0];
    const headers = { origin: parley.url };
    const answer = await page.request.post(`/api/flows/${id}/publish`, { headers, data: {} });
    expect(await answer.json()).toMatchObject({ version: 1 });
    await page.goto(`/bots/${id}?panel=simulator`);
    await page.getByText('your draft is the same as version 1', { exact: false }).waitFor();
    const { revision } = await (await page.request.get(`/api/flows/${id}`)).json();
    const edits = [{ edit: 'setConfig', id: 'hello', config: { kind: 'text', text: 'Hello from the draft' } }];
    await page.request.patch(`/api/flows/${id}`, { headers, data: { revision, edits } });
    await page.goto(`/bots/${id}?panel=simulator`);
    await page.getByText('You talk to your draft, with changes that are not live yet.').waitFor();
    await say(page, 'hi');
    await said(page, 'Hello from the draft').waitFor();
    await button(page, 'Talk to version 1').click();
    await page.getByText('You talk to version 1, as customers do', { exact: false }).waitFor();
    await say(page, 'hi');
    await said(page, 'Hi Ana!').waitFor();
    await button(page, 'Talk to your draft').click();
    await button(page, 'Restart with the changes').click();
    await say(page, 'hi');
    await said(page, 'Hello from the draft').waitFor();
    expect(faults).toEqual([]);
  });

  it('lets time pass to the next timer, and another customer write', async () => {
    const { page, faults } = await open();
    await say(page, 'hi');
    await said(page, 'Hi Ana!').waitFor();
    await page.getByRole('button', { name: /^Clock of this conversation/ }).click();
    await page.getByRole('menuitem', { name: /^Until the next timer/ }).click();
    await said(page, 'Still there?').waitFor();
    await page.getByRole('button', { name: /Change who writes/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Who writes' });
    await dialog.getByRole('radio', { name: 'Zoë Ünal' }).check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await say(page, 'hi');
    await said(page, 'Hi Zoë!').waitFor();
    expect(faults).toEqual([]);
  });

  it('sends a file of the device, a place and a card', async () => {
    const { page, faults } = await open();
    const chooser = page.waitForEvent('filechooser');
    await button(page, 'Attach').click();
    await page.getByRole('menuitem', { name: 'Picture' }).click();
    const buffer = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
    await (await chooser).setFiles({ name: 'roof.gif', mimeType: 'image/gif', buffer });
    await page.getByRole('log').getByRole('img', { name: 'roof.gif' }).waitFor();
    await button(page, 'Attach').click();
    await page.getByRole('menuitem', { name: 'Location' }).click();
    await page.getByRole('textbox', { name: 'Latitude' }).fill('100');
    await button(page, 'Send location').click();
    await page.getByText('A number from -90 to 90.').waitFor();
    await page.getByRole('textbox', { name: 'Latitude' }).fill('51.5');
    await button(page, 'Send location').click();
    await said(page, 'Lisbon').waitFor();
    expect(faults).toEqual([]);
  });
});

describe('tests of a flow', () => {
  it('a talk is kept, runs again, and tells where a change breaks it', async () => {
    const { page, faults } = await open();
    await talk(page);
    await button(page, 'No answer').click();
    await said(page, 'We have some.').waitFor();
    await button(page, 'More that can happen').click();
    await page.getByRole('menuitem', { name: 'Save as a test…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this conversation as a test' });
    await dialog.getByRole('button', { name: 'Save test' }).click();
    await dialog.getByText('Fill this in.').waitFor();
    await dialog.getByRole('textbox', { name: 'What it shows' }).fill('Somebody buys');
    await dialog.getByRole('textbox', { name: 'Expected words, step 3' }).fill('What do you want?');
    await dialog.getByRole('button', { name: 'Save test' }).click();
    await tab(page, 'Tests').click();
    await page.getByRole('status').getByText('1 test differs').waitFor();
    await page.getByText('Step 3: Bot: What do you want?').waitFor();
    await button(page, 'Open at this point').click();
    await said(page, 'What are you looking for?').waitFor();
    await gone(page, 'How many?');
    await tab(page, 'Tests').click();
    await button(page, 'More for “Somebody buys”').click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit the test' });
    await edit.getByRole('textbox', { name: 'What it shows' }).fill('A buyer');
    await edit.getByRole('textbox', { name: 'Expected words, step 3' }).fill('What are you looking for?');
    await edit.getByRole('button', { name: 'Save test' }).click();
    await page.getByRole('status').getByText('1 test holds').waitFor();
    await page.getByRole('list', { name: 'Tests' }).getByText('A buyer', { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });
});

it('runs the draft of another bot that was never published, says so, and shows what it knows', async () => {
  const watched = await visit(browser, parley, '/bots');
  const { page, faults } = watched;
  const trigger = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
  const config = { text: 'Your budget?', answer: 'text', saveAs: 'budget' };
  const flow = await saveFlow(watched, {
    ...FLOW,
    name: 'Qualify',
    nodes: [trigger, { id: 'ask', type: 'chat.ask', config }],
    edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' }],
  });
  const id = await saveFlow(watched, {
    ...FLOW,
    nodes: [trigger, { id: 'qualify', type: 'logic.subflow', label: 'Qualifies', config: { flow } }],
    edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'qualify' }],
  });
  await page.goto(`/bots/${id}`);
  await button(page, 'Try it').click();
  await page.getByText('Qualify is not published yet: you try its draft. Publish it before this bot.').waitFor();
  await say(page, 'hi');
  await said(page, 'Your budget?').waitFor();
  await tab(page, 'Watch').click();
  await page.getByRole('heading', { name: 'Variables inside “Qualifies”' }).waitFor();
  expect(faults).toEqual([]);
});

it('has no grave fault for axe in any look, with more than ten lines', async () => {
  const { page, faults } = await open();
  const found: string[] = [];
  for (const look of LOOKS) {
    await wear(page, look);
    const field = page.locator('aside textarea');
    for (let round = 0; round < 5; round++) {
      await field.fill('hi');
      await field.press('Enter');
      await page
        .getByRole('log')
        .getByRole('article')
        .nth(round * 2)
        .waitFor();
    }
    for (const part of [0, 1, 2]) {
      await page.getByRole('tab').nth(part).click();
      found.push(...(await graveFaults(page, 'aside')));
    }
  }
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
});

it('fits a phone', async () => {
  const { page, faults } = await open({ width: 390, height: 844 });
  await talk(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(faults).toEqual([]);
});
