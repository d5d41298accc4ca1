import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Fields } from '../testing/engine.ts';
import { openTestServer, type RawClient, type TestServer } from '../testing/wire.ts';
import { FailPoints } from './fail-point.ts';
import { interrupt } from './turns.ts';

const { Long, UUID } = mongoose.mongo;

let server: TestServer;
let client: RawClient;
let waited: number[];
beforeEach(async () => {
  server = await openTestServer();
  waited = [];
  server.engine.failPoints = new FailPoints(async (ms) => void waited.push(ms));
  client = await server.client();
});
afterEach(() => server.close());

const failCommand = (data: Fields, mode: unknown = { times: 1 }): Promise<Fields> =>
  client.command({ configureFailPoint: 'failCommand', mode, data, $db: 'admin' });

const insert = (id: number, more: Fields = {}): Fields => ({ insert: 'rows', documents: [{ _id: id }], ...more });

const retryable = (number: number): Fields => ({ lsid: { id: new UUID() }, txnNumber: Long.fromNumber(number) });

it('is no command of a store that was not opened for tests', async () => {
  server.engine.failPoints = null;
  expect(await failCommand({ failCommands: ['insert'] })).toMatchObject({ ok: 0, code: 59 });
});

it('fails the named commands as often as it is told, without running them', async () => {
  await failCommand({ failCommands: ['insert'], errorCode: 91 }, { times: 2 });
  expect(await client.command({ ping: 1 })).toMatchObject({ ok: 1 });
  expect(await client.command(insert(1))).toMatchObject({ ok: 0, code: 91 });
  expect(await client.command(insert(1))).toMatchObject({ ok: 0, code: 91 });
  expect(await client.command(insert(1))).toMatchObject({ ok: 1, n: 1 });
});

it('lets some pass first, and ends when it is switched off', async () => {
  await failCommand({ failCommands: ['ping'], errorCode: 2 }, { skip: 1 });
  expect(await client.command({ ping: 1 })).toMatchObject({ ok: 1 });
  expect(await client.command({ ping: 1 })).toMatchObject({ ok: 0 });
  expect(await client.command({ ping: 1 })).toMatchObject({ ok: 0 });
  expect(await failCommand({}, 'off')).toMatchObject({ ok: 1, count: 2 });
  expect(await client.command({ ping: 1 })).toMatchObject({ ok: 1 });
});

it('labels what a driver may send again, unless the labels are given', async () => {
  const labelled = async (data: Fields, command: Fields) => {
    await failCommand({ failCommands: ['insert'], errorCode: 91, ...data });
    return (await client.command(command)).errorLabels;
  };
  expect(await labelled({}, insert(1, retryable(1)))).toEqual(['RetryableWriteError']);
  expect(await labelled({}, insert(1))).toBeUndefined();
  expect(await labelled({ errorCode: 11601 }, insert(1, retryable(1)))).toBeUndefined();
  expect(await labelled({ errorLabels: [] }, insert(1, retryable(1)))).toBeUndefined();
  expect(await labelled({ errorLabels: ['Mine'] }, insert(1))).toEqual(['Mine']);
});

it('runs a command whose write concern is to fail', async () => {
  const error = { code: 91, errmsg: 'going' };
  await failCommand({ failCommands: ['insert'], writeConcernError: error });
  const reply = await client.command(insert(1, retryable(1)));
  expect(reply).toMatchObject({ ok: 1, n: 1, writeConcernError: error, errorLabels: ['RetryableWriteError'] });
});

it('waits, and hangs up on the named application only', async () => {
  const other = await server.client();
  await other.command({ hello: 1, client: { application: { name: 'other' } } });
  const data = {
    failCommands: ['ping'],
    closeConnection: true,
    blockConnection: true,
    blockTimeMS: 70,
    appName: 'other',
  };
  await failCommand(data);
  expect(await client.command({ ping: 1 })).toMatchObject({ ok: 1 });
  await expect(other.command({ ping: 1 })).rejects.toThrow('hung up');
  expect(waited).toEqual([70]);
});

it('cuts the connection of a retryable write after or before it, and the retry does it once', async () => {
  for (const [id, data] of [{}, { failBeforeCommitExceptionCode: 1 }].entries()) {
    const cut = await server.client();
    await client.command({ configureFailPoint: 'onPrimaryTransactionalWrite', mode: { times: 1 }, data, $db: 'admin' });
    const update = { q: { _id: id }, u: { $inc: { n: 1 } }, upsert: true };
    const command = { update: 'rows', updates: [update], ...retryable(1) };
    await expect(cut.command(command)).rejects.toThrow('hung up');
    expect(await client.command(command)).toMatchObject({ ok: 1, n: 1, upserted: [{ _id: id }] });
    expect(await client.command({ find: 'rows', filter: { _id: id } })).toMatchObject({
      cursor: { firstBatch: [{ _id: id, n: 1 }] },
    });
  }
});

it('the store itself says that a write which its end interrupts may be sent again', async () => {
  const { turns } = server.engine;
  turns.slice = () => () => true;
  interrupt(turns);
  const documents = [{ _id: 1 }, { _id: 2 }];
  const reply = await client.command({ insert: 'rows', documents, ...retryable(1) });
  expect(reply).toMatchObject({ ok: 0, code: 11600, errorLabels: ['RetryableWriteError'] });
  expect(await client.command({ insert: 'rows', documents })).not.toHaveProperty('errorLabels');
});

it('refuses what it does not know', async () => {
  expect(await client.command({ configureFailPoint: 'other', mode: 'off' })).toMatchObject({ ok: 0, code: 40428 });
  expect(await failCommand({ failCommands: ['ping'] }, 'sometimes')).toMatchObject({ ok: 0, code: 2 });
});
