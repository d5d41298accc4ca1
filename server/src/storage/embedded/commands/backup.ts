import { isAbsolute } from 'node:path';
import type { Doc } from '../bson/value.ts';
import { badValue, outOfDiskSpace, Refusal } from '../errors.ts';
import { CopyFailed } from '../store/copy.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { ok } from './reply.ts';

const UNAUTHORIZED = 13; // MongoDB's codes
const OPERATION_FAILED = 96;

/**
 * `{ parleyBackup: 1, to: <absolute path>, $db: 'admin' }`, a command of our own for the operator's tools: copies the store
 * to a new file while it serves. Replies `{ bytes }`. The socket is private to the user whom the file then belongs to.
 */
export async function parleyBackup(engine: Engine, command: Command): Promise<Doc> {
  if (command.db !== 'admin')
    throw new Refusal(UNAUTHORIZED, 'parleyBackup may only be run against the admin database.');
  const to = command.string('to');
  if (!isAbsolute(to)) throw badValue("'to' has to be an absolute path");
  try {
    return ok({ bytes: await engine.copies.make(engine, to) });
  } catch (error) {
    throw refusalOf(error, to);
  }
}

function refusalOf(error: unknown, to: string): unknown {
  if (error instanceof CopyFailed) return new Refusal(OPERATION_FAILED, error.message);
  if (!(error instanceof Error) || !('code' in error) || error instanceof Refusal) return error;
  if (error.code === 'ENOSPC') return outOfDiskSpace(`no room for the backup at ${to}`);
  return new Refusal(OPERATION_FAILED, `the backup could not be written to ${to}: ${error.message}`);
}
