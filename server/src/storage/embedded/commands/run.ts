import type { Doc } from '../bson/value.ts';
import { unknownCommand } from '../errors.ts';
import type { Memory } from '../store/retries.ts';
import { aggregate } from './aggregate.ts';
import { parleyBackup } from './backup.ts';
import { getMore, killCursors } from './batches.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.ts';
import { Command } from './command.ts';
import { count, distinct } from './count.ts';
import { namingDamage } from './damage.ts';
import type { Engine } from './engine.ts';
import { explain } from './explain.ts';
import { find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { buildInfo, connectionStatus, hello } from './handshake.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { ok, type Reply } from './reply.ts';
import { endSessions, onlyOnce } from './sessions.ts';
import { insert, remove, update } from './write.ts';

type Handler = (engine: Engine, command: Command) => Reply | Promise<Reply>;
type Write = (engine: Engine, command: Command, memory: Memory | null) => Promise<Doc>;

/** A write changes a document within the turn in which its filter was asked about it: nothing comes in between. */
const once =
  (write: Write): Handler =>
  (engine, command) =>
    onlyOnce(engine, command, (memory) => write(engine, command, memory));

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
  ['explain', explain],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['listCollections', listCollections],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['listDatabases', listDatabases],
  ['parleyBackup', parleyBackup],
]);

/** Runs one command. Throws a Refusal for what is answered with an error; anything else thrown is a fault of the store. */
export async function run(engine: Engine, body: Doc): Promise<Reply> {
  const [name = ''] = body.keys();
  const handler = HANDLERS.get(name);
  if (!handler) throw unknownCommand(name);
  const command = new Command(body);
  return namingDamage(engine, command, () => handler(engine, command));
}
