import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Crashpoint } from '../crashpoint.ts';
import { eachMethod } from '../testing/simulation.ts';
import { openHome, startEngineWorld } from '../testing/world.ts';
import type { CountStore } from './count-store.ts';

let home: Awaited<ReturnType<typeof openHome>>;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

const flow = {
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } },
    { id: 'ask', type: 'chat.ask', config: { text: 'How many?', answer: 'number', saveAs: 'many', retries: 3 } },
    { id: 'thanks', type: 'chat.send', config: { text: 'Thanks' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'thanks' },
  ],
};
const PEOPLE = ['447700900001', '447700900002', '447700900003'];
const WRITTEN = ['hi', 'many', '7'];
/** Three begin, are asked twice and answer; all of it in one sum. */
const EXPECTED = {
  began: 3,
  'ended.done': 3,
  'nodes.start.entered': 3,
  'nodes.ask.entered': 3,
  'nodes.thanks.entered': 3,
  'nodes.thanks.left.done': 3,
  'ports.start.next': 3,
  'ports.ask.next': 3,
  'ports.thanks.next': 3,
};

class Died extends Error {}

/** Everybody says everything to a worker that dies when it counts; another one finds what is left. */
async function countedBy(crashpoint: Crashpoint, counts: (own: CountStore) => CountStore = (own) => own) {
  const world = await startEngineWorld(home.connection, { flow });
  const dying = world.worker({ crashpoint, counts });
  for (const text of WRITTEN) for (const phone of PEOPLE) await world.hear(dying, phone, text);
  await world.rest();
  await dying.settle().catch(() => undefined);
  await dying.stop().catch(() => undefined);
  const other = world.worker();
  await other.settle();
  await other.settle();
  const found = {
    isCounted: await world.isCounted(),
    hours: await world.counts('hour'),
    days: await world.counts('day'),
  };
  await world.stop();
  return found;
}

describe('the counts', () => {
  it.each(['none', 'before S21', 'after S21', 'after S22', 'after S23', 'after S24', 'after S25'])(
    'are what was said where the worker dies at: %s',
    async (point) => {
      const found = await countedBy((name) => {
        if (name === point) throw new Died(name);
      });
      expect(found).toEqual({ isCounted: true, hours: EXPECTED, days: EXPECTED });
    },
  );

  it.each(['open', 'addHours', 'addPassings', 'mark', 'close'])(
    'are what was said where the answer of %s is lost',
    async (lost) => {
      let failures = 3;
      const found = await countedBy(
        () => undefined,
        (own) =>
          eachMethod(own, async (name, method) => {
            const result = await method();
            if (name === lost && failures-- > 0) throw new Died(name);
            return result;
          }),
      );
      expect(found).toEqual({ isCounted: true, hours: EXPECTED, days: EXPECTED });
    },
  );

  it('are not raised by a worker that was paused over its batch', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const late: (() => Promise<unknown>)[] = [];
    const first = world.worker({
      counts: (own) =>
        eachMethod(own, async (name, method) => {
          if (['addHours', 'addPassings', 'mark', 'close'].includes(name)) late.push(method);
          return method();
        }),
    });
    for (const text of WRITTEN) for (const phone of PEOPLE) await world.write(first, phone, text);
    for (const write of late) await write();
    expect(late.length).toBeGreaterThan(4);
    expect(await world.counts('hour')).toEqual(EXPECTED);
    expect(await world.isCounted()).toBe(true);
    await world.stop();
  });

  it('hold a journal of thousands that nobody counted', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker({ works: false });
    await world.write(world.worker(), PEOPLE[0] ?? '', 'hi');
    const [row] = await world.database.collection('events').find({ walked: true }).toArray();
    const { _id, ...rest } = row ?? {};
    const copies = Array.from({ length: 2_345 }, (_, number) => ({
      ...rest,
      _id: `${_id}.${number}`,
      uncounted: true,
    }));
    await world.database.collection<{ _id: string }>('events').insertMany(copies as never);
    await engine.settle();
    expect(await world.counts('day')).toMatchObject({ began: 2_346, 'nodes.ask.entered': 2_346 });
    const kept = await world.database.collection('flow_passings').findOne({ node: 'ask' });
    expect(kept?.ways['%24in']).toHaveLength(10);
    await world.stop();
  });
});
