import { parseArgs } from 'node:util';
import type { JsonObject } from '@parley/runtime';
import { startTestApp } from '@parley/server/src/testing/app.ts';
import { readCorpus } from './corpus.ts';
import { fuzzWebhooks, type Samples } from './fuzz/run.ts';
import { META_SAMPLES, TWILIO_SAMPLES } from './fuzz/samples.ts';

/**
 * Mutated recordings of both providers, signed rightly, through the whole app: no answer of 5xx, and whatever the mutant
 * still holds is handled or stands in the webhook log. `npm run fuzz:webhooks -- --count 100000 --seed 1`
 */
const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!(count > 0) || !Number.isInteger(seed)) throw new Error('--count is a number above 0, --seed a whole number.');

const test = await startTestApp();
const started = performance.now();
const result = await fuzzWebhooks(test, recordings(), count, seed);
await test.close();

const minutes = ((performance.now() - started) / 60_000).toFixed(1);
const answers = Object.entries(result.answers).map(([status, times]) => `${times} x ${status}`);
console.log(`${result.mutants} mutants in ${result.posts} posts, seed ${seed}, ${minutes} minutes`);
console.log(`answers: ${answers.join(', ')}`);
console.log(`${result.marks} ids that the bodies still held were looked for in the store`);
for (const problem of result.problems) console.log(`FAIL  ${problem.slice(0, 1_500)}`);
console.log(`${result.problems.length} problems`);
process.exitCode = result.problems.length === 0 ? 0 : 1;

function recordings(): Samples {
  const { items } = readCorpus();
  const of = (provider: string) =>
    items.filter((item) => item.provider === provider).map(({ body }) => body.toString());
  return {
    meta: [...META_SAMPLES, ...of('meta').map((text) => JSON.parse(text) as JsonObject)],
    twilio: [...TWILIO_SAMPLES, ...of('twilio').map((text) => Object.fromEntries(new URLSearchParams(text.trim())))],
  };
}
