import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSettings, SettingsError } from '../../plugins/settings.ts';
import { NoSnapshot } from '../../storage/embedded/backup/snapshot.ts';
import { CannotOpen, isOutOfReach, StoreDamaged } from '../../storage/embedded/store/damage.ts';
import { storeFile } from '../../storage/embedded/store/open.ts';
import { isRefusedByDisk } from '../../storage/embedded/store/trouble.ts';
import { storeDirectory } from '../../storage/store-directory.ts';
import { CommandFailed, type Given, type Option, type Terminal } from '../command.ts';

export const DATA_DIR: Option = { value: 'DIR', help: "the server's data directory (default: DATA_DIR, else ./data)" };

/** The directory of the embedded store that a command is about. */
export function storeOf(given: Given, { env, cwd }: Terminal): string {
  const named = given['data-dir'];
  if (typeof named === 'string') return storeDirectory({ dataDirectory: resolve(cwd, named) });
  try {
    return storeDirectory(readSettings({ DATA_DIR: env.DATA_DIR }));
  } catch (error) {
    throw error instanceof SettingsError ? new CommandFailed(error.message) : error;
  }
}

/** There is a store in a directory, as far as this user may look. */
export function mustHaveStore(directory: string): void {
  look(storeFile(directory), `There is no store in ${directory}. Name the data directory with --data-dir.`);
}

export function mustBeFile(path: string, remedy: string): void {
  const isFile = look(path, `There is no file ${path}. ${remedy}`);
  if (!isFile) throw new CommandFailed(`${path} is not a file. ${remedy}`);
}

function look(path: string, missing: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw new CommandFailed(missing, { cause: error });
    throw new CommandFailed(`Not allowed to look at ${path} (${code}). Run this as the user that runs the server.`, {
      cause: error,
    });
  }
}

/** Puts into words what a person can mend: a damaged file, missing permission, no room. */
export async function inWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreDamaged || error instanceof CannotOpen || error instanceof NoSnapshot)
      throw new CommandFailed(error.message, { cause: error });
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOSPC' || isRefusedByDisk(error))
      throw new CommandFailed(
        `No room, or no writing, on a disk that this needs: ${error instanceof Error ? error.message : error}. Make room, then try again.`,
        { cause: error },
      );
    if (isOutOfReach(error) && error instanceof Error)
      throw new CommandFailed(`Not allowed: ${error.message}. Run this as the user that runs the server.`, {
        cause: error,
      });
    throw error;
  }
}
