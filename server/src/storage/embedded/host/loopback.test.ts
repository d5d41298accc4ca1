import { connect, type Socket } from 'node:net';
import { BroadcastChannel } from 'node:worker_threads';
import mongoose, { type mongo } from 'mongoose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../store.ts';
import { temporaryDirectory } from '../testing/engine.ts';
import { handPulse } from '../testing/hand-pulse.ts';
import { SILENCE } from './heartbeat.ts';

const { MongoClient } = mongoose.mongo;
const STRANGERS = 100; // as wire/door.ts has it

let directory: { path: string; remove(): void };
let store: EmbeddedStore;
let restarted: Promise<void>;
const clients: mongo.MongoClient[] = [];
const sockets: Socket[] = [];

beforeEach(async () => {
  directory = temporaryDirectory();
  const pulse = handPulse();
  const { promise, resolve } = Promise.withResolvers<void>();
  restarted = promise;
  store = await startEmbeddedStore({
    directory: directory.path,
    listen: 'loopback',
    pulse,
    workerEntry: new URL('../testing/faulty-worker.ts', import.meta.url),
    onFault: () => setImmediate(() => pulse.pass(SILENCE)),
    onRestarted: resolve,
  });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await store.close();
  directory.remove();
});

const open = (uri: string): mongo.MongoClient => {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
  clients.push(client);
  return client;
};
const address = () => /@(127\.0\.0\.1):(\d+)\//.exec(store.uri)?.slice(1) ?? [];
const withLogin = (login: string): string => store.uri.replace(/\/\/.*@/, `//${login}@`);
const withoutLogin = (): string => `mongodb://${address().join(':')}/?directConnection=true`;

it('lets in who knows the secret of this start', async () => {
  expect(store.uri).toMatch(/^mongodb:\/\/parley:[\w-]{43}@127\.0\.0\.1:\d+\/parley\?/);
  const connection = await mongoose.createConnection(store.uri).asPromise();
  await connection.collection('rows').insertMany([{ n: 1 }, { n: 2 }]);
  expect(await connection.collection('rows').countDocuments({})).toBe(2);
  await connection.close();
});

it('does not let in anybody else', async () => {
  const wrong = open(withLogin('parley:wrong')).db('parley');
  await expect(wrong.command({ count: 'rows' })).rejects.toMatchObject({ code: 18 });
  const other = open(withLogin(`root:${/:([\w-]{43})@/.exec(store.uri)?.[1]}`)).db('parley');
  await expect(other.command({ count: 'rows' })).rejects.toMatchObject({ code: 18 });
});

it('answers a stranger only what a driver asks before it logs in', async () => {
  const db = open(withoutLogin()).db('admin');
  await expect(db.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
  await expect(db.command({ hello: 1 })).resolves.toMatchObject({ ok: 1 });
  for (const name of ['find', 'insert', 'listDatabases', 'parleyBackup', 'dropDatabase', 'endSessions', 'unknown']) {
    await expect(db.command({ [name]: 'rows' })).rejects.toMatchObject({ code: 13, codeName: 'Unauthorized' });
  }
  const sasl = { saslContinue: 1, conversationId: 1, payload: Buffer.from('c=biws,r=x,p=eA==') };
  await expect(db.command(sasl)).rejects.toMatchObject({ code: 18 });
});

it('holds only so many strangers, and nothing long of theirs', async () => {
  const [host, port] = address();
  const stranger = async (): Promise<Socket> => {
    const socket = connect(Number(port), host);
    sockets.push(socket);
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
  const long = await stranger();
  const hungUp = closed(long);
  const head = Buffer.alloc(16);
  head.writeInt32LE(48_000_000, 0);
  head.writeInt32LE(2013, 12);
  long.write(Buffer.concat([head, Buffer.alloc(100_000)]));
  await hungUp;
  const all: Socket[] = [];
  while (all.length < STRANGERS) all.push(await stranger());
  await closed(await stranger());
  for (const one of all) one.destroy();
  await Promise.all(all.map((one) => one.destroyed || closed(one)));
  const connection = await mongoose.createConnection(store.uri).asPromise();
  await connection.collection('rows').insertOne({ n: 1 });
  await connection.close();
});

it('is found again after a restart: the same port, the same secret', async () => {
  const client = open(store.uri);
  await client.db().collection('rows').insertOne({ n: 1 });
  const channel = new BroadcastChannel(directory.path);
  channel.postMessage('exit');
  await restarted;
  channel.close();
  expect(await client.db().collection('rows').countDocuments({})).toBe(1);
});
