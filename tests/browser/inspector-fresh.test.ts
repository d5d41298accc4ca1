import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { noteDrawnFields } from './support/drawn.ts';
import { judgePages, openParley } from './support/open-parley.ts';
import { saveFlow, visit } from './support/visit.ts';

const { browser, parley } = await openParley();
const opened = judgePages();

const start = { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hello'] } };
const flowOf = (nodes: { id: string }[]) => ({
  format: 'parley.flow/1',
  name: 'Shop',
  nodes,
  edges: nodes.slice(1).map(({ id }, index) => ({
    id: `e${index}`,
    source: nodes[index]?.id,
    sourceHandle: 'next',
    target: id,
  })),
  layout: { nodes: Object.fromEntries(nodes.map(({ id }, index) => [id, [index * 340, 0]])) },
});

async function open(nodes: { id: string }[], panel = 'inspector') {
  const watched = await visit(browser, parley, '/bots');
  opened.push(watched);
  const { page } = watched;
  const id = await saveFlow(watched, flowOf(nodes));
  await noteDrawnFields(page);
  await page.goto(`/bots/${id}?panel=${panel}`);
  await card(page, nodes[0]?.id ?? '').waitFor();
  return { page, id, settings: page.getByRole('complementary', { name: 'Settings' }) };
}

const card = (page: Page, id: string) => page.locator(`[data-card="${id}"]`);
const select = (page: Page, id: string) => card(page, id).locator('strong').first().click();
const counter = (page: Page) =>
  page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name: /^Problems/ });
const add = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Add a step' }).getByRole('option', { name }).click();

async function savedConfig(page: Page, id: string, node: string): Promise<Record<string, unknown>> {
  const { document } = await (await page.request.get(`/api/flows/${id}`)).json();
  return document.nodes.find((one: { id: string }) => one.id === node)?.config;
}

describe('a step that was just added', () => {
  it('asks to be finished, calmly, until somebody leaves it so', async () => {
    const { page, settings } = await open([start]);
    await add(page, /^Ask with buttons/);
    await counter(page)
      .and(page.getByRole('button', { name: /: 2 to finish$/ }))
      .waitFor();
    const message = settings.getByRole('textbox', { name: 'Message' });
    expect(await message.getAttribute('aria-invalid')).toBeNull();
    await settings.getByText('Fill this in.').first().waitFor();
    expect(await settings.getByText('Fill this in.').count()).toBe(2); // one for each field
    const fresh = page.locator('[data-card][data-unfinished]');
    await fresh.getByRole('img', { name: '2 to finish' }).waitFor();

    // Left empty, the field is wrong, and it alone
    await message.press('Tab');
    await expect.poll(() => message.getAttribute('aria-invalid')).toBe('true');
    await counter(page)
      .and(page.getByRole('button', { name: /: 1 to finish · 1 problem$/ }))
      .waitFor();
    await page.locator('[data-card][data-faulty]').waitFor();

    await message.fill('Welcome');
    await expect.poll(() => message.getAttribute('aria-invalid')).toBeNull();
    await select(page, 'start');
    await counter(page)
      .and(page.getByRole('button', { name: /: 1 problem$/ }))
      .waitFor();
  });

  it('is not wrong because the next one is added, only once somebody wants to publish', async () => {
    const { page } = await open([start]);
    await add(page, /^Send a message/);
    await page.locator('.react-flow__edge-path').first().waitFor();
    await add(page, /^Ask a question/);
    await expect.poll(() => page.locator('.react-flow__edge-path').count()).toBe(2);
    await page.getByRole('button', { name: /: \d+ to finish$/ }).waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('dialog').getByText('Fill this in.').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /: \d+ problems$/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /to finish/ }).waitFor();
  });

  it('stands in the list of problems as to be finished', async () => {
    const asks = { id: 'ask', type: 'chat.ask', config: { text: '', answer: 'text' } };
    const { page } = await open([start, asks], 'problems');
    const panel = page.getByRole('complementary', { name: 'Problems' });
    await panel.getByRole('status').getByText('1 to finish').waitFor();
    await panel.getByText('To finish', { exact: true }).click();
    await panel.getByRole('button', { name: /Still to finish\s*Fill this in\.\s*Question/ }).waitFor();
  });

  it.each(LOOKS)('can be read by everybody: $scheme, $language', async (look) => {
    const { page } = await open([
      start,
      { id: 'menu', type: 'chat.buttons', config: { text: '', buttons: [] } } as never,
    ]);
    await wear(page, look);
    await select(page, 'menu');
    await page.locator('aside [data-severity="unfinished"]').first().waitFor();
    expect(await graveFaults(page)).toEqual([]);
  });
});

