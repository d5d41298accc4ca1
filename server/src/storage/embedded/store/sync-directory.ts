import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes names in a directory durable: a file's own fsync does not. Does nothing where directories cannot be opened. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return; // no handle on a directory; NTFS journals names by itself
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
