import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildBare } from '../bench/canvas/build-bare.ts';
import { measureCanvas } from '../bench/canvas/measure.ts';
import { launchBrowser } from './support/browser.ts';
import { ADMIN, type RunningParley, startParley } from './support/parley.ts';

/** Beside a bare React Flow with the same bodies in the same browser; the machine's own speed cancels out. */
const MOST_OF_BARE = 1.5;
const FRAME = 1000 / 60; // ms: below one frame a share says nothing

let browser: Browser;
let parley: RunningParley;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-bare-'));
  [browser, parley] = await Promise.all([launchBrowser(), startParley({ admin: ADMIN }), buildBare(directory)]);
});
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
  await rm(directory, { recursive: true, force: true });
});

it('pans and drags 1,000 nodes about as fast as React Flow alone', async () => {
  const { ours, bare } = await measureCanvas(browser, parley, directory);
  expect(ours.inView).toBeGreaterThan(30);
  expect(ours.inView).toBeLessThan(200);
  const share = (one: number, other: number) => one / Math.max(other, FRAME);
  expect(share(ours.pan.p50, bare.pan.p50)).toBeLessThan(MOST_OF_BARE);
  expect(share(ours.drag.p50, bare.drag.p50)).toBeLessThan(MOST_OF_BARE);
});
