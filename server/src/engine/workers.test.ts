import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import type { Engine } from './engine.ts';
import type { EngineStore } from './store.ts';
import { accepted, type EngineWorld, openHome, type Send, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;

beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const say = (id: string, text: string) => ({ id, type: 'chat.send', config: { text } });
/** Two sends a message, with a call between, so that every kind of step is walked all the time. */
const flow = {
  nodes: [
    start,
    { id: 'look', type: 'http.request', config: { url: 'https://a.example/' } },
    say('first', '{{message.text}} a'),
    say('second', '{{message.text}} b'),
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'look' },
    { id: 'e2', source: 'look', sourceHandle: 'next', target: 'first' },
    { id: 'e3', source: 'first', sourceHandle: 'next', target: 'second' },
  ],
};

/** The same numbers for the same seed, so that a failure can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Leases end in the middle of the turns that pause; a silence is still longer than a permit and its call together. On a
 * busy machine other turns take some hundred ms: a lease as short would end in all of them, and count against events.
 */
const SHORT = {
  lease: 1_500,
  startWithin: 300,
  callTimeout: 1_000,
  silenceSecond: 50,
  callWatch: 1_000,
  lookAgain: 50,
  comeBack: 50,
  backOff: 50,
  sweepEvery: 200,
};

type Method = (...given: unknown[]) => Promise<unknown>;

const PAUSE = 2_000; // ms: longer than a lease of these workers, shorter than a silence

class StoreAway extends Error {
  override name = 'MongoNetworkError';
}

/** How often a conversation's lease may run out: an event that three turns lost in a row is set aside, as it should be. */
const PAUSES = 2;

/** A store whose every command may be late, even past the lease, fail before it does anything, or after it has done it. */
function unreliable(random: () => number, rate: number): (own: EngineStore) => EngineStore {
  const pauses = new Map<string, number>();
  const mayPause = (given: unknown[]): boolean => {
    const conversation = /cnv_\w+/.exec(JSON.stringify(given))?.[0];
    if (conversation === undefined) return false;
    const before = pauses.get(conversation) ?? 0;
    pauses.set(conversation, before + 1);
    return before < PAUSES;
  };
  return (own) =>
    Object.fromEntries(
      Object.entries(own).map(([name, method]) => [
        name,
        async (...given: unknown[]) => {
          const [fate, late] = [random(), random()];
          const pause = late < rate / 2 && mayPause(given) ? PAUSE : 0;
          if (late < rate * 20) await new Promise((resolve) => setTimeout(resolve, pause));
          if (fate < rate) throw new StoreAway(`${name} failed before`);
          const result = await (method as Method)(...given);
          if (fate < rate * 2) throw new StoreAway(`${name} failed after`);
          return result;
        },
      ]),
    ) as unknown as EngineStore;
}

const PEOPLE = 20;
const MESSAGES = 10;
const phoneOf = (person: number) => String(447_906_000_000 + person);

/** Everybody writes at once; each person's next message follows the 200 of the one before. */
async function everybodyWrites(world: EngineWorld, engines: Engine[], random: () => number): Promise<void> {
  const one = () => engines[Math.floor(random() * engines.length)] as Engine;
  const person = async (number: number) => {
    for (let message = 0; message < MESSAGES; message++) {
      await accept(() => world.hear(one(), phoneOf(number), `m${message}`, `wamid.${number}.${message}`));
      if (random() < 0.2)
        await accept(() => world.hear(one(), phoneOf(number), `m${message}`, `wamid.${number}.${message}`));
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, number) => person(number)));
}

/** As the provider does: again until it is a 200. */
const accept = (deliver: () => Promise<unknown>): Promise<unknown> =>
  until('a 200', 15_000, () =>
    deliver().then(
      () => true,
      () => false,
    ),
  );

/** N1 to N4 and N6, by the provider's log and the journal. */
async function judge(world: EngineWorld): Promise<void> {
  const spoken = Array.from({ length: MESSAGES }, (_, number) => [`m${number} a`, `m${number} b`]).flat();
  for (let number = 0; number < PEOPLE; number++) expect(world.provider.textsTo(phoneOf(number))).toEqual(spoken);
  const references = world.provider.sends.map(({ reference }) => reference);
  expect(references).toHaveLength(PEOPLE * spoken.length);
  expect(new Set(references).size).toBe(references.length);
  const rows = await world.rows({ kind: 'message' });
  expect(rows).toHaveLength(PEOPLE * MESSAGES);
  expect(rows.filter(({ state }) => state !== 'done')).toEqual([]);
  const told = (await world.rows()).flatMap(({ step }) => step?.effects ?? []);
  expect(told.toSorted()).toEqual(references.toSorted());
}

describe('two workers on the same conversations', () => {
  it('lose, double and reorder nothing of 200 messages', async () => {
    const timing = { callTimeout: 20_000, silenceSecond: 1_000 };
    const world = await startEngineWorld(home.connection, { flow, timing });
    const engines = [world.worker(), world.worker()];
    const began = performance.now();
    await everybodyWrites(world, engines, randomOf(1));
    await world.rest();
    console.log(`200 messages, 400 sends, two workers: ${Math.round(performance.now() - began)} ms`);
    await judge(world);
    await world.stop();
  }, 60_000);

  it.each([1, 2, 3])(
    'keep that when leases run out under their hands and commands fail: seed %i',
    async (seed) => {
      const random = randomOf(seed);
      const world = await startEngineWorld(home.connection, { flow, timing: SHORT });
      const store = unreliable(random, 0.01);
      const engines = [world.worker({ store }), world.worker({ store }), world.worker({ store })];
      const healthy = world.worker();
      // A status overtakes the answer, as it often does; without one a lost record would be a second send
      world.provider.react = async (send: Send) => {
        await world.status(healthy, send, 'SENT');
        return accepted(send);
      };
      await everybodyWrites(world, engines, random);
      await world.restByItself(60_000);
      await judge(world);
      await world.stop();
    },
    90_000,
  );
});
