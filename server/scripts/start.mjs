// `npm start` on a bare clone: installs, builds and serves. Runs on the Node that is there (20 or later); the server
// itself runs on the Node that the install brings.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (...path) => join(root, ...path);
const isWindows = process.platform === 'win32';
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };

let child;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // A terminal sends Ctrl-C to the child as well; the server takes the second signal as "at once", so only pass on what
  // it does not get by itself
  process.on(signal, () => {
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child?.kill(signal);
  });
}

if (isInstallOld())
  await step(
    'Installing packages',
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    isWindows,
  );
if (isEditorOld())
  await step('Building the editor', process.execPath, [at('node_modules/turbo/bin/turbo'), 'run', 'build']);
console.log('Starting the server');
process.exit(await run(serverNode(), [at('server/src/main.ts')]));

/** npm writes this file at the end of an install; a lock file newer than it was pulled afterwards. */
function isInstallOld() {
  const installed = at('node_modules', '.package-lock.json');
  return !existsSync(installed) || modified(installed) < modified(at('package-lock.json'));
}

function isEditorOld() {
  if (!existsSync(at('editor', 'vite.config.ts'))) return false;
  const built = at('editor', 'dist', 'index.html');
  if (!existsSync(built)) return true;
  const sources = ['editor/src', 'editor/index.html', 'editor/vite.config.ts', 'runtime/src', 'nodes/src'];
  return newest(sources.map((path) => at(path))) > modified(built);
}

function newest(paths) {
  return Math.max(
    0,
    ...paths.filter(existsSync).map((path) => {
      if (!statSync(path).isDirectory()) return modified(path);
      return newest(readdirSync(path).map((name) => join(path, name)));
    }),
  );
}

function modified(path) {
  return statSync(path).mtimeMs;
}

function serverNode() {
  const installed = at('node_modules', '.bin', isWindows ? 'node.cmd' : 'node');
  return existsSync(installed) ? installed : process.execPath;
}

async function step(title, command, args, shell = false) {
  console.log(`${title} ...`);
  const began = Date.now();
  const code = await run(command, args, shell);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (code !== 0) {
    console.error(`${title} failed after ${seconds} s (exit code ${code})`);
    process.exit(code);
  }
  console.log(`${title}: done in ${seconds} s`);
}

/** Resolves with the exit code; as a shell does, 128 and the signal's number for a child that a signal ended. */
function run(command, args, shell = isWindows && command.endsWith('.cmd')) {
  return new Promise((resolve) => {
    child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
