import { BroadcastChannel, workerData } from 'node:worker_threads';
import type { WorkerData } from '../host/messages.ts';
import { runWorker } from '../host/run-worker.ts';

/** The store's worker, which on a word over a channel named after its directory does what no worker should. */
export type Misdeed = 'block' | 'throw' | 'exit';

const { directory } = workerData as WorkerData;
const channel = new BroadcastChannel(directory);
channel.unref();
channel.onmessage = ({ data }: { data: Misdeed }) => {
  channel.postMessage('heard');
  if (data === 'block') for (;;);
  if (data === 'exit') process.exit(3);
  setImmediate(() => {
    throw new Error('a fault on purpose');
  });
};

await runWorker();
