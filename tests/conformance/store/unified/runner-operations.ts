import { isDeepStrictEqual } from 'node:util';
import type { Document, MongoClient } from '@parley/server/src/storage/embedded/testing/driver.ts';
import { need, type World } from './world.ts';

/** Where the runner's own operations work: with a client that no test looks at. */
export interface Bench {
  world: World;
  internal: MongoClient;
}

type Call = (args: Document, bench: Bench) => unknown;

/** Operations on `testRunner`. They throw when what they assert is not so. */
export const onRunner: Record<string, Call> = {
  failPoint: ({ failPoint }, { internal }) => internal.db('admin').command(failPoint),
  createEntities: async ({ entities }, { world }) => {
    for (const entity of entities) await world.create(entity);
  },
  assertSameLsidOnLastTwoCommands: ({ client }, { world }) => {
    const [before, last] = lastSessions(world, client);
    assert(isDeepStrictEqual(before, last), 'the last two commands have different sessions');
  },
  assertDifferentLsidOnLastTwoCommands: ({ client }, { world }) => {
    const [before, last] = lastSessions(world, client);
    assert(!isDeepStrictEqual(before, last), 'the last two commands have the same session');
  },
  assertSessionDirty: ({ session }, { world }) =>
    assert(world.session(session).serverSession.isDirty, 'the session is not dirty'),
  assertSessionNotDirty: ({ session }, { world }) =>
    assert(!world.session(session).serverSession.isDirty, 'the session is dirty'),
  assertCollectionExists: async (args, bench) => assert(await exists(args, bench), `${args.collectionName} is missing`),
  assertCollectionNotExists: async (args, bench) =>
    assert(!(await exists(args, bench)), `${args.collectionName} is there`),
  assertNumberConnectionsCheckedOut: ({ client, connections }, { world }) => {
    const out = world.checkedOut.get(client) ?? 0;
    assert(out === connections, `${out} connections are checked out, expected ${connections}`);
  },
};

function assert(holds: boolean, why: string): void {
  if (!holds) throw new Error(why);
}

function lastSessions(world: World, client: string): Document[] {
  const started = need(world.events, client).filter(({ name }) => name === 'commandStartedEvent');
  const sessions = started.slice(-2).map(({ event }) => event.command.lsid);
  assert(sessions.length === 2 && sessions.every(Boolean), 'there are no two commands with a session');
  return sessions;
}

async function exists({ databaseName, collectionName }: Document, { internal }: Bench): Promise<boolean> {
  const found = await internal.db(databaseName).listCollections({ name: collectionName }).toArray();
  return found.length > 0;
}
