import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';
import type { CaseResult } from '../case-result.ts';
import { notTheStore } from './not-the-store.ts';
import type { Told } from './report.ts';

const FILE_LIMIT = 300_000; // ms; the longest file takes a third of it
const CHILD = join(import.meta.dirname, 'run-file.ts');

/** mongoose's own test files, as paths within its repository. */
export function mongooseFiles(folder: string): string[] {
  const inside = ['test', 'test/docs', 'test/helpers'].flatMap((below) =>
    readdirSync(join(folder, below)).map((name) => join(below, name)),
  );
  return inside.filter((name) => name.endsWith('.test.js')).sort();
}

/**
 * Runs mongoose's own tests against a store of their own, one process a file. `folder` is the repository with its
 * dependencies and mocha installed.
 */
export async function runMongoose(folder: string, files = mongooseFiles(folder)): Promise<CaseResult[]> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-mongoose-'));
  const store = await startEmbeddedStore({ directory, onFault: (error) => console.error(error) });
  const results: CaseResult[] = [];
  try {
    for (const file of files) results.push(...(await runFile(folder, file, store.uri)));
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
  return results;
}

function runFile(folder: string, file: string, uri: string): Promise<CaseResult[]> {
  const env = { ...process.env, MONGOOSE_TEST_URI: uri, MONGOOSE_REPLSET_URI: uri, START_REPLICA_SET: '1' };
  const child = fork(CHILD, [folder, file], { cwd: folder, env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const results: CaseResult[] = [];
  child.on('message', (told: Told) => results.push({ suite: 'mongoose', file, ...judged(told) }));
  const { promise, resolve } = Promise.withResolvers<CaseResult[]>();
  const stopped = (why: string): CaseResult => ({
    suite: 'mongoose',
    file,
    test: '(the whole file)',
    outcome: 'failed',
    unlisted: [],
    sent: 0,
    why,
  });
  const timer = setTimeout(() => {
    results.push(stopped(`not done within ${FILE_LIMIT} ms`));
    child.kill('SIGKILL');
  }, FILE_LIMIT);
  // mocha is done when the channel closes; what a test left open would keep the process alive.
  child.once('disconnect', () => child.kill('SIGKILL'));
  child.once('exit', (code) => {
    clearTimeout(timer);
    if (code !== null && code !== 0) results.push(stopped(`ended with ${code}`));
    resolve(results);
  });
  return promise;
}

function judged(told: Told): Told {
  const because = told.outcome === 'failed' ? notTheStore(told.test, told.why ?? '') : undefined;
  return because ? { ...told, outcome: 'skipped', why: because } : told;
}
