import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HOSTILE_CASES, isContained } from '../property/hostile-cases.ts';

/**
 * Items A1 to A10 of what attackers write into templates, each case in a process of its own, so that a hang or a full memory
 * is seen and ends: prints whether it was contained, how long it took and how far the memory rose above that of a case that
 * does nothing. `node tests/bench/hostile-expressions.ts`; ends with 1 where a case is not contained.
 */
const PATIENCE = 10_000; // ms for the whole process, its start among them; one that takes longer hangs
const LONGEST = 2_000; // ms of the case alone; longer is not contained, as a server has other conversations to go on with
const MEMORY = 256; // MB of old space; a case that wants more dies of it

interface Measured {
  contained: boolean;
  /** Milliseconds of the case alone. */
  took: number;
  /** Kilobytes that the process had at most, from its start on. */
  peak: number;
}

const SELF = fileURLToPath(import.meta.url);
const [, , chosen] = process.argv;
if (chosen === undefined) await printAll();
else runOne(Number(chosen));

/** In the child: -1 does nothing and shows what a process takes by itself. */
function runOne(index: number): void {
  const one = HOSTILE_CASES[index];
  const began = performance.now();
  const asExpected = one ? isContained(one) : true;
  const took = performance.now() - began;
  const contained = asExpected && took <= LONGEST;
  process.send?.({ contained, took, peak: process.resourceUsage().maxRSS } satisfies Measured);
}

async function printAll(): Promise<void> {
  const { peak: bare } = (await measure(-1)) ?? { peak: 0 };
  let escaped = 0;
  console.log('item  contained        ms  more MB  case');
  for (const [index, { item, what }] of HOSTILE_CASES.entries()) {
    const measured = await measure(index);
    if (!measured?.contained) escaped++;
    const contained = measured ? (measured.contained ? 'yes' : 'NO') : 'NO, hangs or dies';
    const figures = measured
      ? [measured.took.toFixed(1), (Math.max(measured.peak - bare, 0) / 1024).toFixed(1)]
      : ['-', '-'];
    const [took = '', more = ''] = figures;
    console.log(
      `${item.padEnd(6)}${contained.padEnd(9)}${took.padStart(10)}${more.padStart(9)}  ${JSON.stringify(what)}`,
    );
  }
  console.log(`${HOSTILE_CASES.length} cases, ${HOSTILE_CASES.length - escaped} contained, ${escaped} not`);
  if (escaped > 0) process.exitCode = 1;
}

/** null where the process did not answer. */
function measure(index: number): Promise<Measured | null> {
  const child = fork(SELF, [String(index)], {
    execArgv: [`--max-old-space-size=${MEMORY}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve) => {
    let measured: Measured | null = null;
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    child.on('message', (message) => {
      measured = message as Measured;
    });
    child.on('close', () => {
      clearTimeout(patience);
      resolve(measured);
    });
  });
}
