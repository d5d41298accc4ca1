import { connect, type Socket } from 'node:net';
import mongoose from 'mongoose';
import { type Engine, openEngine } from '../commands/engine.ts';
import { housekeeping } from '../commands/housekeeping.ts';
import type { Strike } from '../store/disk.ts';
import { createWireServer } from '../wire/server.ts';
import { type Fields, temporaryDirectory } from './engine.ts';

const { BSON } = mongoose.mongo;

/** One OP_MSG, as a driver would send it; `flags` and further sections on request. */
export function message(body: Fields, sections: Buffer[] = [], flags = 0): Buffer {
  const command = BSON.serialize({ ...body, $db: body.$db ?? 'test' }, { ignoreUndefined: true });
  const parts = [Buffer.alloc(20), Buffer.from([0]), command, ...sections];
  const made = Buffer.concat(parts);
  made.writeInt32LE(made.length, 0);
  made.writeInt32LE(2013, 12);
  made.writeUInt32LE(flags, 16);
  return made;
}

/** A document sequence: section kind 1. */
export function sequence(name: string, documents: Uint8Array[]): Buffer {
  const rows = Buffer.concat([Buffer.from(`${name}\0`), ...documents]);
  const head = Buffer.alloc(5, 1);
  head.writeInt32LE(rows.length + 4, 1);
  return Buffer.concat([head, rows]);
}

/** A connection that sends what it is told, byte for byte. */
export interface RawClient {
  socket: Socket;
  send(bytes: Buffer): void;
  /** The next reply. Rejects when the store hangs up before. */
  reply(): Promise<Fields>;
  command(body: Fields): Promise<Fields>;
  /** Resolves when the store has hung up. */
  gone: Promise<void>;
  close(): void;
}

export function rawClient(path: string): Promise<RawClient> {
  const socket = connect(path);
  let bytes: Buffer[] = [];
  let size = 0;
  const replies: Fields[] = [];
  const waiting: { resolve(reply: Fields): void; reject(error: Error): void }[] = [];
  let over = false;
  socket.on('data', (chunk: Buffer) => {
    bytes.push(chunk);
    size += chunk.length;
    for (let length = lengthOf(bytes); length !== null && size >= length; length = lengthOf(bytes)) {
      const all = Buffer.concat(bytes);
      const reply = BSON.deserialize(all.subarray(21, length), { promoteLongs: false });
      bytes = [all.subarray(length)];
      size -= length;
      const next = waiting.shift();
      if (next) next.resolve(reply);
      else replies.push(reply);
    }
  });
  socket.on('error', () => socket.destroy());
  const gone = new Promise<void>((resolve) =>
    socket.once('close', () => {
      over = true;
      for (const { reject } of waiting) reject(new Error('the store hung up'));
      resolve();
    }),
  );
  const reply = (): Promise<Fields> =>
    new Promise((resolve, reject) => {
      const ready = replies.shift();
      if (ready) resolve(ready);
      else if (over) reject(new Error('the store hung up'));
      else waiting.push({ resolve, reject });
    });
  const send = (sent: Buffer): void => void socket.write(sent);
  const command = (body: Fields): Promise<Fields> => {
    send(message(body));
    return reply();
  };
  const client: RawClient = { socket, send, reply, command, gone, close: () => socket.destroy() };
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(client));
    socket.once('close', () => reject(new Error('not connected')));
  });
}

function lengthOf(bytes: Buffer[]): number | null {
  const [first] = bytes;
  if (!first) return null;
  if (first.length >= 4) return first.readInt32LE(0);
  const all = Buffer.concat(bytes);
  bytes.splice(0, bytes.length, all);
  return all.length >= 4 ? all.readInt32LE(0) : null;
}

export interface TestServer {
  engine: Engine;
  directory: string;
  path: string;
  faults: string[];
  client(): Promise<RawClient>;
  keepHouse(): Promise<void>;
  /** Bytes under way over all connections. */
  held(): number;
  close(): Promise<void>;
}

/** The store behind its socket, in this thread. */
interface TestServerOptions {
  strike?: Strike;
  now?: () => Date;
  maxHeld?: number;
}

export async function openTestServer({ strike, now, maxHeld }: TestServerOptions = {}): Promise<TestServer> {
  const directory = temporaryDirectory();
  const engine = openEngine(directory.path, now, strike);
  const faults: string[] = [];
  const server = createWireServer(engine, (error) => faults.push(error.message), maxHeld);
  const path = `${directory.path}/test.sock`;
  engine.address = path;
  await server.listen(path);
  const clients: RawClient[] = [];
  return {
    engine,
    directory: directory.path,
    path,
    faults,
    client: async () => {
      const made = await rawClient(path);
      clients.push(made);
      return made;
    },
    keepHouse: housekeeping(engine),
    held: server.held,
    close: async () => {
      for (const client of clients) client.close();
      await server.close();
      engine.close();
      directory.remove();
    },
  };
}
