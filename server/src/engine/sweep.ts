import type { Timestamp } from 'mongodb';
import type { Log } from '../plugins/log.ts';
import type { Timers } from '../timers.ts';
import type { Consequences } from './consequences.ts';
import type { Crashpoint } from './crashpoint.ts';
import { applyStatuses } from './statuses.ts';
import type { EngineStore, StatusChange } from './store.ts';

interface Deps {
  store: EngineStore;
  consequences: Consequences;
  wake(conversation: string): void;
  now: () => Date;
  /** ms between two looks. */
  every: number;
  timers: Timers;
  log: Log;
  crashpoint: Crashpoint;
}

const AT_A_TIME = 500;
const STATUS_PATIENCE = 3_600_000; // ms that a status waits for its message

/** S19: finds what a lost wake-up forgot, and gives early statuses another try. Doubled is harmless. */
export function createSweep({ store, consequences, wake, now, every, timers, log, crashpoint }: Deps) {
  let callOff: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();
  let after: Timestamp | null = null;

  async function once(): Promise<void> {
    crashpoint('before S19');
    const { conversations, next } = await store.forgotten(AT_A_TIME, after);
    after = next;
    for (const conversation of conversations) wake(conversation);
    await tryEarlyStatuses();
    crashpoint('after S19');
  }

  /** All at once: a number that another program sends from has many statuses that will never find a message here. */
  async function tryEarlyStatuses(): Promise<void> {
    const rows = await store.unmatchedStatuses(new Date(now().getTime() - STATUS_PATIENCE), AT_A_TIME);
    if (rows.length === 0) return;
    const changes = rows.map((row) => {
      const change = JSON.parse((row.payload as { raw: string }).raw) as StatusChange;
      return { ...change, at: new Date(change.at) };
    });
    const { conversations, unmatched } = await applyStatuses({ store, consequences }, changes);
    for (const conversation of conversations) wake(conversation);
    await store.keptAreDone(
      rows.flatMap((row, index) => (unmatched.some((one) => one === changes[index]) ? [] : row._id)),
    );
  }

  const loop = () => {
    running = once()
      .catch((error: unknown) => log.error({ err: error }, 'the sweep failed; it comes back'))
      .then(() => {
        if (callOff) callOff = timers.later(every, loop);
      });
  };

  return {
    once,
    start(): void {
      callOff = timers.later(0, loop);
    },
    async stop(): Promise<void> {
      callOff?.();
      callOff = null;
      await running;
    },
  };
}
