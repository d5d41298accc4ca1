import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';
import { BSON, type CommandStartedEvent, MongoClient } from '@parley/server/src/storage/embedded/testing/driver.ts';
import { type CaseResult, Shapes } from '../case-result.ts';
import { driverDiffers } from './driver-differs.ts';
import { NotRunnable, type Test, type TestFile } from './format.ts';
import { isMeant } from './requirements.ts';
import { runTest } from './run-test.ts';

/** The suites of mongodb/specifications, below its `source`, that the store is measured by. */
export const SUITES = [
  'crud/tests/unified',
  'retryable-writes/tests/unified',
  'retryable-reads/tests/unified',
  'run-command/tests',
  'command-logging-and-monitoring/tests/monitoring',
  'sessions/tests',
  'collection-management/tests',
];

const TEST_LIMIT = 30_000; // ms; the slowest waits for the driver to find a lost server again
const WORKER = new URL(
  import.meta.resolve('@parley/server/src/storage/embedded/testing/suite-worker.ts', import.meta.url),
);

/** All test files below a folder, as paths within it. */
export function unifiedFiles(folder: string, suite: string): string[] {
  const inside = readdirSync(join(folder, suite), { recursive: true, encoding: 'utf8' });
  return inside
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(suite, name))
    .sort();
}

/**
 * Runs tests of mongodb/specifications with the official driver against a store of their own. `folder` is the
 * repository's `source`, `files` are paths in it.
 */
export async function runUnified(folder: string, files: string[]): Promise<CaseResult[]> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-unified-'));
  const store = await startEmbeddedStore({ directory, workerEntry: WORKER, onFault: (error) => console.error(error) });
  const internal = await MongoClient.connect(store.uri, { monitorCommands: true });
  const results: CaseResult[] = [];
  try {
    for (const file of files) results.push(...(await runFile(folder, file, store.uri, internal)));
  } finally {
    await internal.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
  return results;
}

async function runFile(folder: string, path: string, uri: string, internal: MongoClient): Promise<CaseResult[]> {
  const file: TestFile = BSON.EJSON.parse(readFileSync(join(folder, path), 'utf8'));
  const suite = path.split('/')[0] ?? path;
  const results: CaseResult[] = [];
  let shapes = new Shapes();
  const record = ({ command }: CommandStartedEvent): void => {
    if (!command.configureFailPoint) shapes.add(command);
  };
  internal.on('commandStarted', record);
  for (const test of file.tests) {
    shapes = new Shapes();
    const came = judged(path, await outcomeOf(file, test, uri, internal, shapes));
    results.push({ suite, file: path, test: test.description, unlisted: shapes.unlisted, sent: shapes.sent, ...came });
  }
  internal.off('commandStarted', record);
  return results;
}

type Outcome = Pick<CaseResult, 'outcome' | 'why'>;

function judged(path: string, came: Outcome): Outcome {
  const because = came.outcome === 'failed' ? driverDiffers(path, came.why ?? '') : undefined;
  return because ? { outcome: 'skipped', why: because } : came;
}

async function outcomeOf(
  file: TestFile,
  test: Test,
  uri: string,
  internal: MongoClient,
  shapes: Shapes,
): Promise<Outcome> {
  if (test.skipReason) return { outcome: 'skipped', why: test.skipReason };
  if (!isMeant(file.runOnRequirements) || !isMeant(test.runOnRequirements)) {
    return { outcome: 'skipped', why: 'meant for another server or topology' };
  }
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new Error(`not done within ${TEST_LIMIT} ms`)), TEST_LIMIT);
  try {
    if (!file.schemaVersion.startsWith('1.')) throw new Error(`a file of version ${file.schemaVersion}`);
    await Promise.race([runTest(file, test, uri, internal, shapes), over.promise]);
    return { outcome: 'passed' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { outcome: error instanceof NotRunnable ? 'skipped' : 'failed', why };
  } finally {
    clearTimeout(timer);
  }
}
