import { expect, it } from 'vitest';
import { launchBrowser, openPage } from './support/browser.ts';
import { ADMIN, startParley } from './support/parley.ts';
import { readExample } from './support/visit.ts';

it('probe.html runs a conversation as the runtime does here', async () => {
  const [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN })]);
  try {
    const { page, faults } = await openPage(browser, parley.url);
    await page.goto('/probe.html');
    await page.waitForFunction(() => 'runConversation' in window);
    const result = await page.evaluate(
      async (document) => {
        const run = Reflect.get(window, 'runConversation');
        const contact = { name: 'Zoë Ünal', phone: '+447700900002' };
        const options = { now: '2026-03-02T09:00:00.000Z', contact };
        return run(document, [{ text: 'hello' }], options);
      },
      await readExample('welcome'),
    );
    expect(result).toMatchObject({ status: 'waiting', owner: 'bot' });
    expect(result.sent.map(({ text }: { text: string }) => text)).toEqual([expect.stringContaining('Hello Zoë')]);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await parley.stop();
  }
});
