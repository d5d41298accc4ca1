import { type Doc, doc, int, type Value } from '../bson/value.ts';
import { failedToParse } from '../errors.ts';
import { compileProjection } from '../query/project.ts';
import { parseSort } from '../query/sort.ts';
import type { Memory } from '../store/retries.ts';
import { compileUpdate, type Update } from '../update/update.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { plainQuery, type Query } from './find.ts';
import { paceOf } from './pace.ts';
import { ok } from './reply.ts';
import { firstTarget, type Target } from './targets.ts';
import { inSlices, type Pace, type Work } from './turns.ts';
import { insertUpserted, replaceRow } from './write.ts';

/** Finds one document, changes or removes it, and answers with it as it was or as it became. */
export async function findAndModify(engine: Engine, command: Command, memory: Memory | null): Promise<Doc> {
  const before = memory?.outcome(0);
  if (before) return before;
  const pace = paceOf(engine, command);
  return inSlices(pace, once(changeFirst(engine, command, pace), memory));
}

function* once(change: Work<Doc>, memory: Memory | null): Work<Doc> {
  const reply = yield* change;
  memory?.add(0, reply);
  memory?.save();
  return reply;
}

function* changeFirst(engine: Engine, command: Command, pace: Pace): Work<Doc> {
  for (const option of ['upsert', 'new', 'bypassDocumentValidation']) command.flag(option);
  const removes = command.flag('remove');
  const given = command.body.get('update');
  if (removes && given !== undefined) throw failedToParse('Cannot specify both an update and remove=true');
  if (removes && command.flag('new')) {
    throw failedToParse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  }
  if (removes && command.flag('upsert')) throw failedToParse('Cannot specify both upsert=true and remove=true');
  if (!removes && given === undefined) throw failedToParse('Either an update or remove=true must be specified');
  const query: Query = {
    ...plainQuery(command.doc('query'), engine.clock.now()),
    sort: parseSort(command.doc('sort')),
    limit: 1,
  };
  const projection = compileProjection(command.doc('fields'));
  const shown = (value: Doc): Value => (projection ? projection(value, query.now) : value);
  const change = removes ? null : compileUpdate(given ?? null);
  const collection = engine.catalog.find(command.db, command.collection);
  const target = yield* firstTarget(collection, query, pace);
  return change ? changed(engine, command, query, change, target, shown) : removed(target, query.now, shown);
}

type Shown = (value: Doc) => Value;

function removed(target: Target | undefined, now: Date, shown: Shown): Doc {
  if (!target) return ok({ lastErrorObject: doc({ n: int(0) }), value: null });
  target.collection.remove(target.rid, target.doc, now);
  return ok({ lastErrorObject: doc({ n: int(1) }), value: shown(target.doc) });
}

function changed(
  engine: Engine,
  command: Command,
  query: Query,
  change: Update,
  target: Target | undefined,
  shown: Shown,
): Doc {
  if (target) {
    const { after } = replaceRow(engine, target, change, query.now);
    const value = shown(command.flag('new') ? after : target.doc);
    return ok({ lastErrorObject: doc({ n: int(1), updatedExisting: true }), value });
  }
  if (!command.flag('upsert')) return ok({ lastErrorObject: doc({ n: int(0), updatedExisting: false }), value: null });
  const made = insertUpserted(engine, command, query, change);
  const lastErrorObject = doc({ n: int(1), updatedExisting: false, upserted: made.get('_id') });
  return ok({ lastErrorObject, value: command.flag('new') ? shown(made) : null });
}
