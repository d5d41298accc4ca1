import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launchBrowser } from '../browser/support/browser.ts';
import { ADMIN, startParley } from '../browser/support/parley.ts';
import { buildBare } from './canvas/build-bare.ts';
import type { Frames } from './canvas/frames.ts';
import { type Measured, measureCanvas } from './canvas/measure.ts';

/** `npm run bench:canvas`: 1,000 nodes, about 60 in view; pan, drag and type, beside a bare React Flow. */
const BAR = { frame: 20, open: 1_000 }; // ms: p95 of a frame on pan and drag; from the flow's answer to cards
const ROUNDS = 5; // of which the median counts

const EDITOR = fileURLToPath(new URL('../../editor', import.meta.url));
const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));

const directory = await mkdtemp(join(tmpdir(), 'parley-bench-'));
const directories = {
  product: process.env.PARLEY_EDITOR_DIRECTORY ?? join(directory, 'product'),
  bare: join(directory, 'bare'),
};
const env = { ...process.env, NODE_ENV: 'production' };
const options = ['build', '--logLevel', 'error', '--outDir', directories.product, '--emptyOutDir'];
if (!process.env.PARLEY_EDITOR_DIRECTORY)
  await promisify(execFile)(process.execPath, [VITE, ...options], { cwd: EDITOR, env });
await buildBare(directories.bare);
const browser = await launchBrowser();
const parley = await startParley({ admin: ADMIN, env: { PARLEY_EDITOR_DIRECTORY: directories.product } });
try {
  const { ours, bare } = await measureCanvas(browser, parley, directories.bare, ROUNDS);
  print('ours', ours);
  print('bare', bare);
  const share = (of: 'p95' | 'work') =>
    (['pan', 'drag'] as const).map((gesture) => `${gesture} x${(ours[gesture][of] / bare[gesture][of]).toFixed(2)}`);
  console.log(
    `ours beside bare: p95 of a frame ${share('p95').join(', ')}; work of a frame ${share('work').join(', ')}`,
  );
  const worst = Math.max(ours.pan.p95, ours.drag.p95);
  console.log(
    `bar: p95 of pan and drag ${worst.toFixed(1)} <= ${BAR.frame} ms, open ${ours.open} < ${BAR.open} ms; medians of ${ROUNDS} runs`,
  );
  process.exitCode = worst <= BAR.frame && ours.open < BAR.open ? 0 : 1;
} finally {
  await browser.close();
  await parley.stop();
  await rm(directory, { recursive: true, force: true });
}

function print(name: string, { inView, open, pan, drag, type }: Measured): void {
  const words = (frames: Frames | null) =>
    frames
      ? `${frames.p50.toFixed(1)} / ${frames.p95.toFixed(1)} (late ${frames.late.toFixed(0)} %, work ${frames.work.toFixed(1)})`
      : '-';
  console.log(
    `${name}: ${inView} in view, open ${open} ms; p50 / p95 ms of a frame: pan ${words(pan)}, drag ${words(drag)}, type ${words(type)}`,
  );
}
