import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { random } from '@parley/server/src/storage/embedded/testing/random.ts';
import { type Place, plainPlace, smallPlace } from './store-disk.ts';
import { inspect } from './store-inspect.ts';
import { Model } from './store-model.ts';
import { type Said, WRITERS } from './store-operations.ts';

const WRITER = fileURLToPath(new URL('./store-writer.ts', import.meta.url));
const ROUNDS_PER_PLACE = 10; // then a new directory, so that a first start is killed as well
const MOST_LINES = 700; // acknowledgements before a kill
const START = 700; // ms within which a start is killed
const REFUSALS = 12; // refused writes that make a disk full, not only short
const ENOUGH = 5_000; // acknowledgements by which a small disk has to be full
const PATIENCE = 30_000; // ms until a round without progress counts as stuck

/** When a process is killed. */
const MOMENTS = [
  'while it writes',
  'while it starts',
  'at a checkpoint',
  'twice in a row',
  'with the disk full',
] as const;
type Moment = (typeof MOMENTS)[number];

export interface Tally {
  rounds: number;
  acknowledged: number;
  refused: number;
  /** Acknowledged and not there, applied out of order, or there without having been asked for. */
  wrong: string[];
  wrongEntries: string[];
  damage: string[];
}

export type Tallies = Map<Moment, Tally>;

interface Plan {
  rounds: number;
  /** How many of them meet a full disk. */
  full: number;
  seed: number;
  log?: (line: string) => void;
}

/** Kills the store `rounds` times under eight writers, and compares after each what is there with what was acknowledged. */
export async function killRounds({ rounds, full, seed, log = () => {} }: Plan): Promise<Tallies> {
  const chance = random(seed);
  const tallies: Tallies = new Map(MOMENTS.map((moment) => [moment, emptyTally()]));
  let place = plainPlace();
  let model = new Model();
  try {
    for (let round = 0; round < rounds; round++) {
      const isFull = Math.floor(((round + 1) * full) / rounds) > Math.floor((round * full) / rounds);
      const moment = isFull ? 'with the disk full' : chance.pick(MOMENTS.slice(0, -1));
      if (isFull || place.kind !== 'plain' || round % ROUNDS_PER_PLACE === 0) {
        place.remove();
        place = isFull ? smallPlace() : plainPlace();
        model = new Model();
      }
      const tally = tallies.get(moment) ?? emptyTally();
      const about = { lines: 1 + chance.below(MOST_LINES), delay: chance.below(START) };
      await playRound({ place, model, round: `r${round}`, moment, ...about }, tally);
      log(`round ${round + 1} of ${rounds}, ${moment} (${place.kind}): ${complaints(tallies).length} wrong so far`);
    }
  } finally {
    place.remove();
  }
  return tallies;
}

export const complaints = (tallies: Tallies): string[] =>
  [...tallies.values()].flatMap((one) => [...one.wrong, ...one.wrongEntries, ...one.damage]);

const emptyTally = (): Tally => ({ rounds: 0, acknowledged: 0, refused: 0, wrong: [], wrongEntries: [], damage: [] });

interface Round {
  place: Place;
  model: Model;
  round: string;
  moment: Moment;
  /** What the writers say before the kill. */
  lines: number;
  /** ms after which a start is killed. */
  delay: number;
}

async function playRound(round: Round, tally: Tally): Promise<void> {
  const { place, model, moment } = round;
  const before = { acknowledged: model.acknowledged, refused: model.refused };
  tally.rounds++;
  tally.wrong.push(...(await writeAndKill(round)));
  if (moment === 'twice in a row')
    tally.wrong.push(...(await writeAndKill({ ...round, round: `${round.round}b`, moment: 'while it starts' })));
  place.empty();
  const found = inspect(place.directory);
  tally.wrong.push(...model.compare(found).map((one) => `${round.round} ${moment}: ${one}`));
  tally.wrongEntries.push(
    ...found.wrongEntries.map(({ place: where, problem }) => `${round.round} ${where}: ${problem}`),
  );
  tally.damage.push(...found.damage.map(({ problem }) => `${round.round}: ${problem}`));
  tally.acknowledged += model.acknowledged - before.acknowledged;
  tally.refused += model.refused - before.refused;
}

