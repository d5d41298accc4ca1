import type { Doc, Value } from '../bson/value.ts';
import { Refusal, unknownCommand } from '../errors.ts';
import { aggregate } from './aggregate.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.ts';
import { Command } from './command.ts';
import { count, distinct } from './count.ts';
import type { Engine } from './engine.ts';
import { find, getMore } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { buildInfo, connectionStatus, hello } from './handshake.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { ok, type Reply } from './reply.ts';
import { endSessions, onlyOnce } from './sessions.ts';
import { insert, remove, update } from './write.ts';

type Handler = (engine: Engine, command: Command) => Reply | Promise<Reply>;
type Write = (engine: Engine, command: Command) => Doc;

/** A write is done within one turn of the event loop: nothing comes between its filter and its change. */
const once =
  (write: Write): Handler =>
  (engine, command) =>
    onlyOnce(engine, command, () => write(engine, command));

const HANDLERS = new Map<string, Handler>([
  ['hello', hello],
  ['ismaster', hello],
  ['isMaster', hello],
  ['ping', () => ok()],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['connectionStatus', connectionStatus],
  ['endSessions', endSessions],
  ['insert', once(insert)],
  ['update', once(update)],
  ['delete', once(remove)],
  ['findAndModify', once(findAndModify)],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['count', count],
  ['distinct', distinct],
  ['aggregate', aggregate],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['listCollections', listCollections],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['listDatabases', listDatabases],
]);

/** Runs one command. Throws a Refusal for what is answered with an error; anything else thrown is a fault of the store. */
export function run(engine: Engine, body: Doc): Reply | Promise<Reply> {
  const [name = ''] = body.keys();
  const handler = HANDLERS.get(name);
  if (!handler) throw unknownCommand(name);
  return handler(engine, new Command(body));
}

function killCursors(engine: Engine, command: Command): Doc {
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of command.array('cursors')) {
    if (typeof id !== 'bigint') throw new Refusal(14, 'a cursor id has to be a long');
    (engine.cursors.close(id) ? killed : missing).push(id);
  }
  return ok({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
}
