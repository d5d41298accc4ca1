import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOM = 6 * 1024 * 1024; // bytes of a small disk: the store's indexes and some hundred rows
const FILE_LIMIT = 4 * 1024; // kB that a file may have where no disk can be mounted

/** Where a store lies during the test. */
export interface Place {
  kind: 'plain' | 'small disk' | 'limited files';
  directory: string;
  /** Put before the command that runs on it. */
  prefix: string[];
  /** Takes most of the room away. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
  remove(): void;
}

/** A directory of its own for a few rounds. */
export function plainPlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'parley-kill-'));
  const nothing = (): void => {};
  return {
    kind: 'plain',
    directory,
    prefix: [],
    fill: nothing,
    empty: nothing,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/**
 * A place that soon is full: a disk in memory, for which one has to be root, or else a limit on the size of files, where
 * writes fail as on a full disk but no room can be given back while the process runs.
 */
export function smallPlace(): Place {
  const parent = mkdtempSync(join(tmpdir(), 'parley-full-'));
  const directory = join(parent, 'store');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${ROOM},mode=700`, 'tmpfs', parent]).status === 0;
  mkdirSync(directory, { mode: 0o700 });
  const ballast = join(parent, 'ballast');
  const remove = (): void => {
    process.off('exit', remove);
    if (mounted) spawnSync('umount', [parent]);
    rmSync(parent, { recursive: true, force: true });
  };
  process.on('exit', remove); // also when the test is interrupted
  if (!mounted) {
    const prefix = ['sh', '-c', `ulimit -f ${FILE_LIMIT * 2}; exec "$@"`, 'sh']; // sh counts in 512 bytes
    return { kind: 'limited files', directory, prefix, fill: () => {}, empty: () => {}, remove };
  }
  return {
    kind: 'small disk',
    directory,
    prefix: [],
    fill: () => writeFileSync(ballast, Buffer.alloc(ROOM / 3)),
    empty: () => rmSync(ballast, { force: true }),
    remove,
  };
}
