import { randomBytes } from 'node:crypto';
import { type Pulse, realPulse } from './host/pulse.ts';
import { supervise } from './host/supervisor.ts';
import { startThread } from './host/thread.ts';
import { storeUri } from './host/uri.ts';
import type { Login } from './wire/scram.ts';

export interface EmbeddedStore {
  /** For mongoose or the official driver: the socket, or an address with its secret. The same after a restart. */
  uri: string;
  /** Orderly: finishes what is at work, makes it durable, releases the directory and removes the socket. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Where the data lies. Made if it is missing; held by one process at a time. */
  directory: string;
  /** The worker was stuck or ended; another one takes its place. What was acknowledged is there; the rest is up to drivers. */
  onFault?: (error: Error) => void;
  onRestarted?: () => void;
  /** The store is away for good: its file is damaged, or its workers keep ending. Nothing is acknowledged any more. */
  onGaveUp?: (error: Error) => void;
  /** By default a private Unix socket; where there are none (Windows), the loopback address with a secret of this start. */
  listen?: 'socket' | 'loopback';
  /** Tests turn the time of the supervisor by hand. */
  pulse?: Pulse;
  /** Tests run a worker that can be made to fail. */
  workerEntry?: URL;
}

const SECRET = 32; // bytes of randomness: nobody guesses it
const WORKER = new URL('./host/worker.ts', import.meta.url);

/**
 * Starts the store in a supervised worker thread. Durable in `directory`. Rejects if another process holds the directory,
 * if its file is damaged (the message says where and how to restore) or from a newer release.
 */
export async function startEmbeddedStore(options: StoreOptions): Promise<EmbeddedStore> {
  const { directory, onFault, onRestarted, onGaveUp, pulse = realPulse, workerEntry = WORKER } = options;
  const { listen = process.platform === 'win32' ? 'loopback' : 'socket' } = options;
  const login = listen === 'loopback' ? newLogin() : null;
  const start = (address: string | null) => startThread(workerEntry, { directory, address, login });
  const { address, close } = await supervise(start, pulse, {
    onFault: (error) => onFault?.(error),
    onRestarted: () => onRestarted?.(),
    onGaveUp: (error) => onGaveUp?.(error),
  });
  return { uri: storeUri(address, login), close };
}

const newLogin = (): Login => ({ user: 'parley', password: randomBytes(SECRET).toString('base64url') });
