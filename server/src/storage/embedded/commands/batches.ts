import { type Doc, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue, Refusal, typeMismatch } from '../errors.ts';
import { MAX_BATCH } from '../limits.ts';
import type { Command } from './command.ts';
import { type Cursor, type Read, Rows } from './cursors.ts';
import type { Engine } from './engine.ts';
import { CursorReply, ok } from './reply.ts';
import { Pace } from './turns.ts';

const FIRST_BATCH = 101; // MongoDB's default

interface Batch {
  rows: Buffer[];
  exhausted: boolean;
}

/** How a command wants its rows. `batchSize` undefined is the default, 0 opens the cursor and reads nothing yet. */
export interface Wanted {
  batchSize?: number | undefined;
  /** No cursor is kept, whatever is left. */
  single?: boolean;
  namespace?: string;
}

/** Answers with the first rows and keeps a cursor for the rest. */
export async function firstBatch(
  engine: Engine,
  command: Command,
  rows: Rows,
  { batchSize = FIRST_BATCH, single = false, namespace = command.namespace }: Wanted = {},
): Promise<CursorReply> {
  const timeLeft = command.maxTime > 0 ? command.maxTime : Number.POSITIVE_INFINITY;
  const cursor: Cursor = {
    namespace,
    session: command.session,
    rows,
    ahead: null,
    busy: false,
    timeLeft,
    usedAt: engine.clock.now().getTime(),
  };
  const batch =
    batchSize === 0 && !single ? { rows: [], exhausted: false } : await readBatch(engine, cursor, batchSize);
  const id = batch.exhausted || single ? 0n : engine.cursors.add(cursor);
  return new CursorReply(id, namespace, 'firstBatch', batch.rows);
}

/** Reads on. Everything about the command is checked before the cursor is looked for. */
export async function getMore(engine: Engine, command: Command): Promise<CursorReply> {
  const id = command.body.get('getMore') ?? null;
  if (id === null) throw command.missing('getMore');
  if (typeof id !== 'bigint') throw command.wrong('getMore', id, 'long');
  const namespace = `${command.db}.${command.string('collection')}`;
  const size = command.size('batchSize') || Number.POSITIVE_INFINITY;
  const now = engine.clock.now().getTime();
  const cursor = engine.cursors.take(id, namespace, command.session, now);
  if ((command.body.get('maxTimeMS') ?? null) !== null)
    throw badValue('cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  cursor.busy = true;
  try {
    const batch = await readBatch(engine, cursor, size);
    if (batch.exhausted) engine.cursors.close(id);
    return new CursorReply(batch.exhausted ? 0n : id, namespace, 'nextBatch', batch.rows);
  } catch (error) {
    engine.cursors.close(id); // what it had read is lost
    throw error;
  } finally {
    cursor.busy = false;
  }
}

/** Fills one batch, giving way to other clients every few milliseconds. */
async function readBatch(engine: Engine, cursor: Cursor, size: number): Promise<Batch> {
  const began = performance.now();
  const pace = new Pace(engine.turns, began + cursor.timeLeft);
  const rows: Buffer[] = [];
  let bytes = 0;
  const end = (exhausted: boolean): Batch => {
    cursor.timeLeft -= performance.now() - began;
    return { rows, exhausted: exhausted && cursor.ahead === null };
  };
  if (cursor.ahead) {
    rows.push(cursor.ahead);
    bytes = cursor.ahead.length;
    cursor.ahead = null;
  }
  while (rows.length < size) {
    const row = cursor.rows.next();
    if (row === undefined) return end(true);
    if (row && rows.length > 0 && bytes + row.length > MAX_BATCH) {
      cursor.ahead = row;
      return end(false);
    }
    if (row) {
      rows.push(row);
      bytes += row.length;
      if (cursor.rows.isComplete) return end(true);
    }
    if (pace.isDue()) await pace.rest();
  }
  return end(cursor.rows.isComplete);
}

/** Rows that are all there already, such as a list of collections. */
export function listed(all: Buffer[]): Rows {
  const rows = new Rows(read());
  function* read(): Read {
    for (const [at, row] of all.entries()) {
      if (at === all.length - 1) rows.complete();
      yield row;
    }
  }
  return rows;
}

/** `cursor: { batchSize }` of aggregate, listCollections and listIndexes. */
export function batchSizeOf(command: Command): number | undefined {
  const cursor = command.body.get('cursor');
  if (cursor === undefined) return undefined;
  if (!(cursor instanceof Map)) throw command.wrong('cursor', cursor, 'object');
  for (const field of cursor.keys()) {
    if (field !== 'batchSize') throw new Refusal(40415, `BSON field 'cursor.${field}' is an unknown field.`);
  }
  return command.size('batchSize', cursor);
}

export function killCursors(engine: Engine, command: Command): Doc {
  const name = command.body.get('killCursors') ?? null;
  if (typeof name !== 'string') throw new Refusal(73, `collection name has invalid type ${typeName(name)}`);
  if ((command.body.get('cursors') ?? null) === null) throw command.missing('cursors');
  const killed: Value[] = [];
  const missing: Value[] = [];
  const ids = command.array('cursors').filter((id) => id !== null);
  for (const id of ids) {
    if (typeof id !== 'bigint') {
      const found = isNumber(id) ? `${typeName(id)}: a number of another type` : typeName(id);
      throw typeMismatch(`BSON field 'killCursors.cursors' holds a value of the wrong type ${found}, expected 'long'`);
    }
  }
  for (const id of ids) if (typeof id === 'bigint') (engine.cursors.close(id) ? killed : missing).push(id);
  return ok({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
}
