import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { encode } from '../bson/encode.ts';
import { type Engine, openEngine } from '../commands/engine.ts';
import { type Fields, temporaryDirectory, toDoc } from '../testing/engine.ts';
import { createWireServer } from './server.ts';

const directory = temporaryDirectory();
let cleanUp: (() => Promise<void>) | undefined;
afterEach(async () => {
  await cleanUp?.();
  directory.remove();
});

function message(body: Fields): Buffer {
  const command = encode(toDoc({ ...body, $db: 'test' }));
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + command.length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, command]);
}

const connected = (path: string) =>
  new Promise<Socket>((resolve) => {
    const socket: Socket = connect(path, () => resolve(socket));
  });

it('acknowledges nothing when a commit fails, and says that it is broken', async () => {
  const real = openEngine(directory.path);
  let commits = 0;
  const full: Engine = {
    ...real,
    commit: () => {
      commits++;
      if (commits > 1) throw new Error('the disk is full');
      real.commit();
    },
  };
  const faults: string[] = [];
  const server = createWireServer(full, (error) => faults.push(error.message));
  cleanUp = async () => {
    await server.close();
    real.close();
  };
  const path = `${directory.path}/test.sock`;
  await server.listen(path);
  const socket = await connected(path);
  const replies: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => replies.push(bytes));

  socket.write(message({ insert: 'c', documents: [{ _id: 1 }] }));
  await new Promise((resolve) => socket.once('data', resolve));
  expect(replies).toHaveLength(1);

  // The reader's request comes with the write's: it saw what was never made durable and may not be told.
  const gone = new Promise((resolve) => socket.once('close', resolve));
  socket.write(Buffer.concat([message({ insert: 'c', documents: [{ _id: 2 }] }), message({ find: 'c' })]));
  await gone;
  expect(replies).toHaveLength(1);
  expect(faults).toEqual(['the disk is full']);
});
