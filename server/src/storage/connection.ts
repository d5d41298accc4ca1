import mongoose, { type Connection } from 'mongoose';
import type { Log } from '../plugins/log.ts';
import type { Settings } from '../plugins/settings.ts';
import { startEmbeddedStore } from './embedded/store.ts';
import { storeDirectory } from './store-directory.ts';

const FIND_SERVER_WITHIN = 5_000; // ms; longer, and a webhook's caller gives up before our 503
const MAX_CONNECTIONS = 50;

export interface Storage {
  connection: Connection;
  close(): Promise<void>;
}

/**
 * Opens MONGODB_URL, or the embedded store in the data directory. One driver and one code path for both. `onGaveUp`: the
 * embedded store is away for good, because its file is damaged or because restarting its worker does not help.
 */
export async function openStorage(settings: Settings, log: Log, onGaveUp?: (error: Error) => void): Promise<Storage> {
  if (settings.mongodbUrl) {
    log.info('the store is MongoDB');
    const connection = await connect(settings.mongodbUrl);
    return { connection, close: () => connection.close() };
  }
  const directory = storeDirectory(settings);
  log.info({ directory }, 'the store is the embedded one');
  const embedded = await startEmbeddedStore({
    directory,
    onFault: (err) => log.error({ err }, 'the store has stopped and is started again'),
    onRestarted: () => log.warn('the store serves again'),
    onGaveUp,
  });
  const connection = await connect(embedded.uri);
  return {
    connection,
    close: async () => {
      await connection.close();
      await embedded.close();
    },
  };
}

export const connect = (uri: string): Promise<Connection> =>
  mongoose
    .createConnection(uri, {
      autoIndex: false, // indexes are made once, at the start, from the stores' lists
      autoCreate: false,
      bufferCommands: false, // with the store away a request fails at once instead of waiting in memory
      serverSelectionTimeoutMS: FIND_SERVER_WITHIN,
      maxPoolSize: MAX_CONNECTIONS,
    })
    .asPromise();
