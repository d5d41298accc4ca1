import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Refusal } from '../errors.ts';
import { isRefusedByDisk, StoreBroken, WriteFailed } from './trouble.ts';

export type Row = Record<string, unknown>;

/**
 * A SQLite file that one process holds, with the statements it has prepared and one open transaction for all writes.
 *
 * When the disk refuses a write (it is full, or read-only), everything since the last COMMIT is taken back and the
 * store goes on: `change` and `commit` throw WriteFailed, and whoever keeps in memory what is on disk sets it right
 * in `onRollback`. Any other failure of a write throws StoreBroken, after which nothing more may be acknowledged.
 */
export interface Disk {
  run(sql: string, ...values: SQLInputValue[]): void;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Does work that writes, inside the transaction that the next `commit` closes. */
  change<Result>(work: () => Result): Result;
  isOpen(): boolean;
  commit(): void;
  /** Called when a transaction begins: somebody has to commit it by the end of this turn. */
  onBegin(listener: () => void): void;
  /** Called after everything since the last COMMIT was taken back, before `change` or `commit` throws. */
  onRollback(listener: () => void): void;
  /** How many transactions were taken back that others may have read from: a reader compares it before it answers. */
  rollbacks(): number;
  /** The last write was refused. Until one succeeds, whoever writes has to commit before others get to read. */
  isStrained(): boolean;
  close(): void;
}

/** Called before each statement that writes, and before COMMIT; what it throws counts as thrown by SQLite. For tests. */
export type Strike = (sql: string) => void;

const MAX_STATEMENTS = 500; // prepared and kept; plans with other bounds share the same few texts

/** The statements and the shared transaction over a file that `open.ts` has opened and prepared. */
export function diskOver(database: DatabaseSync, strike?: Strike): Disk {
  const statement = preparing(database);
  const begun: (() => void)[] = [];
  const takenBack: (() => void)[] = [];
  let open = false;
  let shared = false; // others may read what is not yet committed
  let rollbacks = 0;
  let strained = false;
  let failure: WriteFailed | null = null; // the first refusal, until it is rolled back: what follows from it is no news

  const begin = (): void => {
    statement('BEGIN IMMEDIATE').run();
    open = true;
    shared = !strained;
    for (const listener of begun) listener();
  };

  const rollback = (): void => {
    // SQLite often has rolled back by itself when it could not write.
    if (database.isTransaction) database.exec('ROLLBACK');
    failure = null;
    strained = true;
    if (open && shared) rollbacks++;
    open = false;
    for (const listener of takenBack) listener();
  };

  /** What an error means for the open transaction. Gives what is to be thrown. */
  const settle = (error: unknown): Error => {
    if (error instanceof Refusal || error instanceof StoreBroken) return error;
    if (error instanceof WriteFailed && !failure) return error; // rolled back already, by a `change` inside this one
    const refused = failure ?? (isRefusedByDisk(error) ? new WriteFailed(error) : null);
    if (!refused) return new StoreBroken(error);
    try {
      rollback();
    } catch (fault) {
      return new StoreBroken(fault);
    }
    return refused;
  };

  const execute = <Result>(sql: string, work: (made: StatementSync) => Result): Result => {
    if (failure) throw failure;
    try {
      if (open) strike?.(sql);
      return work(statement(sql));
    } catch (error) {
      if (!open || !isRefusedByDisk(error)) throw error;
      failure = new WriteFailed(error); // a read's failure as well: the transaction may be half undone already
      throw failure;
    }
  };

  return {
    run: (sql, ...values) => void execute(sql, (made) => made.run(...values)),
    all: (sql, ...values) => execute(sql, (made) => made.all(...values)),
    get: (sql, ...values) => execute(sql, (made) => made.get(...values)),
    change: (work) => {
      try {
        if (!open) begin();
        return work();
      } catch (error) {
        throw settle(error);
      }
    },
    isOpen: () => open,
    commit: () => {
      try {
        execute('COMMIT', (made) => made.run());
      } catch (error) {
        throw settle(error);
      }
      open = false;
      strained = false;
    },
    onBegin: (listener) => void begun.push(listener),
    onRollback: (listener) => void takenBack.push(listener),
    rollbacks: () => rollbacks,
    isStrained: () => strained,
    close: () => database.close(),
  };
}

function preparing(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const held = statements.get(sql);
    if (held) return held;
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
}

export const blob = (value: unknown): Buffer => {
  if (!(value instanceof Uint8Array)) throw new Error('a blob was expected in the store');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
};

export const integer = (value: unknown): number => {
  if (typeof value !== 'number') throw new Error('an integer was expected in the store');
  return value;
};
