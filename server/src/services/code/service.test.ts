import type { CodeEnd } from '@parley/nodes/code';
import { expect, it } from 'vitest';
import { createCodeRunners } from './service.ts';
import { type Runner, RunnerLost } from './start-runner.ts';

const request = { source: 'return 1', input: {}, chance: 0 };
const good: CodeEnd = { ok: true, value: 1, logs: [], broken: false };

/** Runners that do as told: each run waits until the test answers it. */
function fakes(size = 2, fails = 0) {
  const asked: { organization: string; answer(end: CodeEnd): void; lose(): void }[] = [];
  const counts = { started: 0, killed: 0 };
  const time = { now: 0 };
  const start = async (): Promise<Runner> => {
    counts.started += 1;
    if (counts.started <= fails) throw new RunnerLost('It could not be started.');
    return {
      pid: counts.started,
      run: ({ organization }) =>
        new Promise((resolve, reject) => {
          asked.push({ organization, answer: resolve, lose: () => reject(new RunnerLost('It is gone.')) });
        }),
      kill: async () => {
        counts.killed += 1;
      },
    };
  };
  const runners = createCodeRunners({ size, start, now: () => time.now });
  /** The oldest run that waits for its answer, once there is one. */
  const next = async () => {
    for (let look = 0; look < 100 && asked.length === 0; look++) await Promise.resolve();
    const one = asked.shift();
    if (!one) throw new Error('nothing was asked');
    return one;
  };
  return { runners, asked, counts, time, next };
}

it('starts nothing before there is work, and keeps what it started', async () => {
  const { runners, counts, next } = fakes();
  expect(counts.started).toBe(0);
  for (let time = 0; time < 3; time++) {
    const run = runners.run('a', request);
    (await next()).answer(good);
    await expect(run).resolves.toEqual({ value: 1, logs: [] });
  }
  expect(counts).toEqual({ started: 1, killed: 0 });
  await runners.stop();
  expect(counts.killed).toBe(1);
});

it('leaves a process free for others, whatever one organization asks', async () => {
  const { runners, asked, next } = fakes();
  const flood = [1, 2, 3].map(() => runners.run('a', request));
  const other = runners.run('b', request);
  const [first, second] = [await next(), await next()];
  expect([first.organization, second.organization].sort()).toEqual(['a', 'b']);
  expect(asked).toEqual([]);
  first.answer(good);
  second.answer(good);
  await other;
  for (const _ of [1, 2]) (await next()).answer(good);
  await Promise.all(flood);
  await runners.stop();
});

it('rejects the run that was lost, and runs the next elsewhere', async () => {
  const { runners, counts, next } = fakes(1);
  const lost = runners.run('a', request);
  (await next()).lose();
  await expect(lost).rejects.toThrow('It is gone.');
  const run = runners.run('a', request);
  (await next()).answer(good);
  await expect(run).resolves.toMatchObject({ value: 1 });
  expect(counts).toEqual({ started: 2, killed: 1 });
  await runners.stop();
});

it('parts with a process whose QuickJS broke', async () => {
  const { runners, counts, next } = fakes(1);
  const run = runners.run('a', request);
  (await next()).answer({ ...good, broken: true });
  await run;
  expect(counts.killed).toBe(1);
  await runners.stop();
});

it('tells the author where none can be started, and tries again', async () => {
  const { runners, next } = fakes(1, 1);
  await expect(runners.run('a', request)).rejects.toThrow('It could not be started.');
  const run = runners.run('a', request);
  (await next()).answer(good);
  await expect(run).resolves.toMatchObject({ value: 1 });
  await runners.stop();
});

it('gives up what waited too long', async () => {
  const { runners, next, time } = fakes(1);
  const first = runners.run('a', request);
  const second = runners.run('a', request);
  time.now = 30_001;
  (await next()).answer(good);
  await first;
  await expect(second).rejects.toThrow('waited too long');
  await runners.stop();
});

it('settles everything when it stops, and takes no more', async () => {
  const { runners, next } = fakes(1);
  const under = runners.run('a', request);
  const waiting = runners.run('a', request);
  const one = await next();
  const stopped = runners.stop();
  one.lose();
  await expect(under).rejects.toThrow('It is gone.');
  await expect(waiting).rejects.toThrow('The server is stopping');
  await expect(runners.run('a', request)).rejects.toThrow('The server is stopping');
  await stopped;
});
