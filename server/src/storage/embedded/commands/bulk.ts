import { toDouble } from '../bson/number.ts';
import { type Doc, doc, int, isNumber, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import type { Memory } from '../store/retries.ts';
import { StoreBroken, WriteFailed } from '../store/trouble.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { paceOf } from './pace.ts';
import { INTERRUPTED, inSlices, type Pace, type Work } from './turns.ts';

/** What one statement has done so far. It is counted even if the statement ends with an error. */
export interface Tally {
  n: number;
  nModified: number;
  upsertedId?: Value;
}

export interface Done {
  n: number;
  nModified: number;
  /** As the reply lists them; undefined when there is none. */
  upserted: Value[] | undefined;
  writeErrors: Value[] | undefined;
}

/** MaxTimeMSExpired and InterruptedAtShutdown end the whole command, not only the statement that met them. */
const ENDS_COMMAND = new Set([50, INTERRUPTED]);

/**
 * Runs the statements of one bulk; an ordered one ends at its first error, an unordered one goes on. Between statements
 * a long bulk gives way, so it is not atomic as a whole, just as with MongoDB. What a retried bulk did the first time is
 * counted, not done again.
 */
export async function runBulk<Statement>(
  engine: Engine,
  command: Command,
  statements: Statement[],
  memory: Memory | null,
  run: (statement: Statement, done: Tally, pace: Pace) => Work<void> | undefined,
): Promise<Done> {
  const pace = paceOf(engine, command, () => memory?.save());
  const done = await inSlices(
    pace,
    bulk(statements, command.strictFlag('ordered', { otherwise: true }), memory, pace, run),
  );
  return command.isUnacknowledged ? { ...done, writeErrors: undefined } : done;
}

function* bulk<Statement>(
  statements: Statement[],
  ordered: boolean,
  memory: Memory | null,
  pace: Pace,
  run: (statement: Statement, done: Tally, pace: Pace) => Work<void> | undefined,
): Work<Done> {
  const total: Tally = { n: 0, nModified: 0 };
  const upserted: Value[] = [];
  const errors: Value[] = [];
  const count = (index: number, done: Tally): void => {
    total.n += done.n;
    total.nModified += done.nModified;
    if (done.upsertedId !== undefined) upserted.push(doc({ index: int(index), _id: done.upsertedId }));
  };
  for (const [index, statement] of statements.entries()) {
    const before = memory?.outcome(index);
    if (before) {
      count(index, tallyOf(before));
      continue;
    }
    if (pace.isDue()) yield;
    const done: Tally = { n: 0, nModified: 0 };
    try {
      const work = run(statement, done, pace);
      if (work) yield* work;
      memory?.add(index, outcomeOf(done));
    } catch (error) {
      if (!(error instanceof Refusal) || ENDS_COMMAND.has(error.code)) {
        // What was done so far is committed with this turn, so a retry has to find it. A failed write undoes it all.
        if (!(error instanceof WriteFailed || error instanceof StoreBroken)) memory?.save();
        throw error;
      }
      errors.push(writeError(index, error));
    }
    count(index, done);
    if (ordered && errors.length > 0) break;
  }
  memory?.save();
  return { ...total, upserted: some(upserted), writeErrors: some(errors) };
}

const some = (values: Value[]): Value[] | undefined => (values.length > 0 ? values : undefined);

const writeError = (index: number, error: Refusal): Doc =>
  new Map<string, Value>([
    ['index', int(index)],
    ['code', int(error.code)],
    ['errmsg', error.message],
    ...error.details,
  ]);

const outcomeOf = ({ n, nModified, upsertedId }: Tally): Doc => doc({ n: int(n), m: int(nModified), _id: upsertedId });

function tallyOf(outcome: Doc): Tally {
  const number = (name: string): number => {
    const value = outcome.get(name);
    return isNumber(value) ? toDouble(value) : 0;
  };
  const upsertedId = outcome.get('_id');
  const done: Tally = { n: number('n'), nModified: number('m') };
  return upsertedId === undefined ? done : { ...done, upsertedId };
}
