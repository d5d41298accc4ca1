import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { storeFile } from '../store/open.ts';
import { takeSnapshot } from './snapshot.ts';

const PREFIX = 'snapshot-'; // of the directories that a killed tool may leave

/**
 * Takes a snapshot into a directory of its own beside the store, where a store could be started on it, and removes it when
 * the work is done. Also removes what a killed predecessor left.
 */
export async function withSnapshot<Result>(
  directory: string,
  work: (snapshotDirectory: string) => Promise<Result>,
): Promise<Result> {
  for (const name of readdirSync(directory)) {
    if (name.startsWith(PREFIX)) rmSync(join(directory, name), { recursive: true });
  }
  const place = mkdtempSync(join(directory, PREFIX));
  try {
    await takeSnapshot(directory, storeFile(place));
    return await work(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
