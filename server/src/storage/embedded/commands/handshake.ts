import { DateTime, type Doc, doc, int, ObjectId } from '../bson/value.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { ok } from './reply.ts';

const SET_NAME = 'embedded';
const WIRE_VERSION = 21; // MongoDB 7.0: retryable writes, but not yet the bulkWrite command
const VERSION = [7, 0, 0, 0];

/**
 * A replica set of one: drivers then send retryable writes and keep sessions. They follow `hosts`, so it names the very
 * address that they used.
 */
export const hello = (engine: Engine, command: Command): Doc =>
  ok({
    helloOk: true,
    [command.name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    secondary: false,
    setName: SET_NAME,
    setVersion: int(1),
    hosts: [engine.address],
    me: engine.address,
    primary: engine.address,
    electionId: new ObjectId(Buffer.from('7fffffff0000000000000001', 'hex')),
    maxBsonObjectSize: int(16 * 1024 * 1024),
    maxMessageSizeBytes: int(48_000_000),
    maxWriteBatchSize: int(100_000),
    localTime: new DateTime(BigInt(engine.clock.now().getTime())),
    logicalSessionTimeoutMinutes: int(30),
    minWireVersion: int(0),
    maxWireVersion: int(WIRE_VERSION),
    readOnly: false,
  });

export const buildInfo = (): Doc =>
  ok({
    version: VERSION.slice(0, 3).join('.'),
    versionArray: VERSION.map(int),
    modules: ['parley-embedded'],
    bits: int(64),
    maxBsonObjectSize: int(16 * 1024 * 1024),
  });

export const connectionStatus = (): Doc =>
  ok({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) });