describe('what a step is called', () => {
  const says = (id: string, text: string) => ({ id, type: 'chat.send', config: { text } });
  it('is how it begins, without marks, as text, until somebody names it', async () => {
    const { page, settings } = await open([
      start,
      says('one', '*Hello* {{contact.name}}, welcome'),
      says('two', '<img src=x onerror=alert(1)>'),
    ]);
    await card(page, 'start').getByText('hello', { exact: true }).first().waitFor();
    await expect.poll(() => card(page, 'one').locator('strong').first().innerText()).toBe('Hello …, welcome');
    await expect
      .poll(() => card(page, 'two').locator('strong').first().innerText())
      .toBe('<img src=x onerror=alert(1)>');
    await page.getByRole('group', { name: 'Hello …, welcome, Send a message' }).first().waitFor();
    await select(page, 'one');
    await settings.getByRole('textbox', { name: 'Name on the canvas' }).fill('Greeting');
    await expect.poll(() => card(page, 'one').locator('strong').first().innerText()).toBe('Greeting');
  });

  it('keeps what only programs need folded away', async () => {
    const { page, settings } = await open([start]);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await select(page, 'start');
    const id = settings.locator('code', { hasText: 'start' });
    await settings.getByText('Details', { exact: true }).waitFor();
    expect(await id.isVisible()).toBe(false);
    await settings.getByText('Details', { exact: true }).press('Enter');
    await id.waitFor();
    await settings.getByRole('button', { name: 'Copy: Id' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('start');
  });
});

describe('values', () => {
  it('inserts a variable into a condition by a button', async () => {
    const branch = {
      id: 'branch',
      type: 'logic.branch',
      config: { match: 'all', conditions: [{ left: '', operator: 'equals', right: '' }] },
    };
    const { page, settings, id } = await open([start, branch]);
    await select(page, 'branch');
    const value = settings.getByRole('textbox', { name: /^Value/ });
    expect(await value.getAttribute('placeholder')).toBe('Choose a variable, or write a value');
    await settings
      .getByRole('group', { name: 'Condition 1' })
      .getByRole('button', { name: 'Insert a variable' })
      .first()
      .click();
    await page.getByRole('option', { name: /^contact\.firstName/ }).waitFor();
    await page.keyboard.type('contact.fi');
    await page.keyboard.press('Enter');
    await expect.poll(() => value.inputValue()).toBe('{{contact.firstName}}');
    await settings.locator('[data-tone="known"]', { hasText: '{{contact.firstName}}' }).waitFor({ state: 'attached' });
    await expect
      .poll(async () => (await savedConfig(page, id, 'branch')).conditions)
      .toMatchObject([{ left: '{{contact.firstName}}' }]);
  });

  it('writes a body by names and values, and as JSON where it is more than that', async () => {
    const call = { id: 'call', type: 'http.request', config: { method: 'POST', url: 'https://example.com' } };
    const deep = { ...call, id: 'deep', config: { ...call.config, body: { tags: ['a'] } } };
    const { page, settings, id } = await open([start, call, deep]);
    await select(page, 'call');
    const body = settings.getByRole('group', { name: 'Body' });
    await body.getByRole('button', { name: 'Add a row' }).click();
    await page.keyboard.type('age');
    await page.keyboard.press('Enter');
    await body.getByRole('textbox', { name: 'Value of age' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('7');
    await body.getByRole('button', { name: 'Add a row' }).click();
    await page.keyboard.type('city');
    await page.keyboard.press('Tab');
    await body.getByRole('textbox', { name: 'Value of city' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Lima');
    await expect.poll(async () => (await savedConfig(page, id, 'call')).body).toEqual({ age: 7, city: 'Lima' });
    await body.getByText('JSON', { exact: true }).click();
    await body.getByRole('textbox', { name: 'Body' }).waitFor();
    await body.getByText('Fields', { exact: true }).click();
    await body.getByRole('textbox', { name: 'Value of age' }).waitFor();

    await select(page, 'deep');
    await body.getByText('This is more than names with a value each').waitFor();
    await body.getByRole('textbox', { name: 'Body' }).waitFor();
    expect(await body.getByRole('radio', { name: 'Fields' }).isDisabled()).toBe(true);
    expect(await savedConfig(page, id, 'deep')).toMatchObject({ body: { tags: ['a'] } });
  });

  it('draws a field alone while one writes in it', async () => {
    const menu = {
      id: 'menu',
      type: 'chat.buttons',
      config: { text: 'Hello', footer: 'Bye', timeout: 'PT1H', buttons: [{ id: 'yes', title: 'Yes' }] },
    };
    const { page, settings } = await open([start, menu]);
    await select(page, 'menu');
    const footer = settings.getByRole('textbox', { name: /^Footer/ });
    await footer.press('End');
    await counter(page).waitFor();
    // The form was drawn as a whole when it opened
    expect(await page.evaluate(() => window.drawnFields)).toEqual(expect.arrayContaining(['Message *', 'Footer']));
    await page.evaluate(() => {
      window.drawnFields = [];
    });
    await page.keyboard.type('abc');
    await expect.poll(() => footer.inputValue()).toBe('Byeabc');
    const drawn = await page.evaluate(() => window.drawnFields);
    expect(drawn.length).toBeGreaterThan(0);
    expect(new Set(drawn)).toEqual(new Set(['Footer']));
  });
});
