import { connect } from '../../storage/connection.ts';
import { openEngine } from '../../storage/embedded/commands/engine.ts';
import { socketPlace } from '../../storage/embedded/host/socket-path.ts';
import { storeUri } from '../../storage/embedded/host/uri.ts';
import { temporaryDirectory } from '../../storage/embedded/testing/engine.ts';
import { createWireServer } from '../../storage/embedded/wire/server.ts';
import type { Timers } from '../../timers.ts';

const BEGIN = Date.UTC(2026, 0, 1);
const LATENCY = 20; // ms that a command or its answer is under way, at most
const PATIENCE = 24 * 3_600_000; // ms of simulated time after which a story that goes on is taken for an endless one

export type Simulation = ReturnType<typeof createSimulation>;

/** The same numbers for the same seed, so that a failure can be repeated. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Moment {
  at: number;
  order: number;
  happen: () => void;
}

/**
 * A world without real time. Whoever works in it asks it for the hour and for timers, and reaches stores through it; it
 * lets one thing happen at a time, in an order that comes from the random numbers alone, and its clock goes from one such
 * moment to the next. How fast the machine is, and what else it does, changes nothing.
 */
export function createSimulation(random: () => number) {
  const agenda = new Set<Moment>();
  const trace: string[] = [];
  let time = BEGIN;
  let planned = 0;
  let atWork = 0;
  let ids = 0;

  function later(milliseconds: number, happen: () => void): () => void {
    const moment = { at: time + Math.max(Math.ceil(milliseconds), 0), order: planned++, happen };
    agenda.add(moment);
    return () => void agenda.delete(moment);
  }

  const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => void later(milliseconds, resolve));

  const underWay = (): Promise<void> => sleep(1 + Math.floor(random() * LATENCY));

  /** Real work, such as a command to a store: begins at a moment of its own, and nothing else happens before its end. */
  async function command<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    await underWay();
    atWork++;
    trace.push(`${time - BEGIN} ${name}`);
    try {
      return await work();
    } finally {
      atWork--;
      await underWay();
    }
  }

  const timers: Timers = {
    later,
    patience(milliseconds) {
      const controller = new AbortController();
      later(milliseconds, () => controller.abort(new DOMException('no answer came', 'TimeoutError')));
      return controller.signal;
    },
  };

  /** Lets happen what must until the story ends. Rejects with it, or where nothing is left that could end it. */
  async function play<Result>(story: () => Promise<Result>): Promise<Result> {
    let over = false;
    const end = () => {
      over = true;
    };
    const told = story();
    told.then(end, end);
    for (;;) {
      do await turnOfTheLoop();
      while (atWork > 0);
      if (over) return told;
      const next = earliest(agenda);
      if (!next) throw new Error('the story waits for something that will never happen');
      if (next.at > BEGIN + PATIENCE) throw new Error('the story does not end');
      agenda.delete(next);
      time = next.at;
      next.happen();
    }
  }

  return {
    now: () => new Date(time),
    monotonic: () => time - BEGIN,
    newId: (prefix: string): string => `${prefix}_${String(++ids).padStart(6, '0')}`,
    timers,
    sleep,
    command,
    play,
    /** What happened when, in ms from the beginning: the same for the same seed. */
    trace,
    /** The same object, each of whose methods is a command of this world. */
    within: <Store extends object>(own: Store): Store => eachMethod(own, (name, method) => command(name, method)),
  };
}

/** Everything that could go on without time or a store has gone on: promises follow each other within one turn. */
const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function earliest(agenda: Set<Moment>): Moment | null {
  let first: Moment | null = null;
  for (const moment of agenda) {
    if (!first || moment.at < first.at || (moment.at === first.at && moment.order < first.order)) first = moment;
  }
  return first;
}

/** The same object with something around each of its methods; `method` is the call as it was meant. */
export const eachMethod = <Store extends object>(
  own: Store,
  around: (name: string, method: () => Promise<unknown>, given: unknown[]) => Promise<unknown>,
): Store =>
  new Proxy(own, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => around(String(name), async () => Reflect.apply(method, target, given), given);
    },
  });

/** An embedded store in this thread, whose clock is the simulation's. */
export async function openSimulatedHome(now: () => Date) {
  const directory = temporaryDirectory();
  const { path, remove } = socketPlace(directory.path);
  const engine = openEngine(directory.path, now);
  engine.address = path;
  const server = createWireServer(engine, (error) => {
    throw error;
  });
  await server.listen(path);
  const connection = await connect(storeUri(path, null));
  return {
    connection,
    close: async () => {
      await connection.close();
      await server.close();
      engine.close();
      remove();
      directory.remove();
    },
  };
}
