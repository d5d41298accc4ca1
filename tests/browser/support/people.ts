import type { Page } from 'playwright-core';

const ANA = '+447700900001'; // Ofcom keeps these numbers for fiction

/** `count` trial phones, and as many messages on the first of them: lists long enough to be looked at. Their ids. */
export async function fillLists(page: Page, count: number): Promise<string[]> {
  const headers = { origin: new URL(page.url()).origin };
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const data = { provider: 'simulator', name: number % 2 ? `Trial ${number}` : `رقم الدعم ${number}` };
    ids.push((await (await page.request.post('/api/channels', { headers, data })).json()).id);
  }
  for (let number = 1; number <= count; number += 1)
    await page.request.post(`/api/channels/${ids[0]}/inbound`, {
      headers,
      data: { from: ANA, text: `Hello ${number}` },
    });
  return ids;
}
