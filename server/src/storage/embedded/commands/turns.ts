import { Refusal } from '../errors.ts';
import { SLICE } from '../limits.ts';

export const INTERRUPTED = 11600; // MongoDB's code for InterruptedAtShutdown

/**
 * How long work gives way. A slice is what runs within one turn of the event loop. Tests pass their own, so that they
 * decide after which document a slice ends and what others do before the next one.
 */
export interface Turns {
  /** Begins a slice; the answer says whether it is over. */
  slice(): () => boolean;
  /**
   * Ends the turn: resolves in a later one, after the COMMIT of what this one wrote. Rejects with the error of a commit
   * that failed: what the turn wrote is then undone, and the work has to end.
   */
  next(): Promise<void>;
}

export const timedSlice = (): (() => boolean) => {
  const end = performance.now() + SLICE;
  return () => performance.now() >= end;
};

/** From now on whatever asks for another slice is ended: the store closes. Drivers send such a command again. */
export function interrupt(turns: Turns): void {
  turns.next = () => Promise.reject(new Refusal(INTERRUPTED, 'interrupted at shutdown'));
}

/** For an engine that is alone, without a server that shares one commit among many. */
export const ownTurns = (commit: () => void): Turns => ({
  slice: timedSlice,
  next: async () => {
    commit();
    await new Promise((resolve) => setImmediate(resolve));
  },
});

/**
 * Work that gives way: each `yield` ends a slice. What stands between two of them runs without a break, which `await`
 * would not give: other commands come in even between a promise and what waits for it.
 */
export type Work<Result> = Generator<undefined, Result, undefined>;

/** Does work slice by slice. It all happens in this turn unless the work gives way. */
export async function inSlices<Result>(pace: Pace, work: Work<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pace.rest();
  }
}

/** The pace of one command. */
export class Pace {
  /** How often it has given way: what was read before may have changed since. */
  rests = 0;
  private readonly turns: Turns;
  private readonly deadline: number;
  private readonly beforeRest: () => void;
  private over: () => boolean;

  /** `deadline` is a moment of `performance.now()`; `beforeRest` writes down what has to be in the commit of each slice. */
  constructor(turns: Turns, deadline = Number.POSITIVE_INFINITY, beforeRest = () => {}) {
    this.turns = turns;
    this.deadline = deadline;
    this.beforeRest = beforeRest;
    this.over = turns.slice();
  }

  /** Whether it is time to give way. Asked after each piece of work; a command that is never told so runs in one turn. */
  isDue(): boolean {
    return this.over();
  }

  /** Lets others have a turn. Throws MaxTimeMSExpired once the command's time is over. */
  async rest(): Promise<void> {
    this.beforeRest();
    if (performance.now() > this.deadline) throw new Refusal(50, 'operation exceeded time limit');
    this.rests++;
    await this.turns.next();
    this.over = this.turns.slice();
  }
}
