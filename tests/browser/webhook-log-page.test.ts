import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPage, type WatchedPage } from './support/browser.ts';
import { openParley } from './support/open-parley.ts';
import { ADMIN } from './support/parley.ts';

const BAKERY_FLOW = new URL('../../editor/src/simulator/testing/bakery-flow.json', import.meta.url);
const APP_SECRET = 'app-secret-0123';
const ANA = '+447700900001';

// Nobody answers there: the number's check fails, and nothing else needs Meta
const { browser, parley } = await openParley({ env: { META_GRAPH_URL: 'http://127.0.0.1:9' } });
let watched: WatchedPage;
let page: Page;

beforeEach(async () => {
  watched = await openPage(browser, parley.url, { viewport: { width: 1280, height: 800 } });
  page = watched.page;
  await page.goto('/webhook-log');
  await page.request.post('/api/auth/login', { data: ADMIN });
  await page.reload();
  await page.getByRole('heading', { name: 'Webhook log' }).waitFor();
});
afterEach(async () => {
  expect(watched.faults).toEqual([]);
  await page.context().close();
});

const post = async (path: string, data: object) => {
  const answer = await page.request.post(path, { headers: { origin: parley.url }, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
};

/** As Meta calls, also with what it should never send. */
async function tell(field: string, value: object) {
  const entry = [{ id: '7002', changes: [{ field, value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const signature = `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
  expect((await fetch(`${parley.url}/webhook/meta/whatsapp`, { method: 'POST', headers, body })).status).toBe(200);
}

it('teaches what will stand there before anything was heard', async () => {
  await page.getByRole('heading', { name: 'Nothing has been heard yet' }).waitFor();
  await page.getByText('Set aside', { exact: true }).click();
  await page.getByText('Nothing here is in this state.').waitFor();
});

it('shows what was handled, what could not be read and why, with all that was told', async () => {
  const flow = await post('/api/flows', { document: JSON.parse(await readFile(BAKERY_FLOW, 'utf8')) });
  await post(`/api/flows/${flow.id}/publish`, {});
  const trial = await post('/api/channels', { provider: 'simulator', name: 'Trial' });
  const meta = { phoneNumberId: '7001', businessAccountId: '7002', accessToken: 'token', appSecret: APP_SECRET };
  await post('/api/channels', { provider: 'meta', name: 'Support', ...meta });
  await post(`/api/channels/${trial.id}/inbound`, { from: ANA, text: 'hello' });
  const metadata = { phone_number_id: '7001', display_phone_number: '14155238886' };
  await tell('messages', { messaging_product: 'whatsapp', metadata, messages: [{ id: 'wamid.1', type: 'text' }] });

  const entries = page.getByRole('list', { name: 'What was heard' }).getByRole('listitem');
  const handled = entries.filter({ hasText: 'hello' });
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      return handled.getByText('Handled').count();
    })
    .toBe(1);
  await handled.getByRole('button', { name: 'Details of Message' }).click();
  await handled.getByRole('region', { name: 'What it did' }).getByText('"visited"').waitFor();

  await page.getByText('Kept', { exact: true }).first().click();
  const kept = entries.filter({ hasText: 'names nobody' });
  await kept.getByRole('heading', { name: 'Message that could not be read over Support' }).waitFor();
  expect(await handled.count()).toBe(0);
  await kept.getByRole('button', { name: 'Details of Message that could not be read' }).press('Enter');
  await kept.getByRole('region', { name: 'What was told' }).getByText('"wamid.1"').waitFor();
});
