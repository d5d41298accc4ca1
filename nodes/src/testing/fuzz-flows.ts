import { parseArgs } from 'node:util';
import { nodeTypes } from '../index.ts';
import { playSessions, portsWanted } from './random-sessions.ts';

/** `npm run fuzz:flows -- --sessions 10000 --seed 7`: random sessions of random flows, what they reached, what broke. */
const LEAST = 100; // times that each port has to be taken

const { values } = parseArgs({
  options: { sessions: { type: 'string', default: '10000' }, seed: { type: 'string', default: '7' } },
});
const outcome = playSessions({ sessions: Number(values.sessions), seed: Number(values.seed), nodeTypes });
const wanted = portsWanted(nodeTypes);
const rare = wanted.filter((port) => (outcome.taken.get(port) ?? 0) < LEAST);

console.log(`${outcome.sessions} sessions, ${outcome.steps} steps, seed ${values.seed}`);
console.log(`ends: ${inWords(outcome.ends)}`);
console.log(`faults: ${inWords(outcome.faults)}`);
console.log(`steps by depth of sub-flows: ${outcome.depths.map((count, depth) => `${depth}: ${count}`).join(', ')}`);
for (const [type, ports] of Map.groupBy(wanted, (port) => port.split(' ')[0] ?? ''))
  console.log(
    `${type}: ${ports.map((port) => `${port.slice(type.length + 1)} ${outcome.taken.get(port) ?? 0}`).join(', ')}`,
  );
for (const port of rare) console.log(`taken less than ${LEAST} times: ${port}`);
for (const line of outcome.broken) console.log(`broken: ${line}`);
console.log(
  `${wanted.length - rare.length} of ${wanted.length} ports taken ${LEAST} times; ${outcome.broken.length} broken`,
);
process.exitCode = rare.length + outcome.broken.length > 0 ? 1 : 0;

function inWords(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
