import type { Log } from '../plugins/log.ts';
import type { createAccept } from './accept.ts';
import type { EngineStore, StatusChange } from './store.ts';

interface Deps {
  store: EngineStore;
  wake(conversation: string): void;
  accept: ReturnType<typeof createAccept>;
  now: () => Date;
  log: Log;
}

const EVERY = 3_000; // ms
const AT_A_TIME = 500;
const STATUS_PATIENCE = 3_600_000; // ms that a status waits for its message

/** S19: finds what a lost wake-up forgot, and gives early statuses another try. Doubled is harmless. */
export function createSweep({ store, wake, now, log }: Deps) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  async function once(): Promise<void> {
    for (const conversation of await store.forgotten(AT_A_TIME)) wake(conversation);
    const early = await store.unmatchedStatuses(new Date(now().getTime() - STATUS_PATIENCE), AT_A_TIME);
    for (const row of early) {
      const change = JSON.parse((row.payload as { raw: string }).raw) as StatusChange;
      const found = await store.applyStatuses([{ ...change, at: new Date(change.at) }]);
      if (found.length > 0) await store.dropKept(row._id);
    }
  }

  const loop = () => {
    running = once()
      .catch((error: unknown) => log.error({ err: error }, 'the sweep failed; it comes back'))
      .then(() => {
        if (timer) timer = setTimeout(loop, EVERY).unref();
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
