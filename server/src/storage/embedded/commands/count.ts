import { keyOf } from '../bson/key.ts';
import { leaves, splitPath } from '../bson/path.ts';
import { show } from '../bson/show.ts';
import { type Doc, int, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { type Match, matching, plainQuery } from './find.ts';
import { wholeLong } from './numbers.ts';
import { paceOf } from './pace.ts';
import { ok } from './reply.ts';
import type { Pace } from './turns.ts';

const MAX_BYTES = 16 * 1024 * 1024; // of the values of one distinct: they are one document

export async function count(engine: Engine, command: Command): Promise<Doc> {
  const query = {
    ...plainQuery(command.doc('query'), engine.clock.now()),
    skip: command.size('skip') ?? 0,
    limit: limitOf(command),
  };
  const collection = engine.catalog.find(command.db, command.collection);
  let n = 0;
  if (collection && query.filter.size === 0) {
    const left = Math.max(0, collection.count() - query.skip);
    n = query.limit === 0 ? left : Math.min(left, query.limit);
  } else if (collection) await each(paceOf(engine, command), matching(collection, query), () => n++);
  return ok({ n: int(n) });
}

/** A negative limit means the same as a positive one. */
function limitOf(command: Command): number {
  const value = command.body.get('limit');
  if (value === undefined) return 0;
  if (!isNumber(value)) throw badValue(`BSON field 'count.limit' has to be a number, not ${typeName(value)}`);
  const whole = wholeLong(value);
  if (whole === -(2n ** 63n)) throw badValue("BSON field 'count.limit' is out of range");
  if (whole === null) throw failedToParse(`BSON field 'count.limit' has to be a whole number, not ${show(value)}`);
  return Math.abs(Number(whole));
}

/** The different values of a field, the elements of arrays one by one, in MongoDB's order. */
export async function distinct(engine: Engine, command: Command): Promise<Doc> {
  const filter = command.doc('query');
  compileFilter(filter);
  const key = command.string('key');
  if (key.includes('\0')) throw new Refusal(31032, 'The key of distinct may not hold a null byte');
  const path = splitPath(key);
  const collection = engine.catalog.find(command.db, command.collection);
  const values = new Map<string, Value>();
  let bytes = 0;
  if (collection) {
    const found = matching(collection, plainQuery(filter, engine.clock.now()));
    await each(paceOf(engine, command), found, ({ doc }) => {
      for (const value of leaves(doc, path)) {
        const key = keyOf(value).toString('latin1');
        if (values.has(key)) continue;
        values.set(key, value);
        bytes += key.length;
        if (bytes > MAX_BYTES) throw new Refusal(17217, 'distinct too big, 16mb cap');
      }
    });
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)); // the keys compare as the values do
  return ok({ values: sorted.map(([, value]) => value) });
}

/** Visits every match, giving way to others as a cursor does. */
async function each(pace: Pace, found: Generator<Match | null>, visit: (match: Match) => void): Promise<void> {
  for (const match of found) {
    if (match) visit(match);
    if (pace.isDue()) await pace.rest();
  }
}
