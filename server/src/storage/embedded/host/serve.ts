import { type Engine, openEngine } from '../commands/engine.ts';
import { expire } from '../commands/expire.ts';
import { createWireServer } from '../wire/server.ts';
import { socketPlace } from './socket-path.ts';

const HOUSEKEEPING = 60_000; // ms between two passes over TTL indexes and idle cursors: MongoDB's own interval

export interface Serving {
  socket: string;
  close(): Promise<void>;
}

/** Opens the store and serves it. `onFault` is called once when the store can no longer vouch for its data. */
export async function serve(directory: string, onFault: (error: Error) => void): Promise<Serving> {
  const engine = openEngine(directory);
  const place = socketPlace(directory);
  engine.address = place.path;
  const server = createWireServer(engine, onFault);
  try {
    await server.listen(place.path);
  } catch (error) {
    engine.close();
    place.remove();
    throw error;
  }
  const timer = setInterval(() => housekeep(engine, onFault), HOUSEKEEPING);
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await server.close();
    engine.close();
    place.remove();
  };
  return { socket: place.path, close };
}

function housekeep(engine: Engine, onFault: (error: Error) => void): void {
  try {
    engine.cursors.closeIdle(Date.now());
    expire(engine);
    engine.commit();
  } catch (error) {
    onFault(error instanceof Error ? error : new Error(String(error)));
  }
}
