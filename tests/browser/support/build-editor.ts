import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const HOUSE = fileURLToPath(new URL('../../..', import.meta.url));

declare module 'vitest' {
  export interface ProvidedContext {
    editorDirectory: string;
  }
}

/**
 * Builds the pages as they are delivered, once for all browser tests, where nobody else's build overwrites them. Pages
 * that are built already are named by PARLEY_EDITOR_DIRECTORY.
 */
export default async function buildEditor(project: TestProject): Promise<() => Promise<void>> {
  const built = process.env.PARLEY_EDITOR_DIRECTORY;
  if (built) {
    project.provide('editorDirectory', built);
    return async () => {};
  }
  const directory = await mkdtemp(join(tmpdir(), 'parley-editor-'));
  const vite = join(HOUSE, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' }; // a test's own would bring React's development build
  const options = ['build', '--logLevel', 'error', '--outDir', directory, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, [vite, ...options], { cwd: join(HOUSE, 'editor'), env });
  project.provide('editorDirectory', directory);
  return () => rm(directory, { recursive: true, force: true });
}
