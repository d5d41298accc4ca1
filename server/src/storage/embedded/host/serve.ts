import { openEngine } from '../commands/engine.ts';
import type { FailPoints } from '../commands/fail-point.ts';
import { housekeeping } from '../commands/housekeeping.ts';
import { interrupt } from '../commands/turns.ts';
import { createDoor } from '../wire/door.ts';
import { createWireServer, LOOPBACK } from '../wire/server.ts';
import type { WorkerData } from './messages.ts';
import { samePlace, socketPlace } from './socket-path.ts';
import { forgetUri, noteUri, storeUri } from './uri.ts';

const HOUSEKEEPING = 60_000; // ms between two passes over TTL indexes and idle cursors: MongoDB's own interval

export interface Serving {
  /** The socket's path, or host and port. */
  address: string;
  close(): Promise<void>;
}

/**
 * Opens the store and serves it, at `address` if a predecessor of this process left one. `onFault` is called once when the
 * store can no longer vouch for its data.
 */
export async function serve(
  { directory, address, login }: Omit<WorkerData, 'beats'>,
  onFault: (error: Error) => void,
  failPoints: FailPoints | null = null,
): Promise<Serving> {
  const engine = openEngine(directory);
  engine.failPoints = failPoints;
  const door = login && createDoor(login);
  const server = createWireServer(engine, onFault, undefined, door);
  const place = door ? loopback(address) : socketFor(directory, address);
  try {
    const port = await server.listen(place.at);
    engine.address = port === null ? String(place.at) : `${LOOPBACK}:${port}`;
    noteUri(directory, storeUri(engine.address, login));
  } catch (error) {
    await server.close();
    engine.close();
    place.remove();
    throw error;
  }
  const keepHouse = housekeeping(engine);
  const pass = (): void => {
    working = keepHouse().catch((error) => onFault(error instanceof Error ? error : new Error(String(error))));
  };
  let working = Promise.resolve();
  pass();
  const timer = setInterval(pass, HOUSEKEEPING);
  const close = async (): Promise<void> => {
    clearInterval(timer);
    interrupt(engine.turns);
    await engine.copies.cancel();
    await server.close();
    await working;
    forgetUri(directory);
    engine.close();
    place.remove();
  };
  return { address: engine.address, close };
}

interface Place {
  at: string | number;
  remove(): void;
}

const loopback = (before: string | null): Place => ({ at: Number(before?.split(':')[1] ?? 0), remove: () => {} });

function socketFor(directory: string, before: string | null): Place {
  const { path, remove } = before === null ? socketPlace(directory) : samePlace(directory, before);
  return { at: path, remove };
}
