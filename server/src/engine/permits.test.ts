import { describe, expect, it } from 'vitest';
import type { EngineStore } from './store.ts';
import { createSimulation, eachMethod, openSimulatedHome, randomOf, type Simulation } from './testing/simulation.ts';
import { accepted, refused, type Send, startEngineWorld } from './testing/world.ts';
import { TIMING } from './timing.ts';

const SILENCE = 60_000; // ms, of the channel
const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, sourceHandle: 'next', target });
const texts = {
  nodes: [
    start,
    { id: 'one', type: 'chat.send', config: { text: 'One' } },
    { id: 'two', type: 'chat.send', config: { text: 'Two' } },
  ],
  edges: [edge('start', 'one'), edge('one', 'two')],
};
const template = {
  nodes: [start, { id: 'offer', type: 'chat.template', config: { name: 'offer', language: 'en' } }],
  edges: [edge('start', 'offer')],
};

class StoreAway extends Error {
  override name = 'MongoNetworkError';
}

/** What becomes of a command's first, second ... use; afterwards all is well. A number is ms that it is late. */
type Fate = 'fine' | 'failed before' | 'failed after' | 'failed after, and a status came' | number;
type Plan = Partial<Record<keyof EngineStore, Fate[]>>;

const fated = (plan: Plan, { sleep }: Simulation, statusComes: () => Promise<unknown>) => {
  const left = new Map(Object.entries(plan).map(([name, fates]) => [name, [...fates]]));
  return (own: EngineStore): EngineStore =>
    eachMethod(own, async (name, method) => {
      const fate = left.get(name)?.shift() ?? 'fine';
      if (fate === 'failed before') throw new StoreAway(name);
      const result = await method();
      if (fate === 'failed after, and a status came') await statusComes();
      if (fate === 'failed after' || fate === 'failed after, and a status came') throw new StoreAway(name);
      if (typeof fate === 'number') await sleep(fate);
      return result;
    });
};

interface Told {
  texts: string[];
  /** Simulated ms from the beginning to each of them. */
  at: number[];
  unknown: boolean[];
}

/** One message from one person, and all that comes of it. */
async function tell(
  flow: { nodes: object[]; edges: object[] },
  plan: Plan,
  react = (send: Send, _count: number) => accepted(send),
): Promise<Told> {
  const simulation = createSimulation(randomOf(1));
  const home = await openSimulatedHome(simulation.now);
  try {
    const world = await startEngineWorld(home.connection, { flow, timing: TIMING, simulation });
    const at: number[] = [];
    world.provider.react = (send, _signal, count) => {
      at.push(simulation.monotonic());
      return react(send, count);
    };
    const web = world.worker({ works: false }); // the other one works, when its sweep tells it to
    const statusComes = () => world.status(web, world.provider.sends[0] as Send, 'SENT');
    world.worker({ store: fated(plan, simulation, statusComes) });
    const conversation = await simulation.play(async () => {
      const heard = await world.hear(web, '447906000000', 'hi');
      while (!(await simulation.command('look', world.isAtRest))) await simulation.sleep(500);
      await world.stop();
      return heard;
    });
    const messages = await world.messages(conversation);
    const outbound = messages.filter(({ direction }) => direction === 'OUTBOUND');
    return { texts: world.provider.texts(), at, unknown: outbound.map(({ unknown }) => unknown) };
  } finally {
    await home.close();
  }
}

describe('a permit under which nobody called', () => {
  it.each<[string, Plan]>([
    ['the answer to the commit is lost', { commit: ['failed after'] }],
    ['the Messages cannot be shown', { showMessages: ['failed before'] }],
    ['the answer to the Messages is lost', { showMessages: ['failed after'] }],
    ['the rows cannot be marked', { flush: ['failed before'] }],
    ['the worker sleeps too long before it calls', { flush: [6_000] }],
    ['the answer to the permit of the second send is lost', { permit: ['failed after'] }],
    ['that happens twice', { flush: ['failed before'], permit: ['failed after', 'failed after'] }],
    [
      'it can be given back at the third try only',
      { flush: ['failed before'], giveBack: ['failed before', 'failed before'] },
    ],
    ['the answer to the giving back is lost', { flush: ['failed before'], giveBack: ['failed after'] }],
  ])('is no try, and costs no silence, where %s', async (_, plan) => {
    const told = await tell(texts, plan);
    expect(told.texts).toEqual(['One', 'Two']);
    expect(told.unknown).toEqual([false, false]);
    expect(Math.max(...told.at)).toBeLessThan(SILENCE);
  });

  it('takes nothing from a send that may go out only once', async () => {
    const told = await tell(template, { flush: ['failed before'] });
    expect(told).toMatchObject({ texts: ['offer'], unknown: [false] });
  });

  it('takes no try from a send whose first call stayed without an answer, and does not shorten its silence', async () => {
    const noAnswer = (send: Send, count: number) => (count === 1 ? refused(131_000, 500) : accepted(send));
    const told = await tell(texts, { permitAgain: ['failed after', 'failed after'] }, noAnswer);
    expect(told.texts).toEqual(['One', 'One', 'Two']);
    expect(told.unknown).toEqual([false, false]);
    const [first = 0, second = 0] = told.at;
    expect(second - first).toBeGreaterThan(SILENCE);
    expect(second - first).toBeLessThan(2 * SILENCE); // it counts from the call, not from the permit that nobody used
  });

  it('is followed by another look at the Message where somebody called before', async () => {
    const noAnswer = (send: Send, count: number) => (count === 1 ? refused(131_000, 500) : accepted(send));
    const told = await tell(texts, { permitAgain: ['failed after, and a status came'] }, noAnswer);
    expect(told).toMatchObject({ texts: ['One', 'Two'], unknown: [false, false] });
  });

  it('gives no third try: a send that was called for twice is for people to see', async () => {
    const told = await tell(texts, { permitAgain: ['failed after'] }, (send) =>
      send.text === 'One' ? refused(131_000, 500) : accepted(send),
    );
    expect(told.texts).toEqual(['One', 'One', 'Two']);
    expect(told.unknown).toEqual([true, false]);
  });

  it('counts as a call where it cannot be given back: rather unknown than sent twice', async () => {
    const never: Fate[] = ['failed before', 'failed before', 'failed before'];
    const told = await tell(template, { flush: ['failed before'], giveBack: never });
    expect(told).toMatchObject({ texts: [], unknown: [true] });
    const again = await tell(texts, { flush: ['failed before'], giveBack: never });
    expect(again).toMatchObject({ texts: ['One', 'Two'], unknown: [false, false] });
    expect(again.at[0]).toBeGreaterThan(SILENCE);
  });
});
