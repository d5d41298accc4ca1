import { clients } from './clients.ts';

// npm run conformance:clients: every call of clients that we did not write, against the simulator
const outcomes = [];
for (const { run } of clients) outcomes.push(...(await run()));
for (const { client, name, trouble } of outcomes)
  console.log(`${trouble === null ? 'ok  ' : 'FAIL'} ${client}: ${name}${trouble === null ? '' : ` (${trouble})`}`);
const passed = outcomes.filter(({ trouble }) => trouble === null).length;
console.log(`${passed} of ${outcomes.length} calls passed`);
process.exit(passed === outcomes.length ? 0 : 1);
