import { Refusal } from '../errors.ts';
import { copyStore } from '../store/copy.ts';
import type { HeldDisk } from '../store/open.ts';

const CONFLICTING_OPERATION = 117; // MongoDB's code

/** What is copied: a disk, and what makes durable what was written so far. */
interface Copied {
  disk: HeldDisk;
  commit(): void;
}

/** The copies of one store under way: one at a time. */
export interface Copies {
  make(from: Copied, to: string): Promise<number>;
  /** Gives up the copy at work and takes no other one. */
  cancel(): Promise<void>;
}

export function createCopies(): Copies {
  const cancelled = new AbortController();
  let working: Promise<number> | null = null;
  return {
    make: async (from, to) => {
      if (working) throw new Refusal(CONFLICTING_OPERATION, 'another backup of this store is at work');
      from.commit();
      working = copyStore(from.disk, to, cancelled.signal);
      try {
        return await working;
      } finally {
        working = null;
      }
    },
    cancel: async () => {
      cancelled.abort();
      await working?.catch(() => {});
    },
  };
}
