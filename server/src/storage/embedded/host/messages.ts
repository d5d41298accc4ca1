/** What the worker tells the thread that started it. */
export type FromWorker =
  | { kind: 'listening'; socket: string }
  | { kind: 'failed'; message: string }
  | { kind: 'fault'; message: string }
  | { kind: 'closed' };

export type ToWorker = { kind: 'close' };

export interface WorkerData {
  directory: string;
}
