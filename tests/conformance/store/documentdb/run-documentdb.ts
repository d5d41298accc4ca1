import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';
import { BSON } from '@parley/server/src/storage/embedded/testing/driver.ts';
import { type CaseResult, Shapes } from '../case-result.ts';

const TESTS = 'documentdb_tests/compatibility/tests/core';
const AREA_LIMIT = 1_500_000; // ms; the largest area takes a tenth of it on a quiet machine

/** The parts of the suite that are about what the store lists: commands, operators, stages and indexes. */
export const AREAS = [
  ...['comparison', 'logical', 'arrays'].map((name) => `operator/query/${name}`),
  ...['exists', 'expr', 'mod', 'regex', 'type'].map((name) => `operator/query/misc/${name}`),
  ...['array', 'fields', 'modifiers'].map((name) => `operator/update/${name}`),
  ...['match', 'sort', 'skip', 'limit', 'count', 'project', 'group'].map((name) => `operator/stages/${name}`),
  ...['sum', 'avg', 'min', 'max', 'first', 'last', 'push', 'addToSet'].map((name) => `operator/accumulators/${name}`),
  ...[
    'comparisons',
    'boolean',
    'arithmetic/add',
    'arithmetic/subtract',
    'conditional/ifNull',
    'literal',
    'misc/literal',
  ].map((name) => `operator/expressions/${name}`),
  'operator/projection',
  ...['insert', 'find', 'update', 'delete', 'findAndModify'].map((name) => `query_and_write/commands/${name}`),
  'query_and_write/read_concern',
  'query_and_write/write_concern',
  ...['aggregate', 'count', 'distinct'].map((name) => `aggregation/commands/${name}`),
  'cursors/commands',
  'indexes/commands',
  ...['unique', 'partial', 'sparse', 'ttl'].map((name) => `indexes/properties/${name}`),
  ...['compound', 'multikey', 'single'].map((name) => `indexes/types/${name}`),
  ...['create', 'drop', 'dropDatabase', 'listCollections', 'listDatabases'].map(
    (name) => `collections/commands/${name}`,
  ),
  'data-types',
  'sessions/commands/endSessions',
];

const AS_SENT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;

interface Line {
  test: string;
  outcome: CaseResult['outcome'];
  commands: string[];
  why?: string;
}

/**
 * Runs documentdb's functional tests, whose expectations were taken from a real MongoDB, against a store of their own.
 * `folder` is the repository. Needs Python 3.9 with pytest and pymongo 4.5 or newer (`PYTHONPATH` is handed on).
 */
export async function runDocumentdb(folder: string, areas = AREAS): Promise<CaseResult[]> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-documentdb-'));
  const store = await startEmbeddedStore({
    directory: join(directory, 'store'),
    onFault: (error) => console.error(error),
  });
  const results: CaseResult[] = [];
  try {
    for (const area of areas) results.push(...(await runArea(folder, area, store.uri, join(directory, 'lines'))));
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
  return results;
}

async function runArea(folder: string, area: string, uri: string, lines: string): Promise<CaseResult[]> {
  const path = [process.env.PYTHONPATH, import.meta.dirname].filter(Boolean).join(':');
  const options = ['-p', 'record', '-p', 'no:cacheprovider', '-q', '--tb=short'];
  const target = [`--connection-string=${uri}`, '--engine-name=mongodb', join(TESTS, area)];
  const child = spawn('python3', ['-m', 'pytest', ...options, ...target], {
    cwd: folder,
    env: { ...process.env, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: '1', PARLEY_RECORD: lines },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: AREA_LIMIT,
  });
  const [code] = await once(child, 'exit');
  // pytest: 0 all passed, 1 some failed, 5 none collected
  if (code !== 0 && code !== 1) throw new Error(`pytest ended with ${code} on ${area}: is it installed, with pymongo?`);
  return readFileSync(`${lines}.main`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => resultOf(JSON.parse(line) as Line));
}

function resultOf({ test, outcome, commands, why }: Line): CaseResult {
  const shapes = new Shapes();
  for (const command of commands) shapes.add(BSON.deserialize(Buffer.from(command, 'base64'), AS_SENT));
  const name = test.slice(TESTS.length + 1);
  const [file = name] = name.split('::');
  const reason = why
    ?.split('\n')
    .filter((line) => line.startsWith('E'))
    .join('\n')
    .slice(0, 600);
  return {
    suite: 'documentdb',
    file,
    test: name.slice(file.length + 2),
    outcome,
    unlisted: shapes.unlisted,
    sent: shapes.sent,
    ...(reason ? { why: reason } : {}),
  };
}
