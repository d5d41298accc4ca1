#!/usr/bin/env node
// `npm test`: installs what the tests miss, runs everything, and ends with one line: N passed, N failed.
// Runs on the machine's own Node (20 or newer); the tests themselves run on the one that the project pins.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules/.bin');
const env = {
  ...process.env,
  PATH: `${bin}:${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: '1',
  CI: process.env.CI ?? '',
};

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, env, stdio: 'inherit', ...options });
const steps = [];

function step(name, work) {
  const began = Date.now();
  console.log(`\n== ${name}`);
  const passed = work();
  steps.push({ name, passed, seconds: Math.round((Date.now() - began) / 1000) });
  return passed;
}

const succeeds = (command, args) => () => run(command, args).status === 0;

function installPackages() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
  return run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']).status === 0;
}

/** The browser tests drive Debian's Chromium; its own download does not exist here. */
function installChromium() {
  if (existsSync('/usr/bin/chromium')) return true;
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debian) {
    console.error('The browser tests need Chromium: install the package "chromium" (apt-get install chromium).');
    return false;
  }
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['update', '-qq'], quiet);
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet).status === 0;
}

const counts = { passed: 0, failed: 0 };
/** Named at the end, where a log that was cut still shows them. */
const failures = [];

const firstLines = (messages) => messages.join('\n').split('\n').slice(0, 8).join('\n  ');

/** Vitest's own report counts; a run that dies without one is a failure, never a pass. */
function vitest() {
  const directory = mkdtempSync(join(tmpdir(), 'parley-report-'));
  const report = join(directory, 'report.json');
  const shapes = join(directory, 'shapes.txt'); // written by server/src/testing/record-shapes.ts
  const { status } = run(
    join(bin, 'vitest'),
    [
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env: { ...env, PARLEY_SHAPES_FILE: shapes } },
  );
  const written = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const sent = existsSync(shapes) ? new Set(readFileSync(shapes, 'utf8').trim().split('\n')) : new Set();
  console.log(`${sent.size} shapes of commands were sent to the store; one that it does not list fails its test file`);
  rmSync(directory, { recursive: true, force: true });
  counts.passed += written?.numPassedTests ?? 0;
  counts.failed += written?.numFailedTests ?? 0;
  for (const file of written?.testResults ?? []) {
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'failed')
        failures.push(`${file.name.slice(root.length)} > ${fullName}\n  ${firstLines(failureMessages)}`);
    }
    if (file.status === 'failed' && file.message)
      failures.push(`${file.name.slice(root.length)}: ${firstLines([file.message])}`);
  }
  const whole = written !== null && written.numFailedTests === 0 && written.numTotalTests > 0;
  // A file that does not load fails without a test of its own
  if (status !== 0 && written?.numFailedTests === 0) counts.failed += 1;
  return status === 0 && whole;
}

const ready = step('install', installPackages) && step('chromium', installChromium);
if (ready) {
  step('lint', succeeds(join(bin, 'biome'), ['check', '.']));
  step('typecheck', succeeds(join(bin, 'turbo'), ['run', 'typecheck', '--output-logs=errors-only']));
  step('build', succeeds(join(bin, 'turbo'), ['run', 'build', '--output-logs=errors-only']));
  step('tests', vitest);
}

const checks = steps.filter(({ name }) => name !== 'tests');
counts.passed += checks.filter(({ passed }) => passed).length;
counts.failed += checks.filter(({ passed }) => !passed).length;
console.log(
  `\n${steps.map(({ name, passed, seconds }) => `${passed ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`).join('\n')}`,
);
for (const [name, needs] of Object.entries({
  'conformance:webhooks': 'needs the shared data beside the project',
  'conformance:sends': 'needs the shared data beside the project',
  'conformance:outbound': 'needs the shared data beside the project',
  'conformance:store': 'needs public suites that are fetched by hand',
}))
  console.log(`skipped: ${name} (npm run ${name}; ${needs})`);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 && ready ? 0 : 1);
