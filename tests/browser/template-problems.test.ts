import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { ADMIN, type RunningParley, startParley } from './support/parley.ts';
import { type RunningSimulator, startListener, startSimulator } from './support/simulator.ts';
import { saveFlow, visit } from './support/visit.ts';

interface State {
  numbers: { provider: string; credentials: Record<string, string> }[];
}

let browser: Browser;
let listener: Awaited<ReturnType<typeof startListener>>;
let simulator: RunningSimulator;
let parley: RunningParley;
let keys: Record<string, string>;

beforeAll(async () => {
  [browser, listener] = await Promise.all([launchBrowser(), startListener()]);
  simulator = await startSimulator(listener.url);
  parley = await startParley({ admin: ADMIN, env: { META_GRAPH_URL: simulator.url } });
  const { numbers } = await simulator.control<State>('/state');
  const { appId: _, ...credentials } = numbers.find(({ provider }) => provider === 'meta')?.credentials ?? {};
  keys = credentials;
  const { page } = await visit(browser, parley, '/bots');
  const headers = { origin: parley.url };
  const data = { provider: 'meta', name: 'Bakery', ...keys };
  expect((await page.request.post('/api/channels', { headers, data })).status()).toBe(201);
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
  await simulator?.stop();
  await listener?.close();
});

const template = (id: string, config: object) => ({ id, type: 'chat.template', label: id, config });
/** Sends what the simulator's number has: `order_update` with two places, `invoice` with a document and an address. */
const ORDERS = {
  format: 'parley.flow/1',
  name: 'Orders',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['order'] } },
    template('Update', { name: 'order_update', language: 'en_US', parameters: { 1: 'Ana', 2: '' } }),
    template('Bill', { name: 'invoice', language: 'en_US', parameters: { 1: 'A-7' } }),
    template('Typo', { name: 'order_updat', language: 'en_US' }),
    template('Offer', { name: 'paused_offer', language: 'en_US' }),
  ],
  edges: ['start', 'Update', 'Bill', 'Typo'].map((source, index, all) => ({
    id: `e${index}`,
    source,
    sourceHandle: 'next',
    target: all[index + 1] ?? 'Offer',
  })),
  layout: { nodes: { start: [0, 0], Update: [340, 0], Bill: [680, 0], Typo: [0, 300], Offer: [340, 300] } },
};

it('says in the list and at the field what WhatsApp would refuse, until it is mended', async () => {
  const { page, faults, ...watched } = await visit(browser, parley, '/bots');
  const headers = { origin: parley.url };
  const id = await saveFlow({ page, faults, ...watched }, ORDERS);

  await page.goto(`/bots/${id}?panel=problems`);
  const panel = page.getByRole('complementary', { name: 'Problems' });
  await panel.getByRole('status').getByText('2 to finish · 1 error · 2 warnings').waitFor();
  const of = (step: string) => panel.getByRole('region', { name: step });
  await of('Bill').getByText('This template begins with a document.').waitFor();
  await of('Bill').getByText('Button 1 of the template opens a web address.').waitFor();
  await of('Typo').getByText('WhatsApp has told of no template “order_updat”.').waitFor();
  await of('Offer').getByText('WhatsApp has paused the template “paused_offer” (en_US)').waitFor();
  await of('Update').getByRole('button', { name: 'Still empty: {{2}}.' }).press('Enter');
  await page.locator('.react-flow__node.selected[data-id=Update]').waitFor();
  await page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('complementary', { name: 'Settings' });
  const parameters = settings.getByRole('group', { name: 'Parameters' });
  const empty = parameters.getByText('Still empty: {{2}}. WhatsApp refuses a template with an empty place.');
  await empty.waitFor();
  await parameters.getByRole('textbox', { name: 'Value of 2' }).fill('A-7');
  await empty.waitFor({ state: 'detached' });

  const refused = await page.request.post(`/api/flows/${id}/publish`, { headers, data: {} });
  expect(await refused.json()).toMatchObject({ status: 422, code: 'flow_has_errors' });
  expect(faults).toEqual([]);
});

it('is read again beside the template, once WhatsApp has changed its mind', async () => {
  const { page, faults, ...watched } = await visit(browser, parley, '/bots');
  const id = await saveFlow({ page, faults, ...watched }, ORDERS);
  await page.goto(`/bots/${id}?panel=problems`);
  const problem = page.getByRole('complementary', { name: 'Problems' }).getByText('WhatsApp has paused the template');
  await problem.waitFor();

  await unpause('paused_offer');
  await page.locator('[data-card="Offer"]').getByText('Offer', { exact: true }).click();
  await page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByRole('button', { name: 'en_US paused' }).waitFor();
  await settings.getByRole('button', { name: 'Read templates from WhatsApp' }).press('Enter');
  await settings
    .getByRole('status')
    .getByText(/^Templates read: \d+$/)
    .waitFor();
  await settings.getByRole('button', { name: 'en_US approved' }).waitFor();
  await page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name: 'Problems' }).click();
  await page.getByRole('complementary', { name: 'Problems' }).getByRole('region', { name: 'Typo' }).waitFor();
  await problem.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

/** As WhatsApp does when people complain no more. */
async function unpause(name: string): Promise<void> {
  const headers = { authorization: `Bearer ${keys.accessToken}` };
  const path = `${simulator.url}/v25.0/${keys.businessAccountId}/message_templates?name=${name}`;
  const { data } = (await (await fetch(path, { headers })).json()) as { data: { id: string }[] };
  const unpaused = await fetch(`${simulator.url}/v25.0/${data[0]?.id}/unpause`, { method: 'POST', headers });
  expect(unpaused.status).toBe(200);
}
