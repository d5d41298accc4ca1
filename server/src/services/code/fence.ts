import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('./runner.ts', import.meta.url));
/** By a door of its own: the front one loads every node, 300 ms and 65 MB in each runner, and half the house to be readable. */
const EVALUATOR = import.meta.resolve('@parley/nodes/code');
const SHELL = '/bin/sh';
const MAX_CPU = 300; // s in all of a runner's life, more than its runs may take together; ends one whose parent was killed
const MAX_OLD_SPACE = 64; // MB of V8's own heap; QuickJS' memory lies outside of it
const STACK = 3_900; // kB: half of the 8 MB that a main thread has; QuickJS then meets its own limit before V8 does
const PROBE_TIME = 5_000; // ms

const PACKAGES = ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync', '@jitl/quickjs-ffi-types'];
/** System folders that Node's binary needs, where they are. */
const SYSTEM = ['/usr', '/lib', '/lib64', '/bin', '/etc/ld.so.cache'];

export interface Fence {
  command: string;
  args: string[];
  /** What stands around the runner besides Node's own permissions. */
  walls: 'bubblewrap' | 'permissions';
}

/** What a runner may read: its code, the evaluator, and QuickJS, by the paths that imports take. All of it is public. */
function readable(): string[] {
  const evaluator = dirname(fileURLToPath(EVALUATOR));
  const packages = [...PACKAGES, '@parley/nodes'].map(installed);
  return [...new Set([dirname(RUNNER), evaluator, ...packages, ...packages.map((path) => realpathSync(path))])];
}

/** The folder of a package, looked for as Node does: upwards. */
function installed(name: string): string {
  for (let folder = dirname(RUNNER); ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) throw new Error(`${name} is not installed: run npm install`);
  }
}

/** No files but its own, no children, threads, add-ons, network, inspector or `eval`, and little memory. */
export function nodeArgs(folders: string[]): string[] {
  return [
    '--permission',
    ...folders.map((folder) => `--allow-fs-read=${folder}`),
    '--no-addons',
    '--disable-proto=throw',
    '--disallow-code-generation-from-strings',
    '--disable-sigusr1',
    '--no-warnings',
    `--max-old-space-size=${MAX_OLD_SPACE}`,
    `--stack-size=${STACK}`,
    RUNNER,
  ];
}

/** Namespaces of its own, without network, and of the disk only what is named, read-only. */
export function bubblewrapArgs(folders: string[]): string[] {
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...[...SYSTEM.filter((path) => existsSync(path)), ...folders].flatMap((path) => ['--ro-bind', path, path]),
    ...['--chdir', '/'],
  ];
}

/** How runners are started on this machine. Tries bubblewrap once: where it is missing or may not work, goes without. */
export function buildFence(path = process.env.PATH ?? ''): Fence {
  const folders = readable();
  const node = realpathSync(process.execPath);
  const bubblewrap = path
    .split(':')
    .map((folder) => join(folder, 'bwrap'))
    .find((file) => existsSync(file));
  const walls = bubblewrap ? [bubblewrap, ...bubblewrapArgs([...folders, node])] : [];
  const [tool, ...rest] = walls;
  const works =
    tool !== undefined && spawnSync(tool, [...rest, node, '-e', '0'], { timeout: PROBE_TIME, env: {} }).status === 0;
  const [command = node, ...args] = [...(works ? walls : []), node, ...nodeArgs(folders)];
  const fence = { command, args, walls: works ? ('bubblewrap' as const) : ('permissions' as const) };
  if (!existsSync(SHELL)) return fence;
  return { ...fence, command: SHELL, args: ['-c', `ulimit -t ${MAX_CPU}; exec "$0" "$@"`, command, ...args] };
}
