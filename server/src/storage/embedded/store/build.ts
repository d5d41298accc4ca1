import type { StoredIndex } from './rows.ts';

/**
 * Indexes that are being filled, one row after the other. Until they are complete only writes know of them: those to
 * rows at or before `place` keep them right, later rows are left to the build. Nothing of them is in the catalog before
 * the turn that completes them, so that a crash leaves tables that nothing belongs to, never half an index.
 */
export class Build {
  readonly indexes: StoredIndex[];
  /** The last row whose keys are in. */
  place = -1;
  /** Settles when the build is complete or has failed. */
  readonly done: Promise<void>;
  private failure: Error | null = null;
  private settle: { resolve(): void; reject(error: Error): void };

  constructor(indexes: StoredIndex[]) {
    this.indexes = indexes;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.done = promise;
    this.done.catch(() => {}); // mostly nobody waits
    this.settle = { resolve, reject };
  }

  /** Ends the build: the first reason counts. */
  fail(reason: Error): void {
    this.failure ??= reason;
  }

  check(): void {
    if (this.failure) throw this.failure;
  }

  end(error: Error | null): void {
    if (error) this.settle.reject(error);
    else this.settle.resolve();
  }
}
