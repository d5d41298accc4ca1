import { resolve } from 'node:path';
import { restoreStore } from '../../storage/embedded/backup/restore.ts';
import { DirectoryHeld } from '../../storage/embedded/store/open.ts';
import { type Command, CommandFailed, OK, text } from '../command.ts';
import { DATA_DIR, inWords, mustBeFile, storeOf } from './place.ts';
import { findingLines, sum } from './report.ts';

export const restore: Command = {
  name: 'store restore',
  summary: 'Puts a backup in the place of the store. The server has to be stopped.',
  details: [
    'The backup is checked first. However this ends, the old store or the new one is there, never half of one.',
  ],
  options: {
    from: { value: 'FILE', required: true, help: 'a backup; it is only read' },
    replace: { help: 'take the place of a store that is there; the old one is kept beside it under the date' },
    'data-dir': DATA_DIR,
  },
  run: async (given, terminal) => {
    const from = resolve(terminal.cwd, text(given, 'from'));
    const directory = storeOf(given, terminal);
    mustBeFile(from, 'Name a backup with --from.');
    const restored = await stopped(() =>
      inWords(async () => restoreStore({ directory, from, replace: given.replace === true, now: terminal.now() })),
    );
    if (restored.outcome === 'exists') {
      throw new CommandFailed(
        `There is a store in ${directory}. To put the backup in its place, add --replace: the old one is kept.`,
      );
    }
    if (restored.outcome === 'refused') {
      for (const line of findingLines(restored.report)) terminal.printError(line);
      throw new CommandFailed(`${from} is no sound backup. Nothing was changed. Try an earlier one.`);
    }
    if (restored.kept) terminal.print(`The old store is kept as ${restored.kept}`);
    terminal.print(`Restored ${sum(restored.report)} from ${from} to ${directory}`);
    return OK;
  },
};

async function stopped<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DirectoryHeld)) throw error;
    throw new CommandFailed('The server is running. Stop it, restore, and start it again.', { cause: error });
  }
}
