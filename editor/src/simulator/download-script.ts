import type { FlowTest } from '../api/flow-tests.ts';

/** Saves a test as a file for `npm run parley -- test`; the flow is looked for beside it, as flow.json. */
export function downloadScript({ title, script }: FlowTest): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(script, null, 2)}\n`], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = `${fileNameOf(title)}.json`;
  link.click();
  // Once the browser has begun to save it
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const fileNameOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'test';
