import { createServer, type Server, type Socket } from 'node:net';
import { int, isDoc } from '../bson/value.ts';
import type { Engine } from '../commands/engine.ts';
import { HangUp, type Peer } from '../commands/fail-point.ts';
import { CursorReply, type Reply } from '../commands/reply.ts';
import { run } from '../commands/run.ts';
import { type Turns, timedSlice } from '../commands/turns.ts';
import { errorReply, outOfDiskSpace, Refusal } from '../errors.ts';
import { MAX_CONNECTIONS, MAX_HELD } from '../limits.ts';
import { StoreBroken, WriteFailed } from '../store/trouble.ts';
import { Connection } from './connection.ts';
import { type Door, type Guest, MAX_BEFORE_LOGIN } from './door.ts';
import { BrokenFrame } from './frames.ts';
import { type Request, writeReply } from './message.ts';
import { createTurn } from './turn.ts';
import { Weights } from './weights.ts';

export interface WireServer {
  /** The path of a Unix socket, or a port of the loopback address; 0 chooses a free one. Gives the port, if it is one. */
  listen(place: string | number): Promise<number | null>;
  /** Takes no more requests, finishes those at work, and hangs up. */
  close(): Promise<void>;
  /** Bytes of messages and replies under way, over all connections. */
  held(): number;
}

export const LOOPBACK = '127.0.0.1';

/** What is answered without a look at the data, and therefore without waiting for its COMMIT. A backup makes its own. */
const GREETINGS = new Set(['hello', 'ismaster', 'isMaster']);
const DATALESS = new Set([...GREETINGS, 'ping', 'buildInfo', 'buildinfo', 'connectionStatus', 'parleyBackup']);

/**
 * Serves the engine. All writes of one turn of the event loop share one COMMIT, and no reply leaves before it, not even
 * a reader's: what it saw might otherwise be lost with the power.
 */
export function createWireServer(
  engine: Engine,
  onFault: (error: Error) => void,
  maxHeld = MAX_HELD,
  door: Door | null = null,
): WireServer {
  const connections = new Weights<Connection>(maxHeld);
  let broken = false;
  let served = 0;

  const fault = (error: unknown): void => {
    if (broken) return;
    broken = true;
    turn.stop();
    for (const connection of connections.all()) connection.hangUp(); // whoever waits learns that the outcome is unknown
    onFault(error instanceof Error ? error : new Error(String(error)));
  };
  const turn = createTurn(engine, fault);
  engine.turns = { slice: timedSlice, next: turn.next };

  const reply = async (request: Request, peer: Peer, guest: Guest | null): Promise<Reply> => {
    await turn.ready();
    // What was taken back in an earlier slice was told then, by `next`: here counts only what the last one saw or wrote.
    let before = engine.disk.rollbacks();
    const turns: Turns = {
      slice: () => {
        before = engine.disk.rollbacks();
        return engine.turns.slice();
      },
      next: () => engine.turns.next(),
    };
    const own: Engine = { ...engine, turns };
    const command = request.body();
    const [name = ''] = command.keys();
    const login = guest?.answer(command);
    if (login) return login;
    const made = await (engine.failPoints?.run(command, peer, () => run(own, command)) ?? run(own, command));
    if (GREETINGS.has(name) && isDoc(made)) made.set('connectionId', int(peer.id));
    if (DATALESS.has(name)) return made;
    if ((await turn.durable()) && engine.disk.rollbacks() === before) return made;
    if (made instanceof CursorReply) engine.cursors.close(made.id); // it has moved past rows that nobody was given
    throw new WriteFailed('others wrote at the same time');
  };

  const answer = async (request: Request, peer: Peer, guest: Guest | null): Promise<Buffer | null> => {
    let made: Reply;
    try {
      made = await reply(request, peer, guest);
    } catch (error) {
      if (error instanceof BrokenFrame || error instanceof HangUp) throw error;
      if (error instanceof StoreBroken) fault(error);
      made = errorReply(refusalOf(error));
    }
    if (broken) throw new BrokenFrame('the store has stopped');
    return request.wantsReply ? writeReply(request, made) : null;
  };

  const serve = (socket: Socket): void => {
    const guest = door?.admit(() => socket.destroy()) ?? null;
    if (door && !guest) return void socket.destroy();
    const weigh = (connection: Connection): void => {
      if (guest && !guest.isIn() && connection.held > MAX_BEFORE_LOGIN) connection.hangUp();
      for (const still of connections.weigh(connection, connection.held)) still.hangUp();
    };
    const peer: Peer = { id: ++served, application: '' };
    const connection = new Connection(socket, { answer: (request) => answer(request, peer, guest), weigh });
    connections.add(connection);
    socket.on('close', () => {
      connections.remove(connection);
      guest?.leave();
    });
  };

  const server: Server = createServer(serve);
  server.maxConnections = MAX_CONNECTIONS;
  const listen = (place: string | number) =>
    new Promise<number | null>((resolve, reject) => {
      const address = typeof place === 'string' ? { path: place } : { port: place, host: LOOPBACK };
      server.once('error', reject);
      server.listen({ ...address, backlog: MAX_CONNECTIONS }, () => {
        server.off('error', reject);
        server.on('error', () => {}); // a connection that could not be taken; its client sees that itself
        const bound = server.address();
        resolve(bound !== null && typeof bound === 'object' ? bound.port : null);
      });
    });
  const close = async (): Promise<void> => {
    server.close();
    if (!broken) await Promise.all(connections.all().map((connection) => connection.finish()));
  };
  return { listen, close, held: () => connections.total };
}

/** Anything unexpected that is no failed write concerns its own command alone. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return error instanceof WriteFailed ? outOfDiskSpace(error.message) : new Refusal(1, String(error));
}
