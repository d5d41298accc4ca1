import { keyOf } from '../bson/key.ts';
import { leaves, splitPath } from '../bson/path.ts';
import { type Doc, int, type Value } from '../bson/value.ts';
import { compileFilter } from '../query/match.ts';
import type { Command } from './command.ts';
import { type Rows, readBatch } from './cursors.ts';
import type { Engine } from './engine.ts';
import { type Match, matching, natural, plainQuery } from './find.ts';
import { ok } from './reply.ts';

export async function count(engine: Engine, command: Command): Promise<Doc> {
  const query = {
    ...plainQuery(command.doc('query'), engine.clock.now()),
    skip: natural('skip', command.whole('skip')),
    limit: Math.abs(command.whole('limit') ?? 0),
  };
  const collection = engine.catalog.find(command.db, command.collection);
  let n = 0;
  if (collection && query.filter.size === 0) {
    const left = Math.max(0, collection.count() - query.skip);
    n = query.limit === 0 ? left : Math.min(left, query.limit);
  } else if (collection) await each(matching(collection, query), () => n++);
  return ok({ n: int(n) });
}

/** The different values of a field, the elements of arrays one by one, in the order in which they are met. */
export async function distinct(engine: Engine, command: Command): Promise<Doc> {
  const filter = command.doc('query');
  compileFilter(filter);
  const path = splitPath(command.string('key'));
  const collection = engine.catalog.find(command.db, command.collection);
  const values = new Map<string, Value>();
  if (collection) {
    await each(matching(collection, plainQuery(filter, engine.clock.now())), ({ doc }) => {
      for (const value of leaves(doc, path)) {
        const key = keyOf(value).toString('latin1');
        if (!values.has(key)) values.set(key, value);
      }
    });
  }
  return ok({ values: [...values.values()] });
}

/** Visits every match, giving way to others as a cursor does. */
async function each(found: Generator<Match | null>, visit: (match: Match) => void): Promise<void> {
  function* rows(): Rows {
    for (const match of found) {
      if (match) visit(match);
      yield null;
    }
  }
  await readBatch({ namespace: '', rows: rows(), ahead: null, usedAt: 0 }, 0, Number.POSITIVE_INFINITY);
}
