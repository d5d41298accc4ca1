import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import type { WatchedPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

let watched: WatchedPage;
let page: Page;
const { browser, parley } = await openParley();
beforeEach(async () => {
  watched = await visit(browser, parley, '/bots');
  page = watched.page;
  return () => page.context().close();
}, 120_000);

let bots = 0;
/** Each bot listens for a word of its own, so that none takes another's. */
function shop(text = 'Which size?', { keyword = `order${++bots}`, withAsk = true } = {}) {
  const ask = { id: 'ask', type: 'chat.ask', label: 'Ask size', config: { text, saveAs: 'size' } };
  const bye = { id: 'bye', type: 'chat.send', label: 'Say thanks', config: { text: 'Thank you' } };
  return {
    format: 'parley.flow/1',
    name: 'Shop',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: [keyword] } },
      ...(withAsk ? [ask] : []),
      bye,
    ],
    edges: withAsk
      ? [
          { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
          { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'bye' },
        ]
      : [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'bye' }],
  };
}

/** A conversation that holds where the bot answers the word with this text. */
const saying = (keyword: string, text: string | undefined) => ({
  format: 'parley.script/1',
  flow: 'flow.json',
  steps: [{ in: { text: keyword } }, { out: { kind: 'text', text } }],
});

const headers = () => ({ origin: parley.url });
const save = (id: string, document: object) =>
  page.request.put(`/api/flows/${id}`, { headers: headers(), data: { document } });
const publish = (id: string, data: object = {}) =>
  page.request.post(`/api/flows/${id}/publish`, { headers: headers(), data });
const dialog = () => page.getByRole('dialog', { name: 'Publish' });
const go = () => dialog().getByRole('button', { name: /^Publish (bot|changes)$/ });

async function openDialog(id: string): Promise<void> {
  await page.goto(`/bots/${id}`);
  await page.getByRole('button', { name: 'Publish', exact: true }).waitFor();
  await page.keyboard.press('Control+Shift+p');
  await go().waitFor();
}

