import type { Log } from '../../plugins/log.ts';
import type { Timers } from '../../timers.ts';
import type { Crashpoint } from '../crashpoint.ts';
import type { CountStore } from './count-store.ts';
import { tallyRows } from './tally.ts';

interface Deps {
  store: CountStore;
  timers: Timers;
  log: Log;
  crashpoint: Crashpoint;
}

const BATCH = 500; // journal rows; their ids are 40 kB of a ledger
const PAUSE = 1_000; // ms from a commit to its sum: what comes meanwhile shares the writes
const LOOK_AGAIN = 60_000; // ms between two looks for what a crash left
const ORGANIZATIONS = 1_000; // of one look; the next one finds the rest

/** Adds the journal up, a batch at a time; decisions/counts.md says why nothing is lost or doubled. */
export function createCounting({ store, timers, log, crashpoint }: Deps) {
  const pending = new Set<string>();
  let callOff: (() => void) | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let waited = 0;
  let running: Promise<void> = Promise.resolve();
  let isOn = false;

  /** All of an organization's rows that are in no sum yet. */
  async function fold(organization: string): Promise<void> {
    for (;;) {
      const ledger = await store.ledger(organization);
      let { number, batch } = ledger;
      if (batch === null) {
        crashpoint('before S21');
        const ids = await store.uncounted(organization, BATCH);
        if (ids.length === 0) return;
        if (!(await store.open(organization, number, ids))) continue;
        crashpoint('after S21');
        number += 1;
        batch = ids;
      }
      await finish(organization, number, batch);
    }
  }

  /** Whoever finds an open batch finishes it; two that do it at once write the same. */
  async function finish(organization: string, number: number, ids: string[]): Promise<void> {
    const { hours, passings } = tallyRows(await store.rows(organization, ids));
    await store.addHours(organization, number, hours);
    crashpoint('after S22');
    await store.addPassings(organization, number, passings);
    crashpoint('after S23');
    await store.mark(organization, ids);
    crashpoint('after S24');
    await store.close(organization, number);
    crashpoint('after S25');
  }

  async function foldPending(): Promise<void> {
    const organizations = [...pending];
    pending.clear();
    for (const organization of organizations) {
      try {
        await fold(organization);
      } catch (error) {
        pending.add(organization);
        throw error;
      }
    }
  }

  async function look(): Promise<void> {
    for (const organization of await store.waiting(ORGANIZATIONS)) pending.add(organization);
  }

  const loop = () => {
    running = round()
      .catch((error: unknown) => log.error({ err: error }, 'counts could not be added up; they will be'))
      .then(() => {
        if (isOn) callOff = timers.later(PAUSE, loop);
      });
  };

  async function round(): Promise<void> {
    waited += PAUSE;
    if (waited - lookedAt >= LOOK_AGAIN) {
      lookedAt = waited;
      await look();
    }
    await foldPending();
  }

  return {
    /** This organization's journal has grown. */
    note: (organization: string): void => {
      pending.add(organization);
    },
    /** Everything that is in the journal now, by whoever it was written. */
    async once(): Promise<void> {
      await running;
      await look();
      await foldPending();
    },
    start(): void {
      isOn = true;
      callOff = timers.later(0, loop);
    },
    async stop(): Promise<void> {
      isOn = false;
      callOff?.();
      await running;
    },
  };
}
