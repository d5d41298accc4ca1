import { createWatch, SILENCE, TICK } from './heartbeat.ts';
import type { Pulse } from './pulse.ts';
import { createRestarts } from './restarts.ts';
import { type Thread, WorkerFault } from './thread.ts';

const END_WITHIN = 10_000; // ms that a terminated thread may take; one inside a call of SQLite ends only after it

export interface Reports {
  /** The worker was stuck or died; another one is about to be started. */
  onFault(error: WorkerFault): void;
  /** That other one serves. */
  onRestarted(): void;
  /** No further worker is started: the file is damaged, or too many ended within a short time. */
  onGaveUp(error: WorkerFault): void;
}

export interface Supervised {
  /** Where the worker listens, also after a restart. */
  address: string;
  close(): Promise<void>;
}

/**
 * Keeps one worker running: ends a stuck one, starts another at the same address after each fault, and gives up when
 * that does not help. `start` is handed the address to use again. Rejects when the first worker does not come up.
 */
export async function supervise(
  start: (address: string | null) => Thread,
  pulse: Pulse,
  { onFault, onRestarted, onGaveUp }: Reports,
): Promise<Supervised> {
  const restarts = createRestarts();
  const stop = Promise.withResolvers<void>();
  let closing = false;
  let thread = start(null);
  const address = await thread.ready;

  const keepRunning = async (): Promise<void> => {
    for (;;) {
      const fault = await lifeOf(thread, pulse);
      if (closing || !fault) return;
      const delay = fault.final ? null : restarts.next(pulse.now());
      if (delay === null) return onGaveUp(fault);
      onFault(fault);
      await pauseOr(stop.promise, delay, pulse);
      if (closing) return;
      thread = start(address);
      thread.ready.then(onRestarted, () => undefined);
      if (closing) thread.close();
    }
  };
  const over = keepRunning();
  const close = async (): Promise<void> => {
    closing = true;
    stop.resolve();
    thread.close();
    await over;
  };
  return { address, close };
}

/** Waits for a thread's end, and brings it about once it is stuck. */
async function lifeOf(thread: Thread, pulse: Pulse): Promise<WorkerFault | null> {
  const late = Promise.withResolvers<WorkerFault>();
  let callOff = (): void => undefined;
  const watch = (): void => {
    // Opening a large file may take long: silence counts from when the worker serves.
    const { tick } = createWatch(pulse.now());
    callOff = pulse.every(TICK, () => {
      if (!tick(pulse.now(), thread.beats())) return;
      callOff();
      thread.terminate(new WorkerFault(`the store's thread did not answer for ${SILENCE / 1000} seconds`));
      const why = `the store's thread is stuck and did not end within ${END_WITHIN / 1000} seconds`;
      callOff = pulse.after(END_WITHIN, () => late.resolve(new WorkerFault(why, true)));
    });
  };
  let ended = false;
  thread.ready.then(
    () => {
      if (!ended) watch();
    },
    () => undefined,
  );
  const fault = await Promise.race([thread.ended, late.promise]);
  ended = true;
  callOff();
  return fault;
}

const pauseOr = (stop: Promise<void>, delay: number, pulse: Pulse): Promise<void> => {
  const pause = Promise.withResolvers<void>();
  const callOff = pulse.after(delay, pause.resolve);
  return Promise.race([pause.promise, stop]).finally(callOff);
};
