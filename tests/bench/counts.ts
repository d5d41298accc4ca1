import { eachMethod } from '@parley/server/src/engine/testing/simulation.ts';
import { openHome, startEngineWorld, type WorkerOptions } from '@parley/server/src/engine/testing/world.ts';

/**
 * What the counts cost the way of a message: `node tests/bench/counts.ts [messages]`. The same conversations with the
 * journal's marks and the adding up, and without both, in turns; the median of the rounds, and their ratio.
 */
const MESSAGES = Number(process.argv[2] ?? 1_200); // of one round
const ROUNDS = 7;
const PEOPLE = 40; // conversations side by side

const node = (id: string, type: string, config: object) => ({ id, type, config });
const edge = (source: string, target: string) => ({ id: `${source}-next`, source, sourceHandle: 'next', target });
const flow = {
  nodes: [
    node('start', 'trigger.message', { match: 'any' }),
    node('set', 'data.set', { assign: { a: '1' } }),
    node('ask', 'chat.ask', { text: 'How many?', answer: 'text', saveAs: 'many' }),
    node('say', 'chat.send', { text: 'Thanks {{many}}' }),
  ],
  edges: [edge('start', 'set'), edge('set', 'ask'), edge('ask', 'say')],
};

const nothing: WorkerOptions = {
  store: (own) =>
    eachMethod(own, (name, method, given) => {
      // The journal as it was before there were counts
      if (name === 'flush' || name === 'journal')
        for (const entry of (given.at(-1) ?? []) as { runs?: unknown }[]) delete entry.runs;
      return method();
    }),
  counts: (own) =>
    eachMethod(own, async (name) => (name === 'waiting' || name === 'uncounted' ? [] : { number: 0, batch: null })),
};

/** ms a message. */
async function round(options: WorkerOptions): Promise<number> {
  const home = await openHome();
  const world = await startEngineWorld(home.connection, { flow });
  const engine = world.worker(options);
  const began = performance.now();
  const talk = async (person: number) => {
    for (let message = 0; message < MESSAGES / PEOPLE; message++)
      await world.hear(engine, String(447_700_000_000 + person), `m${message}`);
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, person) => talk(person)));
  await world.rest();
  const took = (performance.now() - began) / MESSAGES;
  await world.stop();
  await home.close();
  return took;
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const times = { without: [] as number[], with: [] as number[] };
await round({}); // the first one warms up
for (let count = 0; count < ROUNDS; count++) {
  times.without.push(await round(nothing));
  times.with.push(await round({}));
}
const [without, counted] = [median(times.without), median(times.with)];
console.log(`${MESSAGES} messages, ${PEOPLE} conversations, ${ROUNDS} rounds, ms a message (median)`);
console.log(
  `without counts ${without.toFixed(2)}   with counts ${counted.toFixed(2)}   ratio ${(counted / without).toFixed(3)}`,
);
