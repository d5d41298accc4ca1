import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { greeter } from './support/bots.ts';
import type { WatchedPage } from './support/browser.ts';
import { leadFlow } from './support/lead-flow.ts';
import { openParley } from './support/open-parley.ts';
import { PNG } from './support/pictures.ts';
import { openTraffic } from './support/traffic.ts';
import { visit } from './support/visit.ts';

const { browser, parley } = await openParley();
let watched: WatchedPage;
let page: Page;
let bot: string;
/** Ana's conversation: she bought, for eighty people. */
let ana: string;

const PEOPLE = ['Ana', 'Bo', 'Carla', 'Dino', 'Eve', 'Finn', 'Gül', 'Hans', 'Ida', 'Jo', 'Kim', 'ليلى'];
const phone = (number: number): string => `+4477009000${String(number + 10)}`;

beforeAll(async () => {
  const first = await visit(browser, parley, '/bots');
  const { flow, write, counted } = await openTraffic(first, leadFlow);
  bot = flow;
  // Twelve begin, four buy and come to the end, one asks for help and waits
  for (const [number, name] of PEOPLE.entries()) {
    const who = { from: phone(number), name };
    const conversation = await write({ ...who, text: 'hi' });
    if (name === 'Ana') ana = conversation;
    if (name === 'Eve') await write({ ...who, button: 'help', text: 'I need help' });
    if (number >= 4) continue;
    await write({ ...who, button: 'buy', text: 'I want to buy' });
    await write({ ...who, text: `I am ${name}` });
    await write({ ...who, text: number === 0 ? '80' : '5' });
  }
  await counted(PEOPLE.length, 4);
  await first.page.context().close();
});
beforeEach(async () => {
  watched = await visit(browser, parley, `/bots/${bot}`);
  page = watched.page;
});
/** Nothing may go wrong in a page, whatever the test was about. */
afterEach(async () => {
  await page.context().close();
  expect(watched.faults).toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const panel = () => page.getByRole('complementary', { name: 'Figures' });
const openPanel = () => page.getByRole('toolbar').getByRole('button', { name: 'Figures' }).click();
const figures = async () =>
  (await panel().getByLabel('At a glance').locator('dt, dd').allTextContents()).join(' ').replace(/\s+/g, ' ');
const pairs = (name: string) =>
  panel().getByRole('region', { name: 'Figures of this step' }).locator('dl > div', { hasText: name }).innerText();

describe('the figures of a bot', () => {
  it('say how it does, where people stop, and who came by; each person leads to a journey', async () => {
    await openPanel();
    await panel().getByRole('heading', { name: 'Where people stop' }).waitFor();
    expect(await figures()).toBe('Conversations 12 Reached the end 33.3% Inside now 8 Handed over to a person 0');

    // The greatest loss: seven of twelve never pressed a button
    await button(/Ask with buttons .*7 still waiting/).click();
    await panel().getByRole('heading', { name: 'What brings you here?' }).waitFor();
    expect((await pairs('Came here')).split('\n')).toEqual(['Came here', '12']);
    expect((await pairs('I want to buy')).split('\n')).toEqual(['I want to buy', '4 33.3%']);
    expect((await pairs('I need help')).split('\n')).toEqual(['I need help', '1 8.3%']);
    await panel().getByText('As a table').click();
    await panel().getByRole('row', { name: / 12$/ }).waitFor();

    await panel().getByRole('combobox', { name: 'Show' }).selectOption({ label: 'By “I want to buy”' });
    await button(/^Dino/).waitFor();
    expect(
      await panel()
        .getByRole('button', { name: /I want to buy/ })
        .count(),
    ).toBe(4);
    await button(/^Ana/).click();
    await panel()
      .getByRole('heading', { name: /Journey of .*Ana/ })
      .waitFor();
    expect(new URL(page.url()).searchParams.get('journey')).toBe(ana);
    await button('Back to the figures').click();
    await panel().getByRole('heading', { name: 'Where people stop' }).waitFor();
  });

  it('are drawn on the canvas, and gone when the panel closes', async () => {
    await openPanel();
    const menu = page.getByRole('application').locator('[data-id="menu"]').first();
    await menu.getByText('12 came here').waitFor({ state: 'attached' });
    await button(/Close Figures|Close/)
      .last()
      .click();
    await menu.getByText('12 came here').waitFor({ state: 'detached' });
  });

  it('go by period and version, and say what is wrong with dates', async () => {
    await openPanel();
    await panel().getByRole('combobox', { name: 'Version' }).selectOption('Live version (1)');
    await panel().getByRole('heading', { name: 'Where people stop' }).waitFor();
    await panel().getByRole('combobox', { name: 'Period' }).selectOption('Own dates');
    await panel().getByLabel('From').fill('2026-03-02');
    await panel().getByLabel('Until').fill('2026-03-01');
    await panel().getByRole('alert').getByText('Choose two days').waitFor();
    await panel().getByLabel('Until').fill('2026-03-09');
    await panel().getByRole('heading', { name: 'No figures yet' }).waitFor();
    await panel().getByText('Choose a longer one').waitFor();
  });

  it('are short where they are thousands', async () => {
    await page.route('**/api/flows/*/counts?*', async (route) => {
      const answer = await (await route.fetch()).json();
      const many = (counts: Record<string, number>) =>
        Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, count * 12_345]));
      const nodes = Object.entries(answer.nodes as Record<string, { entered: number; left: Record<string, number> }>);
      await route.fulfill({
        json: {
          ...answer,
          sessions: answer.sessions * 12_345,
          ports: many(answer.ports),
          nodes: Object.fromEntries(nodes.map(([id, node]) => [id, { ...node, entered: node.entered * 12_345 }])),
        },
      });
    });
    await openPanel();
    await panel().getByText('148,140').waitFor();
    await page.getByRole('application').getByText('148.1K').first().waitFor();
  });

  it('teach what will stand here where there are none', async () => {
    const headers = { origin: parley.url };
    const made = await page.request.post('/api/flows', { headers, data: { name: 'New' } });
    await page.goto(`/bots/${(await made.json()).id}`);
    await openPanel();
    await panel().getByRole('heading', { name: 'No figures yet' }).waitFor();
    await panel().getByText('Publish this bot').waitFor();
    await button('Try it in the simulator').click();
    await panel().waitFor({ state: 'detached' });
  });
});

