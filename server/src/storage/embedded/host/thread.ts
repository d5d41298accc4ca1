import { Worker } from 'node:worker_threads';
import { newBeats, readBeats } from './heartbeat.ts';
import type { FromWorker, ToWorker, WorkerData } from './messages.ts';

/** Why a worker is gone without having been asked. `final`: another one would not help. */
export class WorkerFault extends Error {
  readonly final: boolean;
  constructor(message: string, final = false) {
    super(message);
    this.name = 'WorkerFault';
    this.final = final;
  }
}

/** One life of the store's worker. */
export interface Thread {
  /** The address, once it serves. Rejects with a WorkerFault if it ends before. */
  ready: Promise<string>;
  /** Resolves when the thread is gone and with it its hold on the directory: null after `close`, else why. */
  ended: Promise<WorkerFault | null>;
  beats(): number;
  /** Asks it to finish what is at work and to end. */
  close(): void;
  /** Ends it in the middle of whatever it does. */
  terminate(because: WorkerFault): void;
}

export function startThread(entry: URL, about: Omit<WorkerData, 'beats'>): Thread {
  const beats = newBeats();
  const worker = new Worker(entry, { workerData: { ...about, beats } satisfies WorkerData, execArgv: [] });
  let fault: WorkerFault | null = null;
  let closed = false;
  const blame = (error: WorkerFault): void => {
    fault ??= error;
  };
  const ended = new Promise<WorkerFault | null>((resolve) => {
    worker.once('exit', (code) =>
      resolve(closed ? null : (fault ?? new WorkerFault(`the store's thread ended with ${code}`))),
    );
  });
  const ready = new Promise<string>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'listening') resolve(message.address);
      if (message.kind === 'closed') closed = true;
      if (message.kind === 'failed' || message.kind === 'fault') blame(new WorkerFault(message.message, message.final));
    });
    worker.on('error', (error) => blame(new WorkerFault(error instanceof Error ? String(error.stack) : String(error))));
    void ended.then((why) => reject(why ?? new WorkerFault('closed before it served')));
  });
  ready.catch(() => undefined); // whoever waits for it is told; a thread nobody waits for tells by `ended`
  return {
    ready,
    ended,
    beats: () => readBeats(beats),
    close: () => worker.postMessage({ kind: 'close' } satisfies ToWorker),
    terminate: (because) => {
      blame(because);
      void worker.terminate();
    },
  };
}