describe('the publish dialog', { timeout: 180_000 }, () => {
  it('publishes a bot for the first time, with a name and a note, and says what comes next', async () => {
    const id = await saveFlow(watched, shop());
    await openDialog(id);
    await expect.poll(() => dialog().textContent()).toContain('with its 3 steps');
    await dialog().getByRole('textbox', { name: 'Name of the version' }).fill('Summer');
    await dialog().getByRole('textbox', { name: 'Note' }).fill('The first one');
    await go().click();
    await page.getByRole('dialog').getByText('Version 1 is live').waitFor();
    const reach = page.getByRole('region', { name: 'Where people reach it' });
    await reach.getByText('nobody can write to it yet', { exact: false }).waitFor();
    await reach.getByRole('link', { name: 'Connect a number' }).waitFor();
    await page.locator('header').getByRole('button', { name: 'Live no number yet' }).waitFor();
    const { items } = await (await page.request.get(`/api/flows/${id}/versions`)).json();
    expect(items).toMatchObject([{ version: 1, name: 'Summer', note: 'The first one', author: expect.any(String) }]);
    expect(watched.faults).toEqual([]);
  });

  it('says where a live bot is reached, and brings a trial phone where there is no number', async () => {
    const keyword = `order${++bots}`;
    const id = await saveFlow(watched, shop('Which size?', { keyword }));
    await publish(id);
    await page.goto(`/bots/${id}`);
    await page.locator('header').getByRole('button', { name: 'Live no number yet' }).click();
    const reach = page.getByRole('region', { name: 'Where people reach it' });
    await reach.getByRole('button', { name: 'Try it on a trial phone' }).click();
    const phone = page.getByRole('complementary', { name: 'Trial phone' }).or(page.getByRole('dialog'));
    await phone.getByRole('textbox', { name: 'Message' }).fill(keyword);
    await page.keyboard.press('Enter');
    await phone.getByText('Which size?').waitFor();

    await page.goto(`/bots/${id}`);
    await page.locator('header').getByRole('button', { name: 'Live trial phone only' }).click();
    await reach.getByText('They begin it by writing', { exact: false }).waitFor();
    expect(await reach.textContent()).toContain(keyword);
    await reach.getByRole('link', { name: 'Open the trial phone' }).waitFor();
    await page.keyboard.press('Escape');
    const { items } = await (await page.request.get('/api/channels')).json();
    await page.request.delete(`/api/channels/${items[0].id}`, { headers: headers() });
    expect(watched.faults).toEqual([]);
  });

  it('has nothing to publish where nothing changed, says so, and switches on what is off', async () => {
    const id = await saveFlow(watched, shop());
    await publish(id);
    await openDialog(id);
    await dialog().getByText('Nothing to publish: version 1 is live, and your draft is the same.').waitFor();
    expect(await go().getAttribute('aria-disabled')).toBe('true');
    await go().click({ force: true });
    expect((await (await page.request.get(`/api/flows/${id}/versions`)).json()).items).toHaveLength(1);
    await dialog().getByRole('button', { name: 'Close' }).last().click();

    await page.request.post(`/api/flows/${id}/deactivate`, { headers: headers() });
    await page.keyboard.press('Control+Shift+p');
    await dialog().getByRole('button', { name: 'Switch the bot on' }).click();
    await page.getByRole('dialog').getByText('Version 1 is live').waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('saves first what was changed a moment ago', async () => {
    const id = await saveFlow(watched, shop());
    await publish(id);
    await page.goto(`/bots/${id}`);
    const name = page.locator('header').getByRole('textbox', { name: 'Name of the bot' });
    await name.fill('Shop of Ana');
    await name.press('Enter');
    await page.keyboard.press('Control+Shift+p');
    await dialog().getByText('Name of the bot').first().waitFor();
    await go().click();
    await page.getByRole('dialog').getByText('Version 2 is live').waitFor();
    const { document } = await (await page.request.get(`/api/flows/${id}/versions/2`)).json();
    expect(document.name).toBe('Shop of Ana');
    expect(watched.faults).toEqual([]);
  });

  it('refuses a bot with errors and leads to the first', async () => {
    const id = await saveFlow(watched, shop(''));
    await openDialog(id);
    await dialog()
      .getByText(/errors? stops? the publishing/)
      .waitFor();
    expect(await go().isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Go to Ask size' }).first().click();
    await dialog().waitFor({ state: 'hidden' });
    await page.getByRole('complementary', { name: 'Settings' }).waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('shows warnings, and publishes in spite of them; switched off where the person says so', async () => {
    const keyword = `taken${++bots}`;
    await publish(await saveFlow(watched, { ...shop('Hi', { keyword }), name: 'Older bot' }));
    const id = await saveFlow(watched, shop('Which size?', { keyword }));
    await openDialog(id);
    await dialog().getByText('Older bot').first().waitFor();
    await dialog()
      .getByRole('switch', { name: 'Answer customers as soon as it is published' })
      .uncheck({ force: true });
    await go().click();
    await page.getByText('Version 1 is published, and the bot is switched off').first().waitFor();
    expect((await (await page.request.get(`/api/flows/${id}`)).json()).status).toBe('inactive');
    expect(watched.faults).toEqual([]);
  });

  it('says which live bots want the same messages, who answers and why', async () => {
    const keyword = `both${++bots}`;
    await publish(await saveFlow(watched, { ...shop('Hi', { keyword }), name: 'Elder' }));
    const id = await saveFlow(watched, shop('Which size?', { keyword }));
    await openDialog(id);
    const clashes = dialog().getByRole('region', { name: 'Not the only bot' });
    await clashes.getByText(`Both begin on the message “${keyword}”.`).waitFor();
    await clashes.getByText('“Elder” answers because it is the older one', { exact: false }).waitFor();
    await clashes.getByRole('link', { name: 'Open Elder' }).waitFor();
    // Once is enough
    expect(await dialog().getByText('listens for', { exact: false }).count()).toBe(0);
    expect(await go().isEnabled()).toBe(true);
    expect(watched.faults).toEqual([]);
  });

  it('runs the tests of the bot: one that differs is opened in the simulator, or accepted', async () => {
    const keyword = `tested${++bots}`;
    const id = await saveFlow(watched, shop('Which size?', { keyword }));
    for (const [title, text] of [
      ['Asks the size', 'Which size?'],
      ['Asks the colour', 'Which colour?'],
    ])
      await page.request.post(`/api/flows/${id}/tests`, {
        headers: headers(),
        data: { title, script: saying(keyword, text) },
      });
    await openDialog(id);
    const tests = dialog().getByRole('region', { name: 'Tests that differ' });
    await tests.getByText('1 of 2 tests does not end as it should').waitFor();
    expect(await go().isDisabled()).toBe(true);
    await tests.getByRole('button', { name: 'Open “Asks the colour” in the simulator' }).click();
    await dialog().waitFor({ state: 'hidden' });
    const simulator = page.getByRole('complementary', { name: 'Try it' });
    await simulator.getByText('Which size?').first().waitFor();
    await page.keyboard.press('Control+Shift+p');
    await tests.getByRole('checkbox', { name: 'Publish all the same' }).check();
    await go().click();
    await page.getByRole('dialog').getByText('Version 1 is live').waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('says what changes in words, and who waits at a step that goes', async () => {
    const number = await page.request.post('/api/channels', {
      headers: headers(),
      data: { provider: 'simulator', name: 'Trial phone' },
    });
    const channel = (await number.json()).id;
    const keyword = `inside${++bots}`;
    const id = await saveFlow(watched, shop('Which size?', { keyword }));
    await publish(id);
    for (const from of ['+447911000001', '+447911000002'])
      await page.request.post(`/api/channels/${channel}/inbound`, {
        headers: headers(),
        data: { from, type: 'text', text: keyword },
      });
    await expect
      .poll(async () => (await (await page.request.get(`/api/flows/${id}/people`)).json()).people)
      .toEqual([{ version: 1, node: 'ask', count: 2 }]);
    await save(id, shop('', { keyword, withAsk: false }));
    await openDialog(id);
    await dialog()
      .getByText('2 people wait at Ask size, which this change removes: they finish in version 1')
      .waitFor();
    await dialog().getByText('Removed Ask size').waitFor();
    await dialog()
      .getByText(/now leads to Say thanks/)
      .waitFor();
    await page.request.delete(`/api/channels/${channel}`, { headers: headers() });
    expect(watched.faults).toEqual([]);
  });

  it('publishes nothing where somebody published the same while the dialog was open, and says so', async () => {
    const id = await saveFlow(watched, shop('One'));
    await publish(id);
    await save(id, shop('Two'));
    await openDialog(id);
    await publish(id);
    await go().click();
    await dialog().getByText('Nothing to publish: version 2 is live', { exact: false }).waitFor();
    const { items } = await (await page.request.get(`/api/flows/${id}/versions`)).json();
    expect(items).toHaveLength(2);
    expect(watched.faults).toEqual([]);
  });

  it('publishes nothing where somebody saved while the dialog was open, and loads what they saved', async () => {
    const id = await saveFlow(watched, shop('One'));
    await openDialog(id);
    await save(id, { ...shop('Two'), name: 'Theirs' });
    await go().click();
    await dialog().getByText('Somebody else saved changes while you looked', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Load their changes' }).click();
    await expect
      .poll(() => page.locator('header').getByRole('textbox', { name: 'Name of the bot' }).inputValue())
      .toBe('Theirs');
    expect((await (await page.request.get(`/api/flows/${id}`)).json()).published).toBe(null);
    expect(watched.faults).toEqual([]);
  });

  it('is kind to every eye, and fits a phone', async () => {
    const id = await saveFlow(watched, shop('One'));
    await publish(id);
    await save(id, { ...shop('A much longer question than before, so that its words are compared'), name: 'Other' });
    await page.goto(`/bots/${id}`);
    for (const look of LOOKS) {
      await wear(page, look);
      await page.locator('.react-flow__node').first().waitFor();
      await page.getByRole('button', { name: look.language === 'ar' ? 'نشر' : 'Publish', exact: true }).waitFor();
      await page.keyboard.press('Control+Shift+p');
      await page.getByRole('dialog').getByRole('textbox').first().waitFor();
      expect(await graveFaults(page, '[role=dialog]')).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const { scrollWidth } = await page
      .getByRole('dialog')
      .evaluate((element) => ({ scrollWidth: element.scrollWidth }));
    expect(scrollWidth).toBeLessThanOrEqual(390);
    expect(watched.faults).toEqual([]);
  });
});
