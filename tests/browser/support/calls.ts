import type { Page } from 'playwright-core';

/**
 * How often a function of the page ran while something was done: an exact count, however busy the machine is. It is the
 * innermost one whose text, as it was delivered, has these words.
 */
export async function callsDuring(page: Page, words: string, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.send('Profiler.takePreciseCoverage'); // what ran until now is not counted
  await work();
  const { result } = await session.send('Profiler.takePreciseCoverage');
  let calls = 0;
  for (const { scriptId, url, functions } of result) {
    if (!url.endsWith('.js')) continue;
    const { scriptSource } = await session.send('Debugger.getScriptSource', { scriptId });
    const at = scriptSource.indexOf(words);
    if (at < 0) continue;
    const around = functions
      .map(({ ranges: [range] }) => range)
      .filter((range) => range !== undefined && range.startOffset <= at && at < range.endOffset)
      .sort((one, other) => (other?.startOffset ?? 0) - (one?.startOffset ?? 0));
    calls += around[0]?.count ?? 0;
  }
  await session.detach();
  return calls;
}