describe('the journey of a conversation', () => {
  const steps = () => page.getByRole('list', { name: 'Steps' });
  const current = () => steps().locator('[aria-current="step"]');

  it('is opened by its address and followed by the keyboard', async () => {
    await page.goto(`/bots/${bot}?journey=${ana}`);
    await panel().getByText('Step 4 of 4').waitFor();
    await current().getByText('Thank you I am Ana, our sales team will call you.').waitFor();
    await current().getByText('The bot reached its end').waitFor();
    expect(await panel().getByText('may differ').count()).toBe(0);
    await current().focus();
    await page.keyboard.press('ArrowUp');
    await panel().getByText('Step 3 of 4').waitFor();
    await page.keyboard.press('Home');
    await panel().getByText('Step 1 of 4').waitFor();
    await current().getByText('wrote').waitFor();
    await page.keyboard.press('ArrowRight');
    await current().getByText('chose').waitFor();
    await current().getByText('I want to buy').waitFor();
    await button('Next step').click();
    await current().getByText('I am Ana').waitFor();
    // Nothing but the panel scrolls, however long the journey is
    await page.setViewportSize({ width: 1440, height: 360 });
    await current().focus();
    await page.keyboard.press('End');
    await panel().getByText('Step 4 of 4').waitFor();
    const scrolled = await panel().evaluate((pane) => {
      const around: Element[] = [];
      for (let one = pane.parentElement; one; one = one.parentElement) around.push(one);
      return around.filter((one) => one.scrollTop > 0 || one.scrollHeight > one.clientHeight + 1).length;
    });
    expect(scrolled).toBe(0);
  });

  it('says where the canvas is another one than then', async () => {
    const headers = { origin: parley.url };
    const saved = await (await page.request.get(`/api/flows/${bot}`)).json();
    const nodes = leadFlow.nodes.filter(({ id }) => id !== 'sales');
    const edges = leadFlow.edges.filter(({ target }) => target !== 'sales');
    await page.request.put(`/api/flows/${bot}`, { headers, data: { document: { ...leadFlow, nodes, edges } } });
    await page.goto(`/bots/${bot}?journey=${ana}`);
    await panel().getByText('This was version 1; the canvas shows the draft, which may differ.').waitFor();
    await panel().getByText('sales is no longer on the canvas.').waitFor();
    await page.request.put(`/api/flows/${bot}`, { headers, data: { document: saved.document } });
  });

  it("shows what was sent beside words, and calls it so in the reader's language", async () => {
    const { write } = await openTraffic(watched, greeter('Album', ['look']));
    const who = { from: phone(70), name: 'Lu' };
    await write({ ...who, picture: PNG, text: 'look' });
    const conversation = await write({ ...who, text: 'look' });
    await page.goto(`/bots/${bot}?journey=${conversation}`);
    await panel().getByText('Step 2 of 2').waitFor();
    expect(await current().getByText('Picture').count()).toBe(0);
    await button('Previous step').click();
    await current().getByText('Picture', { exact: true }).waitFor();
    await current().getByText('look', { exact: true }).waitFor();
    await wear(page, { scheme: 'light', language: 'ar' });
    await page.getByText('صورة', { exact: true }).first().waitFor();
  });

  it('names the steps of another bot as that bot does, and the numbers of each version', async () => {
    const called = (name: string, word: string, label: string) => {
      const { nodes, ...rest } = greeter(name, [word]);
      return { ...rest, nodes: nodes.map((node) => ({ ...node, label })) };
    };
    const { write, ask, flow } = await openTraffic(watched, called('Sales', 'sell', 'Of sales'));
    const { id: support } = await ask('post', '/api/flows', { document: called('Support', 'mend', 'Of support') });
    await ask('post', `/api/flows/${support}/publish`, {});
    const who = { from: phone(80), name: 'Mo' };
    await write({ ...who, text: 'sell' });
    const conversation = await write({ ...who, text: 'mend' });
    await page.goto(`/bots/${support}?journey=${conversation}`);
    await steps()
      .getByText(/Of support.*›.*Of support/)
      .waitFor();
    await steps()
      .getByText(/Of sales.*›.*Of sales/)
      .waitFor();

    // More versions than the API tells at once, none of which is live any more
    for (let version = 2; version <= 12; version++) {
      const document = called('Sales', 'sell', `Of sales ${version}`);
      await ask('put', `/api/flows/${flow}`, { document });
      await ask('post', `/api/flows/${flow}/publish`, {});
    }
    await ask('post', `/api/flows/${flow}/deactivate`, {});
    await page.goto(`/bots/${flow}?panel=counts`);
    const versions = panel().getByRole('combobox', { name: 'Version' }).locator('option');
    await expect.poll(() => versions.allTextContents()).toHaveLength(13);
    expect((await versions.allTextContents()).filter((one) => one.includes('Live'))).toEqual([]);
  });

  it('is found by a name, and tells where there is none', async () => {
    await openPanel();
    const search = panel().getByRole('searchbox', { name: 'Follow one conversation' });
    await search.fill('Carla');
    await panel().getByRole('list', { name: 'Conversations found' }).getByRole('button', { name: /Carla/ }).click();
    await panel().getByText('Step 4 of 4').waitFor();
    await button('Back to the figures').click();
    await search.fill('Nobody of this name');
    await panel().getByText('No name, number or last message holds these words.').waitFor();
    await page.goto(`/bots/${bot}?journey=cnv_unknown`);
    await panel().getByText('There is no such conversation.').waitFor();
    watched.faults.splice(0, watched.faults.length, ...watched.faults.filter((fault) => !fault.includes('404')));
  });
});

