import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerData } from './messages.ts';
import { type Serving, serve } from './serve.ts';

const { directory } = workerData as WorkerData;
const tell = (message: FromWorker): void => parentPort?.postMessage(message);
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

// After a fault nothing more may be acknowledged: the thread ends, SQLite's journal keeps what was committed.
const onFault = (error: Error): void => {
  tell({ kind: 'fault', message: error.stack ?? error.message });
  setImmediate(() => process.exit(1));
};

function closeOnRequest(serving: Serving): void {
  parentPort?.on('message', async (message: ToWorker) => {
    if (message.kind !== 'close') return;
    await serving.close();
    tell({ kind: 'closed' });
    parentPort?.close();
  });
}

try {
  const serving = await serve(directory, onFault);
  closeOnRequest(serving);
  tell({ kind: 'listening', socket: serving.socket });
} catch (error) {
  tell({ kind: 'failed', message: textOf(error) });
  parentPort?.close();
}
