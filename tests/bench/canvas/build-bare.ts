import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BENCH = fileURLToPath(new URL('../../../editor/bench', import.meta.url));
const VITE = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url));

/** Builds the page that React Flow is measured bare on. */
export async function buildBare(directory: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production' };
  const options = ['build', '--logLevel', 'error', '--outDir', directory, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, [VITE, ...options], { cwd: BENCH, env });
}
