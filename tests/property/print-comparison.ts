import { parseArgs } from 'node:util';
import { compareSides } from './compare-sides.ts';

const SHOWN = 3; // differences that are printed whole

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
const began = performance.now();
let shown = 0;
const seconds = () => Math.round((performance.now() - began) / 1_000);

const { differences, seen } = await compareSides({
  cases,
  seed,
  onBatch: (played, found) => {
    for (; shown < Math.min(found.length, SHOWN); shown++) console.log(found[shown]);
    console.log(`${played} of ${cases}, ${found.length} differences, ${seconds()} s`);
  },
});
console.log(seen);
console.log(`${cases} cases, ${differences.length} differences`);
process.exitCode = differences.length > 0 ? 1 : 0;
