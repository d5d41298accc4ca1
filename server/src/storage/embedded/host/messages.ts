import type { Login } from '../wire/scram.ts';

/** What the worker tells the thread that started it. */
export type FromWorker =
  | { kind: 'listening'; address: string }
  /** It could not start. `final`: another worker would not help, as with a damaged file. */
  | { kind: 'failed'; message: string; final: boolean }
  | { kind: 'fault'; message: string; final: boolean }
  | { kind: 'closed' };

export type ToWorker = { kind: 'close' };

export interface WorkerData {
  directory: string;
  /** Where a predecessor listened: drivers look for it there. Null at the first start. */
  address: string | null;
  /** The secret of this start, where the store listens on the loopback address; null on a private socket. */
  login: Login | null;
  /** Counted up by the worker as long as its event loop turns: one Int32. */
  beats: SharedArrayBuffer;
}
