import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, JobEnd } from './job.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const MAX_OLD_SPACE = 256; // MB of V8's own heap; pictures lie outside of it, and are bounded by their pixels
const PATIENCE = 60_000; // ms for one file: the largest take seconds, on a busy machine more
const LINGER = 30_000; // ms without work, after which the process and its 100 MB go

/** The file brought the process down or held it for too long. Another file goes on as if nothing had been. */
export class WorkFailed extends Error {
  override name = 'WorkFailed';
}

interface Options {
  /** ms */
  patience?: number;
  linger?: number;
  child?: string;
}

/** Our own program on the other end: its words need no check. */
interface FromChild {
  id: number;
  end?: JobEnd;
  error?: string;
}

interface Waiting {
  id: number;
  done(end: JobEnd): void;
  fail(error: Error): void;
}

export type Workshop = ReturnType<typeof createWorkshop>;

/** Looks into files, one after the other, in a process of its own that is started with the first. */
export function createWorkshop({ patience = PATIENCE, linger = LINGER, child: path = CHILD }: Options = {}) {
  let child: ChildProcess | null = null;
  let waiting: Waiting | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let leaving: NodeJS.Timeout | undefined;
  let asked = 0;

  function start(): ChildProcess {
    const args = [`--max-old-space-size=${MAX_OLD_SPACE}`, '--disable-proto=throw', '--no-warnings', path];
    // Nothing of our environment: no key of ours may be found in there
    const started = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const gone = () => {
      if (child === started) child = null;
      if (waiting && child === null) waiting.fail(new WorkFailed('the file ended the process that looked into it'));
    };
    started.once('exit', gone);
    started.once('error', gone);
    started.on('message', hear);
    started.unref(); // an idle one keeps no process alive
    started.channel?.unref();
    return started;
  }

  /** Forgotten at once: nobody may ask one that is about to go. */
  function leave(idle: ChildProcess): void {
    if (child === idle) child = null;
    idle.kill('SIGKILL');
  }

  function hear(message: unknown): void {
    const { id, end, error } = message as FromChild;
    if (waiting?.id !== id) return;
    if (end) waiting.done(end);
    else waiting.fail(new WorkFailed(error ?? 'nobody knows why'));
  }

  function ask(job: Job): Promise<JobEnd> {
    clearTimeout(leaving);
    child ??= start();
    const id = ++asked;
    const asking = child;
    return new Promise<JobEnd>((resolve, reject) => {
      const timer = setTimeout(() => asking.kill('SIGKILL'), patience);
      const settle =
        <Value>(use: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer);
          waiting = null;
          leaving = setTimeout(() => leave(asking), linger).unref();
          use(value);
        };
      waiting = { id, done: settle(resolve), fail: settle(reject) };
      asking.send({ id, job }, (error) => {
        if (error) waiting?.fail(new WorkFailed('the process that looks into files is gone'));
      });
    });
  }

  return {
    /** Rejects with a WorkFailed where the file cannot be looked into at all. */
    run(job: Job): Promise<JobEnd> {
      const end = last.then(() => ask(job));
      last = end.catch(() => {});
      return end;
    },
    /** For tests: the process that works just now. */
    pid: (): number | null => child?.pid ?? null,
    async stop(): Promise<void> {
      clearTimeout(leaving);
      const leaver = child;
      if (!leaver || leaver.exitCode !== null || leaver.signalCode !== null) return;
      const exited = new Promise((resolve) => leaver.once('exit', resolve));
      leaver.kill('SIGKILL');
      await exited;
    },
  };
}