it.each(LOOKS)('has no grave fault of access: %o', async (look) => {
  await wear(page, look);
  await page.getByRole('toolbar').getByRole('button').nth(5).click();
  const pane = page.getByRole('complementary').last();
  await pane.locator('ol button').first().click();
  await pane.locator('ul button').nth(9).waitFor();
  expect(await graveFaults(page, 'aside')).toEqual([]);
  await page.goto(`/bots/${bot}?journey=${ana}`);
  await pane.locator('ol button').nth(3).waitFor();
  expect(await graveFaults(page, 'aside')).toEqual([]);
});

it('fits a phone: nothing is cut, everything is large enough for a finger', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPanel();
  await button(/Ask with buttons .*7 still waiting/).click();
  await button(/^Kim/).waitFor();
  const faults = await panel().evaluate((pane) => {
    const small = [...pane.querySelectorAll('button:not([aria-label^="Close"]), select, summary, input')].filter(
      (one) => one.getBoundingClientRect().height < 40 || one.getBoundingClientRect().right > innerWidth,
    );
    return [
      ...small.map((one) => one.textContent ?? one.tagName),
      ...(pane.scrollWidth > pane.clientWidth ? ['wide'] : []),
    ];
  });
  expect(faults).toEqual([]);
});

it('is followed below the canvas on a phone, which shows where it stands', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/bots/${bot}?journey=${ana}`);
  const canvas = page.getByRole('application', { name: 'Canvas' });
  for (const [step, name] of [
    ['Step 4 of 4', 'our sales team'],
    ['Step 3 of 4', 'How many people'],
  ] as const) {
    await panel().getByText(step).waitFor();
    await expect
      .poll(async () => {
        const card = await canvas.locator('[data-card]', { hasText: 'Here' }).filter({ hasText: name }).boundingBox();
        const ground = await canvas.boundingBox();
        return !!card && !!ground && card.x >= 0 && card.x + card.width <= ground.width && card.y >= ground.y;
      })
      .toBe(true);
    await button('Previous step').click();
  }
});

it('follow a new conversation without a reload', async () => {
  const { flow, write, counted } = await openTraffic(watched, greeter('Fresh', ['fresh']));
  await write({ from: phone(60), name: 'First', text: 'fresh' });
  await counted(1, 1);
  await page.goto(`/bots/${flow}?panel=counts`);
  const hello = page.getByRole('application').locator('[data-id="hello"]').first();
  await hello.getByText('1 came here').waitFor({ state: 'attached' });
  await page.evaluate(() => Reflect.set(window, 'isTheSamePage', true));
  await write({ from: phone(61), name: 'Second', text: 'fresh' });
  await hello.getByText('2 came here').waitFor({ state: 'attached' });
  await expect.poll(figures).toContain('Conversations 2');
  expect(await page.evaluate(() => Reflect.get(window, 'isTheSamePage'))).toBe(true);
});
