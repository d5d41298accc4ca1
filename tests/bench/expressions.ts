import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTemplate, renderText } from '@parley/runtime';
import Handlebars from 'handlebars';
import { SUBJECTS, type Subject, scope } from './expression-templates.ts';

/**
 * Expressions a second: ours beside compiled Handlebars (no escaping, its own lookups for unknown names off) and beside a
 * warm isolate that runs the same as JavaScript with the scope copied in, as platforms do that let authors write code. The
 * three take turns in every round; the ratio of a template is the median over the rounds. Fails where a template, or all of
 * them together, render at less than half of Handlebars' speed.
 *
 * The isolate is no dependency: it is installed once beside the project, in the system's folder for temporary files, and
 * left out of the table where that does not succeed.
 */
const BAR = 0.5;
const ROUNDS = 60;
const WARM_UP = 20_000; // renderings
const BATCH = 2_000; // renderings timed together: some milliseconds
const ISOLATE_BATCH = 200; // some 30 times slower
const ISOLATE = 'isolated-vm@7.0.1';
const ISOLATE_HOME = join(tmpdir(), 'parley-bench-isolate');
const ISOLATE_PATIENCE = 120_000; // ms to install
const ANSWER_PATIENCE = 30_000; // ms for one batch

let sink = 0; // read at the end, so that no rendering can be left out

function ours({ template }: Subject): () => string {
  const read = readTemplate(template);
  if (!read.template) throw new Error(read.problem.message);
  const known = read.template;
  return () => renderText(known, scope);
}

const helpers = {
  upper: (value: unknown) => String(value ?? '').toUpperCase(),
  trim: (value: unknown) => String(value ?? '').trim(),
  add: (a: number, b: number) => a + b,
  default: (value: unknown, otherwise: unknown) => value || otherwise,
  eq: (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase(),
};

function theirs({ template }: Subject): () => string {
  const engine = Handlebars.create();
  engine.registerHelper(helpers);
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const compiled = engine.compile(template, { noEscape: true, knownHelpers, knownHelpersOnly: true });
  return () => compiled(scope);
}

/** Renderings a second of one batch. */
function rate(render: () => string, batch: number): number {
  const began = performance.now();
  for (let i = 0; i < batch; i++) sink += render().length;
  return (batch * 1_000) / (performance.now() - began);
}

function installIsolate(): boolean {
  if (existsSync(join(ISOLATE_HOME, 'node_modules', 'isolated-vm'))) return true;
  const { status } = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--prefix', ISOLATE_HOME, ISOLATE],
    { stdio: 'ignore', timeout: ISOLATE_PATIENCE, env: { ...process.env, INIT_CWD: ISOLATE_HOME } },
  );
  return status === 0;
}

/** A process with the isolate inside; null where it could not be started. */
async function openIsolate(): Promise<ChildProcess | null> {
  if (!installIsolate()) return null;
  const child = fork(join(dirname(fileURLToPath(import.meta.url)), 'expressions-isolate.ts'), [ISOLATE_HOME], {
    execArgv: ['--no-node-snapshot'], // isolated-vm asks for it
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  if ((await answerOf(child)) === 'ready') return child;
  child.kill();
  return null;
}

const answerOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => {
    const given = (answer: unknown) => {
      clearTimeout(patience);
      child.off('message', given);
      child.off('exit', given);
      resolve(answer);
    };
    const patience = setTimeout(given, ANSWER_PATIENCE, null);
    child.on('message', given);
    child.on('exit', given);
  });

async function isolateRate(child: ChildProcess, subject: number): Promise<number> {
  child.send({ subject, batch: ISOLATE_BATCH });
  const answer = await answerOf(child);
  return typeof answer === 'number' && answer > 1 ? answer : Number.NaN;
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const runs = SUBJECTS.map((subject) => ({
  subject,
  ours: ours(subject),
  theirs: theirs(subject),
  rates: { ours: [] as number[], theirs: [] as number[], isolate: [] as number[], ratio: [] as number[] },
}));
for (const { subject, ours: render, theirs: other } of runs) {
  if (render() !== subject.script(scope) || render() !== other())
    throw new Error(`${subject.name} differs: ${render()} and ${other()}`);
  for (let i = 0; i < WARM_UP; i++) sink += render().length + other().length;
}

const isolate = await openIsolate();
const overall: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  let [mine, other] = [0, 0];
  for (const [index, run] of runs.entries()) {
    // Who goes first takes turns: the second one finds the caches warm.
    const first = round % 2 === 0 ? rate(run.ours, BATCH) : null;
    const handlebars = rate(run.theirs, BATCH);
    const own = first ?? rate(run.ours, BATCH);
    run.rates.ours.push(own);
    run.rates.theirs.push(handlebars);
    run.rates.ratio.push(own / handlebars);
    mine += 1 / own;
    other += 1 / handlebars;
    if (isolate) run.rates.isolate.push(await isolateRate(isolate, index));
  }
  overall.push(other / mine);
}
isolate?.kill();

const cell = (text: string | number): string =>
  (typeof text === 'number' ? (Number.isNaN(text) ? '-' : Math.round(text).toLocaleString('en')) : text).padStart(14);
console.log(
  `Renderings a second, medians of ${ROUNDS} rounds${isolate ? '' : `; without ${ISOLATE}, which could not be had`}`,
);
console.log(
  `${'template'.padEnd(20)}${['Parley', 'Handlebars', 'isolate', 'of Handlebars', 'of isolate'].map(cell).join('')}`,
);
for (const { subject, rates } of runs) {
  const [mine, handlebars, isolated] = [median(rates.ours), median(rates.theirs), median(rates.isolate)];
  const times = Number.isNaN(isolated) ? '-' : `${(mine / isolated).toFixed(1)} x`;
  console.log(
    `${subject.name.padEnd(20)}${[mine, handlebars, isolated, `${median(rates.ratio).toFixed(2)} x`, times].map(cell).join('')}`,
  );
}
console.log(`${'all together'.padEnd(20)}${[' ', ' ', ' ', `${median(overall).toFixed(2)} x`].map(cell).join('')}`);
if (sink === 0) throw new Error('nothing was rendered');

const slow = runs.filter(({ rates }) => !(median(rates.ratio) >= BAR)).map(({ subject }) => subject.name);
if (!(median(overall) >= BAR)) slow.push('all together');
if (slow.length > 0) {
  console.error(`Below ${BAR} x of compiled Handlebars: ${slow.join(', ')}.`);
  process.exitCode = 1;
}
