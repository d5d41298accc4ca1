import { Catalog } from '../store/catalog.ts';
import { type Clock, createClock } from '../store/clock.ts';
import { blob, type Disk, type Strike } from '../store/disk.ts';
import { type HeldDisk, openDisk } from '../store/open.ts';
import { Retries } from '../store/retries.ts';
import { type Copies, createCopies } from './copies.ts';
import { Cursors } from './cursors.ts';
import type { FailPoints } from './fail-point.ts';
import { ownTurns, type Turns } from './turns.ts';

/** What the commands work on. */
export interface Engine {
  disk: HeldDisk;
  catalog: Catalog;
  clock: Clock;
  cursors: Cursors;
  /** The address clients came by; hello names it as the only host. */
  address: string;
  /** What came of each session's last retryable write. */
  retries: Retries;
  /** Sessions with a retryable write at work, and its end. */
  writing: Map<string, Promise<void>>;
  turns: Turns;
  copies: Copies;
  /** Makes commands fail on purpose; only in a store that was opened for such tests. */
  failPoints: FailPoints | null;
  /** Makes everything written so far durable. Throws WriteFailed when it was all taken back, StoreBroken when unsure. */
  commit(): void;
  close(): void;
}

const STAMP = 'stamp';

/** `strike` lets a test make statements fail as a disk would. */
export function openEngine(directory: string, now?: () => Date, strike?: Strike): Engine {
  const disk = openDisk(directory, strike);
  const saved = disk.get('SELECT value FROM meta WHERE name = ?', STAMP);
  const clock = createClock(saved ? blob(saved.value).readBigUInt64BE() : 0n, now);
  let savedStamp = clock.last();

  const commit = (): void => {
    if (!disk.isOpen()) return;
    const stamp = clock.last();
    if (stamp !== savedStamp) disk.change(() => saveStamp(disk, stamp));
    disk.commit();
    savedStamp = stamp;
  };
  const close = (): void => {
    try {
      commit();
    } finally {
      disk.close();
    }
  };
  return {
    disk,
    catalog: new Catalog(disk),
    clock,
    cursors: new Cursors(),
    address: '',
    retries: new Retries(disk),
    writing: new Map(),
    turns: ownTurns(commit),
    copies: createCopies(),
    failPoints: null,
    commit,
    close,
  };
}

function saveStamp(disk: Disk, stamp: bigint): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(stamp);
  disk.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', STAMP, bytes);
}
