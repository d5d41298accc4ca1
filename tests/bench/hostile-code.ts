/**
 * Code that means harm, against the runner that authors' code runs in: how each attack ended, in what time, and how much
 * memory the process took at its worst. Then a thousand runs of one organization beside one of another, and runs a second.
 * Ends with 1 where an attack was not contained.
 *
 *   node tests/bench/hostile-code.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { buildFence } from '@parley/server/src/services/code/fence.ts';
import { createCodeRunners } from '@parley/server/src/services/code/service.ts';
import { RunnerLost, startRunner } from '@parley/server/src/services/code/start-runner.ts';
import { type Attack, attacks } from '@parley/server/src/services/code/testing/attacks.ts';

const WARM_RUNS = 2_000; // some seconds
const input = { variables: { items: [1, 2, 3] }, contact: {}, message: null, now: '2026-03-02T09:00:00.000Z' };
const asking = (source: string) => ({ source, input, chance: 0.5 });
const fair = asking('return { total: variables.items.reduce((sum, one) => sum + one, 0) }');

const fence = buildFence();
let runner = await startRunner(fence);
let escaped = 0;
console.log(`walls: ${fence.walls}\n${'attack'.padEnd(48)}${'ms'.padStart(7)}${'peak MB'.padStart(9)}  ended`);
for (const attack of attacks) await measure(attack);
await runner.kill();
console.log(`${attacks.length} attacks, ${attacks.length - escaped} contained`);
await flood();
process.exitCode = escaped > 0 ? 1 : 0;

async function measure({ id, name, source, ends }: Attack): Promise<void> {
  forgetPeak(runner.pid);
  const watch = watchPeak(runner.pid);
  const start = performance.now();
  const ended = await runner.run({ organization: 'a', request: asking(source) }).then(
    (end) => ({
      value: end.ok ? JSON.stringify(end.value) : null,
      error: end.ok ? null : end.message,
      broken: end.broken,
    }),
    (error: Error) => ({ value: null, error: error.message, broken: error instanceof RunnerLost }),
  );
  const took = performance.now() - start;
  const peak = watch();
  const held = 'value' in ends ? ended.value === JSON.stringify(ends.value) : ends.error.test(ended.error ?? '');
  if (!held) escaped += 1;
  if (ended.broken) {
    await runner.kill();
    runner = await startRunner(fence);
  }
  const after = await runner.run({ organization: 'b', request: fair });
  if (!after.ok) escaped += 1;
  const words = `${held && after.ok ? '' : 'NOT CONTAINED: '}${ended.error ?? ended.value}`.slice(0, 70);
  console.log(`${`${id} ${name}`.padEnd(48)}${took.toFixed(1).padStart(7)}${peak.padStart(9)}  ${words}`);
}

/** Linux counts the most memory that a process had; elsewhere there is no figure. */
function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // the peak is then that of all attacks so far
  }
}

/** Looks now and then, for a process that is killed leaves no figure behind. Gives the last one. */
function watchPeak(pid: number): () => string {
  let last = '-';
  const look = () => {
    try {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (kilobytes) last = (Number(kilobytes) / 1024).toFixed(0);
    } catch {
      // gone, or no Linux
    }
    return last;
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    return look();
  };
}

async function flood(): Promise<void> {
  const runners = createCodeRunners();
  await Promise.all([runners.run('a', fair), runners.run('b', fair)]);
  const many = Array.from({ length: 1_000 }, () =>
    runners.run('a', asking('for (let i = 0; i < 1e5; i++); return 1')).catch(() => null),
  );
  const start = performance.now();
  await runners.run('b', fair);
  const other = performance.now() - start;
  const answered = (await Promise.all(many)).filter(Boolean).length;
  const all = performance.now() - start;
  console.log(
    `A18 1,000 at once of one organization: ${answered} answered in ${all.toFixed(0)} ms, the rest refused; another's run beside them took ${other.toFixed(1)} ms`,
  );
  const before = performance.now();
  for (let run = 0; run < WARM_RUNS; run += 2) await Promise.all([runners.run('a', fair), runners.run('b', fair)]);
  const seconds = (performance.now() - before) / 1_000;
  console.log(`warm: ${(WARM_RUNS / seconds).toFixed(0)} runs/s over 2 processes, each run in a fresh runtime`);
  await runners.stop();
}
