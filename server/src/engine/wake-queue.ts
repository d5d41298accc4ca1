import type { Log } from '../plugins/log.ts';
import type { Timers } from '../timers.ts';

interface Options {
  /** Conversations worked on side by side. */
  concurrency: number;
  /** Works on one conversation; answers with the milliseconds after which to come back, or null. */
  work(conversation: string): Promise<number | null>;
  timers: Timers;
  log: Log;
}

const PATIENT_TURN = 4; // every fourth turn is for those who let others go first: they wait, but not for ever
const MAX_DELAY = 3_600_000; // ms; what is due later is found by the sweep

/**
 * Wake-ups in this process. One conversation is never worked on twice at a time here; a wake that comes meanwhile is
 * kept, not thrown away. A job is only a wake-up: the truth is in the store.
 */
export function createWakeQueue({ concurrency, work, timers, log }: Options) {
  const waiting = new Set<string>();
  /** Let the others go first: thousands whom a schedule wants to write to, while people wait for an answer. */
  const patient = new Set<string>();
  const running = new Set<string>();
  const again = new Set<string>();
  /** What calls off the wake-up that a conversation has coming. */
  const coming = new Map<string, () => void>();
  let stopped = false;
  let taken = 0;
  const onIdle: (() => void)[] = [];

  function wake(conversation: string, urgent = true): void {
    if (stopped) return;
    if (running.has(conversation)) again.add(conversation);
    else if (urgent) waiting.add(conversation);
    else patient.add(conversation);
    next();
  }

  function wakeLater(conversation: string, delay: number): void {
    if (stopped || delay > MAX_DELAY) return;
    coming.get(conversation)?.();
    const callOff = timers.later(Math.max(delay, 0), () => {
      coming.delete(conversation);
      wake(conversation);
    });
    coming.set(conversation, callOff);
  }

  function next(): void {
    while (running.size < concurrency) {
      const [first, second] = ++taken % PATIENT_TURN === 0 ? [patient, waiting] : [waiting, patient];
      const conversation = [...first.values().take(1), ...second.values().take(1)][0];
      if (conversation === undefined) break;
      waiting.delete(conversation);
      patient.delete(conversation);
      running.add(conversation);
      void run(conversation);
    }
    if (running.size === 0) for (const done of onIdle.splice(0)) done();
  }

  async function run(conversation: string): Promise<void> {
    let delay: number | null = null;
    try {
      delay = await work(conversation);
    } catch (error) {
      log.error({ err: error, conversation }, 'a turn failed; the sweep comes back to it');
    }
    running.delete(conversation);
    // Who is worked on again at once says then when to come back; two answers would never let the queue come to rest
    if (again.delete(conversation)) waiting.add(conversation);
    else if (delay !== null) wakeLater(conversation, delay);
    next();
  }

  /** Resolves when nothing is running or waiting. */
  const idle = (): Promise<void> =>
    running.size + waiting.size + patient.size === 0
      ? Promise.resolve()
      : new Promise((resolve) => onIdle.push(resolve));

  async function stop(): Promise<void> {
    stopped = true;
    waiting.clear();
    patient.clear();
    again.clear();
    for (const callOff of coming.values()) callOff();
    coming.clear();
    await idle();
  }

  return { wake, idle, stop };
}
