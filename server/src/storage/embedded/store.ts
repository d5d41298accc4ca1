import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerData } from './host/messages.ts';

export interface EmbeddedStore {
  /** For mongoose or the official driver: `mongodb://<socket>/parley?replicaSet=embedded`. */
  uri: string;
  /** Orderly: finishes what is at work, makes it durable, releases the directory and removes the socket. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Where the data lies. Made if it is missing; held by one process at a time. */
  directory: string;
  /** The store can no longer vouch for its data (a full disk, a bug) and has stopped; nothing was acknowledged after. */
  onFault?: (error: Error) => void;
}

const DATABASE = 'parley';

/** Starts the store in a worker thread. Durable in `directory`. Rejects if another process holds the directory. */
export async function startEmbeddedStore({ directory, onFault }: StoreOptions): Promise<EmbeddedStore> {
  const worker = new Worker(new URL('./host/worker.ts', import.meta.url), {
    workerData: { directory } satisfies WorkerData,
    execArgv: [],
  });
  let closing = false;
  let faulted = false;
  const reportFault = (error: Error): void => {
    if (faulted || closing) return;
    faulted = true;
    onFault?.(error);
  };
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const socket = await new Promise<string>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'listening') resolve(message.socket);
      if (message.kind === 'failed') reject(new Error(message.message));
      if (message.kind === 'fault') reportFault(new Error(message.message));
    });
    worker.on('error', (error) => {
      reject(error);
      reportFault(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', (code) => {
      reject(new Error(`the store's thread ended with ${code}`));
      reportFault(new Error(`the store's thread ended with ${code}`));
    });
  });
  const close = async (): Promise<void> => {
    if (!closing && !faulted) {
      closing = true;
      worker.postMessage({ kind: 'close' } satisfies ToWorker);
    }
    await gone;
  };
  return { uri: `mongodb://${encodeURIComponent(socket)}/${DATABASE}?replicaSet=embedded`, close };
}
