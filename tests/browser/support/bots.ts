import type { Page } from 'playwright-core';
import type { WatchedPage } from './browser.ts';

/** What the tests of the list say over the API, as whoever is signed in to the page. */
export function botsOver({ page }: Pick<WatchedPage, 'page'>, url: string) {
  const headers = { origin: url };
  const call = async (method: 'post' | 'patch' | 'delete', path: string, data?: object) => {
    const answer = await page.request[method](path, { headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  };
  return {
    /** Its id. */
    async save(document: { name: string }, tags: string[] = []): Promise<string> {
      return (await call('post', '/api/flows', { document, tags })).id;
    },
    publish: (id: string) => call('post', `/api/flows/${id}/publish`, {}),
    importAll: (document: object) => call('post', '/api/flows/import', { source: 'parley', document }),
    /** So that each test begins without bots. Those that run others go first. */
    async clear(): Promise<void> {
      for (let round = 0; round < 3; round += 1) {
        const { items } = await (await page.request.get('/api/flows?limit=200')).json();
        if (items.length === 0) return;
        for (const { id } of items) await page.request.delete(`/api/flows/${id}`, { headers });
      }
    },
  };
}

/** A bot that says hello to whoever writes one of the words. */
export const greeter = (name: string, keywords: string[] = [name], more: object[] = []) => ({
  format: 'parley.flow/1',
  name,
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords } },
    { id: 'hello', type: 'chat.send', config: { kind: 'text', text: 'Hello' } },
    ...more,
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
});

export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** Chooses from the menu of one bot. */
export async function fromMenu(page: Page, bot: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${bot}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
