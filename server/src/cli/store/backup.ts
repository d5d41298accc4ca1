import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkStoreFile, removeStoreFile } from '../../storage/embedded/backup/check.ts';
import { takeSnapshot } from '../../storage/embedded/backup/snapshot.ts';
import { syncDirectory } from '../../storage/embedded/store/sync-directory.ts';
import { type Command, CommandFailed, FOUND_WRONG, OK, text } from '../command.ts';
import { DATA_DIR, inWords, mustHaveStore, storeOf } from './place.ts';
import { findingLines, sum } from './report.ts';

/** Under its name there is only ever a whole backup that has passed its check. */
export const backup: Command = {
  name: 'store backup',
  summary: 'Copies the store to one file, whether the server runs or not.',
  details: ['The file holds one moment; the server goes on meanwhile. It is checked before it gets its name.'],
  options: {
    to: { value: 'FILE', required: true, help: 'the new file; its directory has to be there' },
    'data-dir': DATA_DIR,
  },
  run: async (given, terminal) => {
    const to = resolve(terminal.cwd, text(given, 'to'));
    const directory = storeOf(given, terminal);
    mustHaveStore(directory);
    if (inside(directory, to))
      throw new CommandFailed(`${to} is inside the store's own directory. Name a file elsewhere with --to.`);
    if (existsSync(to)) throw new CommandFailed(`${to} is there already. Name another file with --to, or remove it.`);
    if (!existsSync(dirname(to)))
      throw new CommandFailed(`There is no directory ${dirname(to)}. Make it, or name another with --to.`);
    const partial = `${to}.partial-${randomBytes(4).toString('hex')}`;
    try {
      await inWords(() => takeSnapshot(directory, partial));
      const report = await inWords(async () => checkStoreFile(partial, terminal.now()));
      if (report.findings.length > 0) {
        for (const line of findingLines(report)) terminal.printError(line);
        terminal.printError(
          'No backup was made: the store itself is damaged. Keep the earlier backups; see: store restore --help',
        );
        return FOUND_WRONG;
      }
      giveName(partial, to);
      terminal.print(`Backed up ${sum(report)} to ${to}`);
      terminal.print(
        'The key file that seals credentials is not in it: keep a copy of secret.key, but not beside the backup.',
      );
      return OK;
    } finally {
      removeStoreFile(partial);
    }
  },
};

const inside = (directory: string, path: string): boolean =>
  existsSync(dirname(path)) && realpathSync(dirname(path)) === realpathSync(directory);

function giveName(from: string, to: string): void {
  try {
    linkSync(from, to); // unlike a rename it does not replace what somebody has made meanwhile
    rmSync(from);
  } catch (error) {
    if (existsSync(to)) throw error;
    renameSync(from, to); // a file system without links
  }
  syncDirectory(dirname(to));
}
