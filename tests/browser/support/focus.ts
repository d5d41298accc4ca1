import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** Whether the control, or something in it, has the focus. */
export const holdsFocus = (one: Locator): Promise<boolean> =>
  one.evaluate((element) => element.contains(document.activeElement));

/** Waits until the keys go there: what opens is seen a moment before it takes them. */
export const takesFocus = (one: Locator): Promise<void> => expect.poll(() => holdsFocus(one)).toBe(true);
