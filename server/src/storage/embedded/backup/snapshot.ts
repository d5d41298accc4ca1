import { closeSync, existsSync, openSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { type Engine, openEngine } from '../commands/engine.ts';
import { notedUri } from '../host/uri.ts';
import { DirectoryHeld, storeFile } from '../store/open.ts';
import { isRefusedByDisk } from '../store/trouble.ts';

const FIND_STORE_WITHIN = 5_000; // ms: it is on this machine

/** A snapshot could not be taken; the message says why. */
export class NoSnapshot extends Error {
  override name = 'NoSnapshot';
}

/**
 * Copies one moment of the store in a directory to a new file, whether or not a server is running on it. Rejects with
 * NoSnapshot, StoreDamaged or an error of the file system.
 */
export async function takeSnapshot(directory: string, to: string): Promise<void> {
  if (!existsSync(storeFile(directory))) throw new NoSnapshot(`There is no store in ${directory}.`);
  const engine = openOrNull(directory);
  if (!engine) return askServer(directory, to);
  try {
    await copyOf(engine, to);
  } finally {
    engine.close();
  }
}

/** Where the store's own disk is full its journal cannot be folded in: SQLite then writes the copy, in one go. */
async function copyOf(engine: Engine, to: string): Promise<void> {
  try {
    await engine.copies.make(engine, to);
  } catch (error) {
    if (!isRefusedByDisk(error)) throw error;
    closeSync(openSync(to, 'wx', 0o600));
    engine.disk.run('VACUUM INTO ?', to);
  }
}

/** Null while a server holds the store. */
function openOrNull(directory: string) {
  try {
    return openEngine(directory);
  } catch (error) {
    if (error instanceof DirectoryHeld) return null;
    throw error;
  }
}

async function askServer(directory: string, to: string): Promise<void> {
  const uri = notedUri(directory);
  if (!uri) throw new NoSnapshot(`A process holds the store in ${directory}, but does not serve it (yet). Try again.`);
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: FIND_STORE_WITHIN, maxPoolSize: 1 });
  try {
    await client.db('admin').command({ parleyBackup: 1, to });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoSnapshot(`The server that has the store open did not make a copy: ${why}`, { cause: error });
  } finally {
    await client.close();
  }
}
