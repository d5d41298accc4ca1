import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkStoreFile, type Report } from '../../storage/embedded/backup/check.ts';
import { withSnapshot } from '../../storage/embedded/backup/with-snapshot.ts';
import { REMEDY } from '../../storage/embedded/store/damage.ts';
import { DirectoryHeld, storeFile } from '../../storage/embedded/store/open.ts';
import { type Command, CommandFailed, FOUND_WRONG, OK } from '../command.ts';
import { DATA_DIR, inWords, storeOf } from './place.ts';
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
    const report =
      typeof given.file === 'string'
        ? await checkHere(resolve(terminal.cwd, given.file), terminal.now())
        : await checkStore(storeOf(given, terminal), terminal.now());
    for (const line of collectionLines(report)) terminal.print(line);
    for (const line of findingLines(report)) terminal.printError(line);
    if (report.findings.length === 0) {
      terminal.print(`Sound: ${sum(report)}`);
      return OK;
    }
    terminal.printError(REMEDY);
    return FOUND_WRONG;
  },
};

async function checkHere(file: string, now: Date): Promise<Report> {
  if (!existsSync(file)) throw new CommandFailed(`There is no file ${file}.`);
  return inWords(async () => checkStoreFile(file, now));
}

async function checkStore(directory: string, now: Date): Promise<Report> {
  const file = storeFile(directory);
  if (!existsSync(file))
    throw new CommandFailed(`There is no store in ${directory}. Name the data directory with --data-dir.`);
  try {
    return await checkHere(file, now);
  } catch (error) {
    if (!(error instanceof DirectoryHeld)) throw error;
    // Damaged pages are copied as they are, so that the copy tells of the store.
    return inWords(() => withSnapshot(directory, async (place) => checkStoreFile(storeFile(place), now)));
  }
}
