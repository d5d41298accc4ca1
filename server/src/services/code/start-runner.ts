import { spawn } from 'node:child_process';
import type { CodeEnd } from '@parley/nodes/code';
import type { Fence } from './fence.ts';
import { readMessage, type ToRunner } from './messages.ts';

/** One process that runs code, for one run at a time. */
export interface Runner {
  readonly pid: number;
  /** Rejects with a RunnerLost where no answer comes: the process is gone then. */
  run(work: ToRunner): Promise<CodeEnd>;
  /** Ends it at once, whatever it does. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Why there is no answer, in words for the flow's author. */
export class RunnerLost extends Error {
  override name = 'RunnerLost';
}

const START_TIME = 10_000; // ms until it must be ready, for a machine that is very busy
const RUN_TIME = 2_000; // ms by the wall: 20 times what the code itself may take, for the same reason

const TOO_SLOW = 'The code did not stop by itself and was ended.';
const LOST = 'The process that ran the code ended before the code did.';
const NOT_STARTED = 'The process that runs code could not be started.';

interface Waiting {
  done(end: CodeEnd): void;
  fail(why: RunnerLost): void;
}

/** Starts a runner and resolves when it is ready. */
export async function startRunner(
  { command, args }: Fence,
  times = { start: START_TIME, run: RUN_TIME },
): Promise<Runner> {
  // UTC, or local time would differ from machine to machine; nothing else of our environment may be seen
  const child = spawn(command, args, { cwd: '/', env: { TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let waiting: Waiting | null = null;
  let ready: (() => void) | null = null;
  let reason = LOST;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const end = (why: string): void => {
    reason = why;
    child.kill('SIGKILL');
  };
  child.on('message', (message) => {
    const read = readMessage(message);
    if (read?.kind === 'ready') ready?.();
    else if (read && waiting) waiting.done(read.end);
    else end(LOST);
  });
  void gone.then(() => waiting?.fail(new RunnerLost(reason)));

  function answer(patience: number, why: string, ask: (waiting: Waiting) => void): Promise<CodeEnd> {
    return new Promise<CodeEnd>((resolve, reject) => {
      const timer = setTimeout(() => end(why), patience);
      const settle =
        <Value>(use: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer);
          waiting = null;
          use(value);
        };
      waiting = { done: settle(resolve), fail: settle(reject) };
      ask(waiting);
    });
  }

  const nothing: CodeEnd = { ok: true, value: null, logs: [], broken: false };
  reason = NOT_STARTED;
  await answer(times.start, NOT_STARTED, ({ done }) => {
    ready = () => done(nothing);
  });
  reason = LOST;
  ready = null;

  return {
    pid: child.pid ?? 0,
    run: (work) => {
      if (child.exitCode !== null || child.signalCode !== null || !child.connected)
        return Promise.reject(new RunnerLost(LOST));
      return answer(times.run, TOO_SLOW, () => {
        child.send(work, (error) => {
          if (error) end(LOST);
        });
      });
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
