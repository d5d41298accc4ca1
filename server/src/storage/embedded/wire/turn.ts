import type { Engine } from '../commands/engine.ts';
import { WriteFailed } from '../store/trouble.ts';

/**
 * The turn of the event loop that all commands share: everything they write in it goes into one COMMIT at its end, and
 * what rests on it, a reader's reply too, waits for that. When the disk refuses the writes of a turn, all of it is
 * taken back and the store goes on; until a write succeeds again each turn is then one command long, so that readers
 * never see what fails.
 */
export interface Turn {
  /** Resolves when what was seen so far is durable; false when it was taken back. At once if nothing is written. */
  durable(): Promise<boolean>;
  /** Waits for a later turn, after the COMMIT of this one. Rejects with WriteFailed when this one was taken back. */
  next(): Promise<void>;
  /** Resolves when a command may begin: at once, or in a turn of its own while the disk refuses writes. */
  ready(): Promise<void>;
  /** Nothing more is committed or settled: the store no longer knows what is on its disk. */
  stop(): void;
}

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createTurn(engine: Engine, onFault: (error: unknown) => void): Turn {
  const { disk } = engine;
  let held: ((kept: boolean) => void)[] = [];
  let stopped = false;

  const settle = (kept: boolean): void => {
    const waiting = held;
    held = [];
    for (const tell of waiting) tell(kept);
  };

  const commit = (): void => {
    if (stopped) return;
    try {
      engine.commit();
    } catch (error) {
      if (!(error instanceof WriteFailed)) onFault(error);
      return; // what waited was told when it was taken back
    }
    settle(true);
  };

  disk.onBegin(() => {
    // A tick comes when the command at work gives way, before any other event is served.
    if (disk.isStrained()) process.nextTick(commit);
    else setImmediate(commit);
  });
  disk.onRollback(() => settle(false));

  const durable = async (): Promise<boolean> => {
    if (!disk.isOpen()) return true;
    return new Promise((resolve) => held.push(resolve));
  };

  return {
    durable,
    next: async () => {
      const kept = await durable();
      await immediate();
      if (!kept) throw new WriteFailed('what was written or read in that turn was taken back');
    },
    ready: async () => {
      if (disk.isStrained()) await immediate();
    },
    stop: () => {
      stopped = true;
      held = [];
    },
  };
}
