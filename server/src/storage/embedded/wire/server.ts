import { createServer, type Server, type Socket } from 'node:net';
import type { Engine } from '../commands/engine.ts';
import type { Reply } from '../commands/reply.ts';
import { run } from '../commands/run.ts';
import { errorReply, Refusal } from '../errors.ts';
import { StoreBroken } from '../store/disk.ts';
import { BrokenFrame, Frames } from './frames.ts';
import { type Request, readRequest, writeReply } from './message.ts';

export interface WireServer {
  listen(path: string): Promise<void>;
  /** Takes no more requests, finishes those at work, and hangs up. */
  close(): Promise<void>;
}

/**
 * Serves the engine. All writes of one turn of the event loop share one COMMIT, and no reply leaves before it, not even
 * a reader's: what it saw might otherwise be lost with the power.
 */
export function createWireServer(engine: Engine, onFault: (error: Error) => void): WireServer {
  const sockets = new Set<Socket>();
  const working = new Set<Promise<void>>();
  let held: (() => void)[] = [];
  let commitIsDue = false;
  let broken = false;

  const fault = (error: unknown): void => {
    if (broken) return;
    broken = true;
    held = [];
    for (const socket of sockets) socket.destroy(); // whoever waits learns that the outcome is unknown
    onFault(error instanceof Error ? error : new Error(String(error)));
  };

  const commit = (): void => {
    commitIsDue = false;
    if (broken) return;
    try {
      engine.commit();
    } catch (error) {
      fault(error);
      return;
    }
    const ready = held;
    held = [];
    for (const send of ready) send();
  };

  const afterCommit = (send: () => void): void => {
    if (broken) return;
    if (!engine.disk.isOpen()) {
      send();
      return;
    }
    held.push(send);
    if (commitIsDue) return;
    commitIsDue = true;
    setImmediate(commit);
  };

  const answer = async (socket: Socket, request: Request): Promise<void> => {
    if (broken) return;
    let reply: Reply;
    try {
      reply = await run(engine, request.body());
    } catch (error) {
      if (error instanceof BrokenFrame) {
        socket.destroy();
        return;
      }
      if (error instanceof StoreBroken) return fault(error);
      // Anything unexpected before a write touched the disk concerns this command alone.
      reply = errorReply(error instanceof Refusal ? error : new Refusal(1, String(error)));
    }
    const bytes = request.wantsReply ? writeReply(request, reply) : null;
    await new Promise<void>((resolve) => {
      afterCommit(() => {
        if (bytes && socket.writable) socket.write(bytes);
        resolve();
      });
    });
  };

  const serve = (socket: Socket): void => {
    const frames = new Frames();
    let last: Promise<void> = Promise.resolve();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of frames.take(chunk)) {
          const request = readRequest(message);
          // One after the other within a connection, so that its replies keep the order of its requests.
          const task: Promise<void> = last.then(() => answer(socket, request));
          last = task;
          working.add(task);
          void task.finally(() => working.delete(task));
        }
      } catch {
        socket.destroy(); // a frame that makes no sense closes its own connection only
      }
    });
  };

  const server: Server = createServer(serve);
  const listen = (path: string) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    });
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.pause();
    server.close();
    if (!broken) await Promise.all(working); // what a fault cut off never ends
    for (const socket of sockets) socket.destroySoon();
  };
  return { listen, close };
}
