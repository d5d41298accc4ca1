import { parseArgs } from 'node:util';
import { ALL_OPERATORS, type Trial, tryPlanner } from '@parley/server/src/storage/embedded/testing/planner/trial.ts';

/**
 * `node tests/property/store-planner.ts --seeds 10 --queries 5000`: asks the embedded store random questions of a
 * collection with random indexes and of its twin without, and prints what differed. Ends with 1 if anything did.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    first: { type: 'string', default: '1' },
    queries: { type: 'string', default: '5000' },
  },
});

const trials: Trial[] = [];
const first = Number(values.first);
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const trial = await tryPlanner(seed, Number(values.queries));
  trials.push(trial);
  console.log(
    `seed ${seed}: ${trial.queries} queries, ${trial.changes} changes, ${trial.differences.length} differences`,
  );
  for (const difference of trial.differences.slice(0, 3)) console.log(`  ${difference}`);
}

const sum = (of: (trial: Trial) => number): number => trials.reduce((all, trial) => all + of(trial), 0);

function merged(of: (trial: Trial) => Map<string, number>): string {
  const counts = new Map<string, number>();
  for (const trial of trials) for (const [name, n] of of(trial)) counts.set(name, (counts.get(name) ?? 0) + n);
  return [...counts].map(([name, n]) => `${name} ${n}`).join(', ');
}

const scans = sum(({ by }) => by.get('everything') ?? 0);
const queries = sum((trial) => trial.queries);
const missing = ALL_OPERATORS.filter((name) => !trials.some(({ operators }) => operators.has(name)));
const differences = sum((trial) => trial.differences.length);
console.log(`queries           ${queries}, each asked of both collections twice, in two forms`);
console.log(`used an index     ${queries - scans} (${merged(({ by }) => by)})`);
console.log(`order by an index ${sum((trial) => trial.sortedByIndex)}`);
console.log(`operators         ${merged(({ operators }) => operators)}`);
console.log(`never asked       ${missing.join(', ') || 'none'}`);
console.log(`changes           ${sum((trial) => trial.changes)}`);
console.log(`differences       ${differences}`);
process.exitCode = differences > 0 || missing.length > 0 ? 1 : 0;
