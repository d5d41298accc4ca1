import { replyOf } from '@parley/nodes/code';
import type { CodeReply, CodeRequest } from '@parley/runtime';
import { createFairQueue } from './fair-queue.ts';
import { buildFence, type Fence } from './fence.ts';
import { type Runner, RunnerLost, startRunner } from './start-runner.ts';

const RUNNERS = 2; // processes of 60 MB; one more than an organization may keep busy
const MAX_WAITING = 250; // runs of one organization: at 100 ms each the last of them is still answered in 25 s
const MAX_WAITING_IN_ALL = 2_000; // runs, with up to 256 kB of variables each
const MAX_WAIT = 30_000; // ms; a call that takes longer than 45 s is taken for lost and asked again
const MAX_RUNS = 1_000; // runs of a process, before whatever has gathered in it goes with it
const MAX_IDLE = 60_000; // ms without work, after which a process gives its memory back

interface Options {
  /** Processes side by side. */
  size?: number;
  now?: () => number;
  warn?: (words: string) => void;
  /** How a process is started; a test's own. */
  start?: () => Promise<Runner>;
}

export interface CodeRunners {
  /** Rejects with an Error for the author: their code's fault, a limit, or a process that was lost. Always settles. */
  run(organization: string, request: CodeRequest): Promise<CodeReply>;
  /** Ends the processes; runs under way and those that wait are rejected. Further runs are refused. */
  stop(): Promise<void>;
}

interface Work {
  request: CodeRequest;
  since: number;
  resolve(reply: CodeReply): void;
  reject(error: unknown): void;
}

interface Slot {
  runner: Runner | null;
  busy: boolean;
  runs: number;
  idle: ReturnType<typeof setTimeout> | null;
}

/** Runs authors' code in processes of their own, started at the first run, in turns between the organizations. */
export function createCodeRunners(options: Options = {}): CodeRunners {
  const { size = RUNNERS, now = () => performance.now(), warn = () => undefined } = options;
  const start = options.start ?? startFenced(warn);
  const queue = createFairQueue<Work>({ each: MAX_WAITING, total: MAX_WAITING_IN_ALL, share: Math.max(1, size - 1) });
  const slots: Slot[] = Array.from({ length: size }, () => ({ runner: null, busy: false, runs: 0, idle: null }));
  let stopped = false;

  function run(organization: string, request: CodeRequest): Promise<CodeReply> {
    return new Promise((resolve, reject) => {
      if (stopped) return reject(new RunnerLost('The server is stopping. Try again soon.'));
      const added = queue.add(organization, { request, since: now(), resolve, reject });
      if (!added) return reject(new Error('Too much code is waiting to be run. Try again later.'));
      fill();
    });
  }

  /** Gives work to whatever is free; one that runs already is preferred to one that would have to be started. */
  function fill(): void {
    const free = slots.filter((slot) => !slot.busy).sort((a, b) => Number(!a.runner) - Number(!b.runner));
    for (const slot of free) {
      const next = stopped ? null : queue.next();
      if (!next) return;
      void serve(slot, next.organization, next.work).finally(() => {
        slot.busy = false;
        queue.done(next.organization);
        fill();
      });
    }
  }

  async function serve(slot: Slot, organization: string, { request, since, resolve, reject }: Work): Promise<void> {
    slot.busy = true;
    if (slot.idle) clearTimeout(slot.idle);
    if (now() - since > MAX_WAIT) return reject(new Error('The code waited too long for its turn. Try again later.'));
    try {
      slot.runner ??= await start();
      if (stopped) throw new RunnerLost('The server is stopping. Try again soon.');
      const end = await slot.runner.run({ organization, request });
      slot.runs += 1;
      if (end.broken || slot.runs >= MAX_RUNS) await retire(slot);
      resolve(replyOf(end));
    } catch (error) {
      if (error instanceof RunnerLost) await retire(slot);
      reject(error);
    }
    slot.idle = setTimeout(() => void retire(slot), MAX_IDLE).unref();
  }

  async function retire(slot: Slot): Promise<void> {
    const { runner } = slot;
    slot.runner = null;
    slot.runs = 0;
    await runner?.kill();
  }

  return {
    run,
    async stop() {
      stopped = true;
      for (const { reject } of queue.drain()) reject(new RunnerLost('The server is stopping. Try again soon.'));
      for (const slot of slots) if (slot.idle) clearTimeout(slot.idle);
      await Promise.all(slots.map(retire));
    },
  };
}

/** Finds out at the first start what can stand around a runner here, and says what cannot. */
function startFenced(warn: (words: string) => void): () => Promise<Runner> {
  let fence: Fence | null = null;
  return () => {
    if (!fence) {
      fence = buildFence();
      if (fence.walls === 'permissions')
        warn("bubblewrap is not there or may not make namespaces: authors' code runs behind Node's permissions only");
    }
    return startRunner(fence);
  };
}
