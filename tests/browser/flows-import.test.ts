import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { botsOver, fromMenu, greeter } from './support/bots.ts';
import type { WatchedPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { visit } from './support/visit.ts';

let watched: WatchedPage;
let page: Page;
let bots: ReturnType<typeof botsOver>;

const { browser, parley } = await openParley();
beforeEach(async () => {
  watched = await visit(browser, parley, '/bots');
  page = watched.page;
  bots = botsOver(watched, parley.url);
  await bots.clear();
});
afterEach(async () => {
  expect(watched.faults).toEqual([]);
  await page.context().close();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const count = async () => (await (await page.request.get('/api/flows')).json()).items.length;

describe('importing', () => {
  const choose = (name: string, content: string | Buffer) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  const SCRIPT = '<img src=x onerror=alert(1)>';

  it('says for each bad file what to do, and keeps nothing', async () => {
    await page.goto('/bots?add=import');
    await button('Choose a file').waitFor();
    const bad: [string | Buffer, string][] = [
      ['', 'There is nothing in it.'],
      ['PK\u0003\u0004zip', 'This is a ZIP archive.'],
      ['%PDF-1.7', 'This is a PDF.'],
      [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'Save it as UTF-8'],
      ['{\n  nodes: []}', 'look at line 2, column 3'],
      [Buffer.alloc(10 * 1024 * 1024, 'x'), 'larger than 5 MB'],
      ['{"version":"6","groups":[]}', 'not a bot of Parley'],
      [JSON.stringify({ ...greeter('New'), format: 'parley.flow/2' }), 'made by a newer Parley'],
      [JSON.stringify({ ...greeter('Bad'), nodes: [{ id: 'a b', type: 'x' }] }), 'damaged'],
    ];
    for (const [content, words] of bad) {
      await choose('bot.json', content);
      await page.getByRole('alert').getByText(words).waitFor();
    }
    await page.getByRole('dialog').getByText('bot.json', { exact: true }).waitFor();
    await page.getByText('What is wrong').click();
    await page.getByText('Use 1 to 64 letters').waitFor();
    expect(await count()).toBe(0);
  });

  it('shows what is in a file, steps that nothing here knows and markup as text, then adds it', async () => {
    await page.goto('/bots?add=import');
    const strange = { id: 'strange', type: 'acme-crm.lookup', config: { text: SCRIPT } };
    await choose('bot.json', `\ufeff${JSON.stringify(greeter(SCRIPT, ['go'], [strange]))}`);
    await page.getByText('Steps that this server does not know: acme-crm.lookup.').waitFor();
    await page.getByText('3 steps', { exact: true }).waitFor();
    expect(await page.locator('[role=dialog] img').count()).toBe(0);
    expect(await graveFaults(page, '[role="dialog"]')).toEqual([]);
    await button('Import 1 bot').click();
    await page.waitForURL(/\/bots\/flw_/);
    await page.goto('/bots');
    await page.getByRole('link', { name: SCRIPT, exact: true }).waitFor();
  });

  it('takes a bot that is pasted or dropped on the page', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Build your first bot' }).waitFor();
    const text = JSON.stringify(greeter('Pasted'));
    await page.evaluate((given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', given);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
    await button('Import 1 bot').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.evaluate((given) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([given], 'bot.json'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
    await button('Import 1 bot').waitFor();
    expect(await count()).toBe(0);
  });

  it('brings back what was exported, with what it runs', async () => {
    const inner = { format: 'parley.flow/1', name: 'Inner', nodes: [{ id: 'start', type: 'trigger.called' }] };
    const id = await bots.save(inner);
    await bots.save(greeter('Ação: ملف?', ['go'], [{ id: 'in', type: 'logic.subflow', config: { flow: id } }]), ['a']);
    await page.reload();
    const [download] = await Promise.all([page.waitForEvent('download'), fromMenu(page, 'Ação: ملف?', 'Export')]);
    expect(download.suggestedFilename()).toBe('Ação ملف.parley.json');
    const file = await readFile(await download.path(), 'utf8');
    await bots.clear();
    await page.goto('/bots?add=import');
    await choose('bot.json', file);
    await page.getByText('This file holds 2 bots.').waitFor();
    await button('Import 2 bots').click();
    await page.getByRole('link', { name: 'Inner', exact: true }).waitFor();
    await button('Show only bots with the tag a').waitFor();
  });
});

describe('the gallery', () => {
  it('shows an example with its conversation, and adds it with what it runs', async () => {
    await page.reload();
    await page.getByRole('searchbox', { name: 'Search examples' }).fill('CRM');
    await page.getByRole('article', { name: 'Welcome' }).waitFor({ state: 'detached' });
    const search = page.getByRole('searchbox', { name: 'Search examples' });
    await search.fill('nothing of the sort');
    await button('All examples').click();
    await page.getByRole('article', { name: 'Welcome' }).waitFor();
    await button('Look inside Qualify leads from ads').click();
    const dialog = page.getByRole('dialog', { name: 'Begin with an example' });
    await dialog.locator(':focus').and(button('All examples')).waitFor();
    await dialog
      .getByRole('list', { name: 'A conversation with it' })
      .getByText('How many people will use it?')
      .waitFor();
    await dialog.getByRole('img', { name: 'Its steps, as a small picture' }).waitFor();
    await dialog.getByText('The address of your CRM, and what it wants to know').waitFor();
    await dialog.getByRole('button', { name: 'Use this bot' }).click();
    await page.waitForURL(/\/bots\/flw_/);
    await page.goto('/bots');
    await page.getByRole('link', { name: 'Qualify leads from ads', exact: true }).waitFor();
    await page.getByRole('switch', { name: 'Qualify a lead answers on WhatsApp', checked: true }).waitFor();
  });

  it.each(LOOKS)('speaks the language of the person and is clean: $scheme, $language', async (look) => {
    await page.goto('/bots?add=gallery');
    await wear(page, look);
    await page.getByRole('dialog').getByRole('article').nth(12).waitFor();
    expect(await graveFaults(page, '[role="dialog"]')).toEqual([]);
    await page.goto('/bots?add=gallery&example=csat');
    const title = look.language === 'ar' ? 'كيف كانت خدمتنا؟' : 'How did we do?';
    await page.getByRole('dialog').getByRole('heading', { name: title }).waitFor();
    expect(await graveFaults(page, '[role="dialog"]')).toEqual([]);
  });
});
