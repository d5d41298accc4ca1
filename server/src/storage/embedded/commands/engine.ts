import type { Doc } from '../bson/value.ts';
import { Catalog } from '../store/catalog.ts';
import { type Clock, createClock } from '../store/clock.ts';
import { blob, type Disk, openDisk } from '../store/disk.ts';
import { Cursors } from './cursors.ts';

/** What the commands work on. */
export interface Engine {
  disk: Disk;
  catalog: Catalog;
  clock: Clock;
  cursors: Cursors;
  /** The address clients came by; hello names it as the only host. */
  address: string;
  /** Last retryable write of each session: its number and what was answered. */
  retries: Map<string, { number: bigint; reply: Doc }>;
  /** Makes everything written so far durable. */
  commit(): void;
  close(): void;
}

const STAMP = 'stamp';

export function openEngine(directory: string, now?: () => Date): Engine {
  const disk = openDisk(directory);
  const saved = disk.get('SELECT value FROM meta WHERE name = ?', STAMP);
  const clock = createClock(saved ? blob(saved.value).readBigUInt64BE() : 0n, now);
  let savedStamp = clock.last();

  const commit = (): void => {
    if (!disk.isOpen()) return;
    if (clock.last() !== savedStamp) {
      savedStamp = clock.last();
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(savedStamp);
      disk.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', STAMP, bytes);
    }
    disk.commit();
  };
  const close = (): void => {
    commit();
    disk.close();
  };
  return {
    disk,
    catalog: new Catalog(disk),
    clock,
    cursors: new Cursors(),
    address: '',
    retries: new Map(),
    commit,
    close,
  };
}