/** Runs the writers until the moment has come, and hears what they had said by then. */
async function writeAndKill({ place, model, round, moment, lines, delay }: Round): Promise<string[]> {
  const wrong: string[] = [];
  const [command = '', ...prefix] = [...place.prefix, process.execPath];
  const child = spawn(command, [...prefix, WRITER, place.directory, round], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = (): void => void child.kill('SIGKILL');
  const stuck = setTimeout(() => {
    wrong.push(`${round} ${moment}: nothing more happened for ${PATIENCE} ms`);
    kill();
  }, PATIENCE);
  const trigger = triggerOf(moment, { place, lines, delay, kill });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Said;
    wrong.push(...model.hear(round, said).map((one) => `${round}: ${one}`));
    trigger.hear(said);
    stuck.refresh();
  }
  const [code, signal] = await ended;
  clearTimeout(stuck);
  trigger.stop();
  if (signal !== 'SIGKILL') wrong.push(`${round} ${moment}: the writers ended by themselves with ${code}`);
  model.end(round, WRITERS);
  return wrong;
}

interface Trigger {
  hear(said: Said): void;
  stop(): void;
}

interface Situation {
  place: Place;
  lines: number;
  delay: number;
  kill: () => void;
}

function triggerOf(moment: Moment, { place, lines, delay, kill }: Situation): Trigger {
  if (moment === 'while it starts') {
    const timer = setTimeout(kill, delay);
    return { hear: () => {}, stop: () => clearTimeout(timer) };
  }
  if (moment === 'with the disk full') return whenFull(place, lines, kill);
  let heard = 0;
  let watcher: FSWatcher | null = null;
  // Only a checkpoint writes to the file itself; writes go to the journal beside it.
  const watchFile = (): void => {
    watcher ??= watch(place.directory, (_event, name) => {
      if (name === 'parley.db') kill();
    });
  };
  const hear = (): void => {
    heard++;
    if (moment === 'at a checkpoint') watchFile();
    else if (heard >= lines) kill();
  };
  return { hear, stop: () => watcher?.close() };
}

/** Writes until the disk is full; then room is made, writes have to succeed again, and it fills up a second time. */
function whenFull(place: Place, lines: number, kill: () => void): Trigger {
  let stage: 'filling' | 'room again' | 'filling again' = 'filling';
  let refused = 0;
  let done = 0;
  const hear = ({ outcome }: Said): void => {
    if (outcome === 'refused') refused++;
    else done++;
    if (stage === 'filling' && refused >= REFUSALS) {
      if (place.kind === 'limited files') {
        kill();
        return;
      }
      place.empty();
      [stage, done] = ['room again', 0];
    } else if (stage === 'room again' && done >= (lines % 30) + 3) {
      [stage, refused] = ['filling again', 0];
    } else if (stage === 'filling again' && refused >= 1 + (lines % REFUSALS)) kill();
    if (done > ENOUGH) kill(); // a store that acknowledges what it cannot keep; the comparison tells
  };
  place.fill();
  return { hear, stop: () => {} };
}

export function table(tallies: Tallies): string {
  const lines = [...tallies].map(([moment, one]) =>
    [
      moment.padEnd(20),
      one.rounds,
      one.acknowledged,
      one.refused,
      one.wrong.length,
      one.wrongEntries.length,
      one.damage.length === 0 ? 'ok' : 'DAMAGED',
    ]
      .map((cell) => (typeof cell === 'number' ? String(cell).padStart(12) : cell))
      .join(' '),
  );
  const head = [
    'killed'.padEnd(20),
    ...['rounds', 'acknowledged', 'refused', 'lost or wrong', 'index entries'].map((name) => name.padStart(12)),
    'integrity',
  ];
  return [head.join(' '), ...lines].join('\n');
}
