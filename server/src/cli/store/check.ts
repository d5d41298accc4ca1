import { resolve } from 'node:path';
import { checkStoreFile, type Report } from '../../storage/embedded/backup/check.ts';
import { withSnapshot } from '../../storage/embedded/backup/with-snapshot.ts';
import { restoreLine } from '../../storage/embedded/store/damage.ts';
import { DirectoryHeld, storeFile } from '../../storage/embedded/store/open.ts';
import { type Command, FOUND_WRONG, OK } from '../command.ts';
import { DATA_DIR, inWords, mustBeFile, mustHaveStore, storeOf } from './place.ts';
import { collectionLines, findingLines, sum } from './report.ts';

export const check: Command = {
  name: 'store check',
  summary: 'Checks every page, document and index entry of the store, whether the server runs or not.',
  details: ['While the server runs, a copy is checked: it needs room for one beside the store.'],
  options: {
    file: { value: 'FILE', help: 'a backup to check instead of the store' },
    'data-dir': DATA_DIR,
  },
  run: async (given, terminal) => {
    const file = typeof given.file === 'string' ? resolve(terminal.cwd, given.file) : null;
    const directory = storeOf(given, terminal);
    const report = file ? await checkHere(file, terminal.now()) : await checkStore(directory, terminal.now());
    for (const line of collectionLines(report)) terminal.print(line);
    for (const line of findingLines(report)) terminal.printError(line);
    if (report.findings.length === 0) {
      terminal.print(`Sound: ${sum(report)}`);
      return OK;
    }
    terminal.printError(
      file
        ? 'This file is no sound backup. Nothing is said of the store itself; try an earlier backup.'
        : `To go back to a backup: ${restoreLine(storeFile(directory))}`,
    );
    return FOUND_WRONG;
  },
};

async function checkHere(file: string, now: Date): Promise<Report> {
  mustBeFile(file, 'Name a backup with --file.');
  return inWords(async () => checkStoreFile(file, now));
}

async function checkStore(directory: string, now: Date): Promise<Report> {
  const file = storeFile(directory);
  mustHaveStore(directory);
  try {
    return await checkHere(file, now);
  } catch (error) {
    if (!(error instanceof DirectoryHeld)) throw error;
    // Damaged pages are copied as they are, so that the copy tells of the store.
    return inWords(() => withSnapshot(directory, async (place) => checkStoreFile(storeFile(place), now)));
  }
}
