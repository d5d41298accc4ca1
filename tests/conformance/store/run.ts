import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseResult } from './case-result.ts';
import { AREAS, runDocumentdb } from './documentdb/run-documentdb.ts';
import { runMongoose } from './mongoose/run-mongoose.ts';
import { isInScope, type Scope, scopeOf, shrunk } from './scope.ts';
import { runUnified, SUITES, unifiedFiles } from './unified/run-unified.ts';

/**
 * `npm run conformance:store -- --suites <folder>`: the public suites against the embedded store. Prints for each the
 * whole figure and that of the tests in scope, and fails below 99 % of those or where the scope has become smaller than
 * scope.json says. `--only <suite>` runs one of them; `--write` takes over a scope that has grown.
 */
const HERE = import.meta.dirname;
const BAR = 0.99;

const { values } = parseArgs({
  options: {
    suites: { type: 'string', default: process.env.PARLEY_SUITES ?? '../suites' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    failures: { type: 'string' },
  },
});

const SOURCES: Record<string, { folder: string; run(folder: string): Promise<CaseResult[]> }> = {
  specifications: {
    folder: 'specifications',
    run: async (folder) => {
      const source = join(folder, 'source');
      return runUnified(
        source,
        SUITES.flatMap((suite) => unifiedFiles(source, suite)),
      );
    },
  },
  mongoose: { folder: 'mongoose', run: (folder) => runMongoose(folder) },
  documentdb: { folder: 'functional-tests', run: (folder) => runDocumentdb(folder, AREAS) },
};

function folderOf(name: string): string {
  const folder = resolve(values.suites, SOURCES[name]?.folder ?? name);
  if (existsSync(folder)) return folder;
  console.error(`The suite is not at ${folder}. How to fetch it by hand: tests/conformance/store/README.md`);
  process.exit(2);
}

const chosen = values.only ? [values.only] : Object.keys(SOURCES);
const unknown = chosen.find((name) => !(name in SOURCES));
if (unknown) {
  console.error(`--only ${unknown}: the suites are ${Object.keys(SOURCES).join(', ')}`);
  process.exit(2);
}
const folders = new Map(chosen.map((name) => [name, folderOf(name)]));

const file = join(HERE, 'scope.json');
const known: Scope = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const complaints: string[] = [];
const failures: string[] = [];

for (const [name, folder] of folders) {
  const results = (await SOURCES[name]?.run(folder)) ?? [];
  const scope = scopeOf(results);
  print(name, results);
  complaints.push(...shrunk(name, known, scope));
  for (const result of results.filter((one) => isInScope(one) && one.outcome === 'failed')) {
    failures.push(`${name}: ${result.file} :: ${result.test}\n  ${result.why?.replaceAll('\n', '\n  ')}`);
  }
  Object.assign(known, scope);
}

function print(name: string, results: CaseResult[]): void {
  const suites = [...Map.groupBy(results, ({ suite }) => suite)];
  for (const [suite, all] of suites.length > 1 ? suites : []) console.log(`  ${figures(suite, all)}`);
  console.log(figures(name, results));
  const inScope = results.filter(isInScope);
  const share = passedOf(inScope) / inScope.length;
  if (!(share >= BAR)) complaints.push(`${name}: ${percent(share)} of the tests in scope pass, less than 99 %`);
}

function figures(name: string, all: CaseResult[]): string {
  const inScope = all.filter(isInScope);
  const whole = `whole suite ${passedOf(all)} of ${all.length} (${percent(passedOf(all) / all.length)})`;
  return `${name}: ${whole}, in scope ${passedOf(inScope)} of ${inScope.length} (${percent(passedOf(inScope) / inScope.length)})`;
}

function passedOf(results: CaseResult[]): number {
  return results.filter(({ outcome }) => outcome === 'passed').length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

if (values.failures) writeFileSync(values.failures, `${failures.join('\n')}\n`);
if (values.write) writeFileSync(file, `${JSON.stringify(known, null, 1)}\n`);
for (const complaint of complaints) console.error(complaint);
console.log(
  `${failures.length} tests in scope failed${values.failures ? `: ${values.failures}` : ' (list them with --failures <file>)'}`,
);
process.exit(complaints.length === 0 ? 0 : 1);
