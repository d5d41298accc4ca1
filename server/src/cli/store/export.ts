import { ExportFailed, exportStore } from '../../storage/embedded/backup/export.ts';
import { withSnapshot } from '../../storage/embedded/backup/with-snapshot.ts';
import { startEmbeddedStore } from '../../storage/embedded/store.ts';
import { type Command, CommandFailed, OK, type Terminal, WrongUsage } from '../command.ts';
import { plural } from '../plural.ts';
import { DATA_DIR, inWords, mustHaveStore, storeOf } from './place.ts';

export const exportTo: Command = {
  name: 'store export',
  summary: 'Copies all collections with their indexes to a MongoDB.',
  details: [
    'One moment of the store is copied, whether the server runs or not. Stop the server before the last export, so that',
    'nothing is written after it; then start it with MONGODB_URL. An export that was broken off may be started again.',
  ],
  options: {
    to: { value: 'MONGODB_URL', help: 'the MongoDB and its database (default: the variable MONGODB_URL)' },
    replace: { help: 'drop the collections of these names there, if they hold documents' },
    'data-dir': DATA_DIR,
  },
  run: async (given, terminal) => {
    const to = targetOf(given.to, terminal);
    const directory = storeOf(given, terminal);
    mustHaveStore(directory);
    const exported = await inWords(() =>
      withSnapshot(directory, async (place) => {
        const store = await startEmbeddedStore({ directory: place });
        try {
          return await exportStore({ from: store.uri, to, replace: given.replace === true, progress: terminal.print });
        } finally {
          await store.close();
        }
      }),
    ).catch((error) => {
      if (!(error instanceof ExportFailed)) throw error;
      throw new CommandFailed(`The export has failed: ${error.message}.`);
    });
    const documents = exported.collections.reduce((total, one) => total + one.documents, 0);
    const what = `${plural(exported.collections.length, 'collection')}, ${plural(documents, 'document')}`;
    terminal.print(`Exported ${what}, counted at the target: ${exported.target}`);
    return OK;
  },
};

function targetOf(given: string | boolean | undefined, { env }: Terminal): string {
  const url = typeof given === 'string' ? given : env.MONGODB_URL;
  if (!url) throw new WrongUsage('--to is missing, and MONGODB_URL is not set');
  if (!/^mongodb(\+srv)?:\/\/./.test(url)) throw new WrongUsage('--to has to begin with mongodb:// or mongodb+srv://');
  return url;
}
