import { parentPort, workerData } from 'node:worker_threads';
import type { FailPoints } from '../commands/fail-point.ts';
import { isFinal } from '../store/damage.ts';
import { beat } from './heartbeat.ts';
import type { FromWorker, ToWorker, WorkerData } from './messages.ts';
import { type Serving, serve } from './serve.ts';

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

// After a fault nothing more may be acknowledged: the thread ends, SQLite's journal keeps what was committed.
const onFault = (error: Error): void => {
  const final = isFinal(error);
  tell({ kind: 'fault', message: final ? error.message : (error.stack ?? error.message), final });
  setImmediate(() => process.exit(1));
};

/** The whole life of the store's worker thread, from opening the directory to the end. Only a suite's worker has fail points. */
export async function runWorker(failPoints: FailPoints | null = null): Promise<void> {
  const about = workerData as WorkerData;
  try {
    const serving = await serve(about, onFault, failPoints);
    const stopBeating = beat(about.beats);
    closeOnRequest(serving, stopBeating);
    tell({ kind: 'listening', address: serving.address });
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error), final: isFinal(error) });
    parentPort?.close();
  }
}

function closeOnRequest(serving: Serving, stopBeating: () => void): void {
  parentPort?.on('message', async (message: ToWorker) => {
    if (message.kind !== 'close') return;
    await serving.close();
    stopBeating();
    tell({ kind: 'closed' });
    parentPort?.close();
  });
}
