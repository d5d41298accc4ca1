import { parseArgs } from 'node:util';
import { complaints, killRounds, table } from './store-rounds.ts';

/** The long form of store.test.ts: `node tests/faults/store-kill.ts --rounds 200 --full 20 [--seed 1]`. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    full: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const tallies = await killRounds({
  rounds: Number(values.rounds),
  full: Number(values.full),
  seed: Number(values.seed),
  log: values.quiet ? () => {} : (line) => console.error(line),
});
console.log(table(tallies));
const wrong = complaints(tallies);
for (const one of wrong.slice(0, 50)) console.log(one);
process.exitCode = wrong.length === 0 ? 0 : 1;
