import { read, statSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { HeldDisk } from './open.ts';
import { syncDirectory } from './sync-directory.ts';

const PIECE = 1024 * 1024; // bytes read and written at once
const SYNC_EACH = 64 * 1024 * 1024; // bytes between two waits for the disk: the last one is then short
const MAX_JOURNAL = 1024 * 1024 * 1024; // bytes that may be written meanwhile; they are all kept until the copy is done

const readAt = promisify(read);

/** A copy was given up; the store itself is as it was. */
export class CopyFailed extends Error {
  override name = 'CopyFailed';
}

/**
 * Copies the store as it is at this moment to a new file that only this user may read, and gives its size in bytes. Others
 * go on reading and writing: what they write stays in the journal until the copy is done, so that the file itself does
 * not change under it. Nothing here waits for the disk within the event loop, which SQLite's own backup does at its end.
 * Rejects with CopyFailed or an error of the file system, and leaves no file then.
 */
export async function copyStore(disk: HeldDisk, to: string, signal?: AbortSignal): Promise<number> {
  const goOn = disk.keepStill();
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      const size = await copyBytes(disk, target, signal);
      syncDirectory(dirname(to));
      return size;
    } catch (error) {
      await rm(to, { force: true });
      throw error;
    } finally {
      await target.close();
    }
  } finally {
    goOn();
  }
}

async function copyBytes(disk: HeldDisk, target: FileHandle, signal?: AbortSignal): Promise<number> {
  const piece = Buffer.alloc(PIECE);
  let at = 0;
  let synced = 0;
  for (;;) {
    if (signal?.aborted) throw new CopyFailed('the store is being closed');
    if (journalOf(disk) > MAX_JOURNAL)
      throw new CopyFailed('too much was written meanwhile; try again when it is quieter');
    const { bytesRead } = await readAt(disk.descriptor, piece, 0, PIECE, at);
    if (bytesRead === 0) break;
    await target.writeFile(piece.subarray(0, bytesRead));
    at += bytesRead;
    if (at - synced < SYNC_EACH) continue;
    await target.datasync();
    synced = at;
  }
  await target.sync();
  return at;
}

const journalOf = (disk: HeldDisk): number => statSync(`${disk.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
