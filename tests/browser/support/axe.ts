import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const GRAVE = ['serious', 'critical'];

/** What axe finds serious or critical on the page as it stands, a line each; `within` narrows it to one part. */
export async function graveFaults(page: Page, within?: string): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (within ? builder.include(within) : builder).analyze();
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    );
}

export interface Look {
  scheme: 'light' | 'dark';
  language: 'en' | 'ar';
}

export const LOOKS: readonly Look[] = [
  { scheme: 'light', language: 'en' },
  { scheme: 'dark', language: 'en' },
  { scheme: 'light', language: 'ar' },
  { scheme: 'dark', language: 'ar' },
];

/** Shows the page in a scheme and a language (Arabic runs from right to left); reloads it. */
export async function wear(page: Page, { scheme, language }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.evaluate((code) => localStorage.setItem('parley.language', code), language);
  await page.reload();
}
