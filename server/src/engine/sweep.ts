import type { Timestamp } from 'mongodb';
import type { Log } from '../plugins/log.ts';
import type { Crashpoint } from './crashpoint.ts';
import { applyStatuses } from './statuses.ts';
import type { EngineStore, StatusChange } from './store.ts';

interface Deps {
  store: EngineStore;
  wake(conversation: string): void;
  now: () => Date;
  /** ms between two looks. */
  every: number;
  log: Log;
  crashpoint: Crashpoint;
}

const AT_A_TIME = 500;
const STATUS_PATIENCE = 3_600_000; // ms that a status waits for its message

/** S19: finds what a lost wake-up forgot, and gives early statuses another try. Doubled is harmless. */
export function createSweep({ store, wake, now, every, log, crashpoint }: Deps) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let after: Timestamp | null = null;

  async function once(): Promise<void> {
    crashpoint('before S19');
    const { conversations, next } = await store.forgotten(AT_A_TIME, after);
    after = next;
    for (const conversation of conversations) wake(conversation);
    const early = await store.unmatchedStatuses(new Date(now().getTime() - STATUS_PATIENCE), AT_A_TIME);
    for (const row of early) {
      const change = JSON.parse((row.payload as { raw: string }).raw) as StatusChange;
      const applied = await applyStatuses(store, [{ ...change, at: new Date(change.at) }]);
      for (const conversation of applied.conversations) wake(conversation);
      if (applied.unmatched.length === 0) await store.keptIsDone(row._id);
    }
    crashpoint('after S19');
  }

  const loop = () => {
    running = once()
      .catch((error: unknown) => log.error({ err: error }, 'the sweep failed; it comes back'))
      .then(() => {
        if (timer) timer = setTimeout(loop, every).unref();
      });
  };

  return {
    once,
    start(): void {
      timer = setTimeout(loop, 0).unref();
    },
    async stop(): Promise<void> {
      if (timer) clearTimeout(timer);
      timer = null;
      await running;
    },
  };
}
