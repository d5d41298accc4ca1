import type { OutboundContent } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Prepare, Prepared } from '../channels/whatsapp/gateway.ts';
import { RANKS } from '../storage/messages.ts';
import type { Engine } from './engine.ts';
import { createSimulation, openSimulatedHome, randomOf } from './testing/simulation.ts';
import { accepted, type EngineWorld, openHome, refused, startEngineWorld } from './testing/world.ts';
import { TIMING } from './timing.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phone = '';
let phones = 447_908_000_000;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  phone = String(phones++);
});

const DAY = 24 * 3_600_000; // ms
const start = { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } };
const say = { id: 'say', type: 'chat.send', config: { text: 'Hello' } };
const edge = { id: 'e', source: 'start', sourceHandle: 'next', target: 'say' };
const flow = { nodes: [start, say], edges: [edge] };
const offer = { id: 'say', type: 'chat.template', config: { name: 'offer', language: 'en' } };

const picture: OutboundContent = { kind: 'image', mediaId: 'med_picture' };
const ready = (content: OutboundContent): Prepared => ({ kind: 'ready', content });
const uploaded: Prepare = async () => ready({ kind: 'image', mediaId: '777' });
const wait = { kind: 'later', code: 'media_pending', reason: 'Still being fetched.', afterSeconds: 5 } as const;

/** A person of the inbox sends a picture of ours. */
async function post(world: EngineWorld, engine: Engine, conversation: string): Promise<void> {
  const author = { kind: 'user', id: 'usr_1', name: 'Bo' } as const;
  const payload = { kind: 'agent', content: picture, author } as const;
  const { organization } = world.channel;
  await engine.store.accept([{ id: `agent.${conversation}`, organization, conversation, payload }]);
  engine.wake(conversation);
}

/** Somebody wrote, nobody answers, and a picture of ours is to go out. */
async function pictureWorld(prepare: Prepare, options: Parameters<EngineWorld['worker']>[0] = {}) {
  const world = await startEngineWorld(home.connection, { flow });
  const engine = world.worker({ prepare, ...options });
  const conversation = await world.write(engine, phone, 'hello');
  await post(world, engine, conversation);
  return { world, engine, conversation };
}

describe('a content that must be made fit', () => {
  it('goes out as what it became, in the words of the reader', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const languages: string[] = [];
    const engine = world.worker({
      prepare: async (_channel, _content, { language }) => {
        languages.push(language);
        return ready({ kind: 'text', text: 'Hallo' });
      },
    });
    await world.write(engine, phone, 'hello');
    await world.database.collection('contacts').updateOne({}, { $set: { language: 'de' } });
    await world.write(engine, phone, 'hi');
    expect(world.provider.texts()).toEqual(['Hallo']);
    expect(languages).toEqual(['de']);
    await world.stop();
  });

  it('is refused with words, once and for all', async () => {
    const refusal = { kind: 'refused', code: 'attachment_type', reason: 'A PDF is no image.' } as const;
    const { world, conversation } = await pictureWorld(async () => refusal);
    await world.rest();
    expect(world.provider.sends).toEqual([]);
    const [, sent] = await world.messages(conversation);
    expect(sent).toMatchObject({
      rank: RANKS.FAILED,
      error: { code: 'attachment_type', reason: 'A PDF is no image.' },
    });
    await world.stop();
  });

  it.each<[string, Prepare]>([
    ['says that it must wait', async () => wait],
    ['breaks', () => Promise.reject(new Error('the disk is gone'))],
    ['never ends', () => new Promise(() => {})],
  ])('waits and goes out where preparing %s at first', async (_, odd) => {
    let tries = 0;
    const prepare: Prepare = (...given) => (tries++ < 3 ? odd(...given) : uploaded(...given));
    const { world, engine, conversation } = await pictureWorld(prepare);
    for (let time = 0; time < 3; time++) {
      await world.eventually(
        'it waits',
        async () => ((await world.document(conversation)).outbox.e0?.postponed ?? 0) > time,
      );
      expect((await world.document(conversation)).outbox.e0).toMatchObject({
        state: 'queued',
        attempt: 0,
        permit: null,
      });
      await engine.settle();
      world.clock.ahead += 60_000;
    }
    await world.rest();
    expect(world.provider.sends).toHaveLength(1);
    expect(tries).toBe(4);
    expect((await world.messages(conversation))[1]).toMatchObject({ rank: RANKS.SENT, unknown: false });
    await world.stop();
  });

  it('fails in the end, with the last reason, where it is never ready', async () => {
    const { world, engine, conversation } = await pictureWorld(async () => wait);
    await engine.settle();
    world.clock.ahead += DAY + 1;
    await world.rest();
    expect(world.provider.sends).toEqual([]);
    expect((await world.messages(conversation))[1]).toMatchObject({
      rank: RANKS.FAILED,
      error: { code: 'media_pending' },
    });
    await world.stop();
  });

  it('may take longer than a permit lives, for the permit is asked for afterwards', async () => {
    const clock = { monotonic: 0 };
    const prepare: Prepare = async () => {
      clock.monotonic += 20_000;
      return uploaded(null as never, picture, null as never);
    };
    const { world, conversation } = await pictureWorld(prepare, { monotonic: () => clock.monotonic });
    await world.rest();
    expect(world.provider.sends).toHaveLength(1);
    expect(clock.monotonic).toBe(20_000); // prepared once
    expect((await world.messages(conversation))[1]).toMatchObject({ rank: RANKS.SENT });
    await world.stop();
  });

  it('goes out under a later permit where plain words took too long under the first', async () => {
    const clock = { monotonic: 0 };
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker({
      monotonic: () => clock.monotonic,
      prepare: async (_channel, content) => {
        clock.monotonic += 6_000;
        return ready(content);
      },
    });
    await world.write(engine, phone, 'hi');
    await world.rest();
    expect(world.provider.texts()).toEqual(['Hello']);
    expect(clock.monotonic).toBe(12_000);
    await world.stop();
  });

  it.each(['before S9', 'after S9', 'before S10', 'before S11', 'before S12'])(
    'goes out once where the worker dies (%s)',
    async (point) => {
      const world = await startEngineWorld(home.connection, { flow });
      let dies = true;
      const dying = world.worker({
        prepare: uploaded,
        crashpoint: (name) => {
          if (name !== point || !dies) return;
          dies = false;
          throw new Error('killed');
        },
      });
      // A status tells of what went out before its worker could say so
      world.provider.react = async (send) => {
        await world.status(dying, send, 'SENT');
        return accepted(send);
      };
      const conversation = await world.write(dying, phone, 'hello');
      await post(world, dying, conversation);
      await world.rest();
      expect(dies).toBe(false);
      expect(world.provider.sends).toHaveLength(1);
      expect((await world.messages(conversation))[1]).toMatchObject({ rank: RANKS.SENT, unknown: false });
      await world.stop();
    },
  );

  it('is not said where a person took over while it was made ready', async () => {
    const image = { id: 'say', type: 'chat.send', config: { kind: 'image', mediaId: 'med_picture' } };
    const world = await startEngineWorld(home.connection, { flow: { nodes: [start, image], edges: [edge] } });
    const engine = world.worker({
      prepare: async (channel, content) => {
        const [row] = await world.rows({ kind: 'message' });
        await engine.takeover(channel.organization, row?.conversation ?? '', 'usr_1', false);
        return ready(content);
      },
    });
    const conversation = await world.write(engine, phone, 'hi');
    await world.rest();
    expect(world.provider.sends).toEqual([]);
    expect((await world.messages(conversation))[1]).toMatchObject({ dropped: true, rank: RANKS.PENDING });
    await world.stop();
  });
});

it('keeps its conversation while an upload takes longer than a lease', async () => {
  const simulation = createSimulation(randomOf(1));
  const place = await openSimulatedHome(simulation.now);
  try {
    const world = await startEngineWorld(place.connection, { flow, timing: { ...TIMING }, simulation });
    let prepared = 0;
    const prepare: Prepare = async () => {
      prepared++;
      await simulation.sleep(50_000); // a lease lasts 30 s
      return ready({ kind: 'image', mediaId: '777' });
    };
    const web = world.worker({ works: false });
    world.worker({ prepare });
    world.worker({ prepare });
    await simulation.play(async () => {
      const conversation = await world.hear(web, phone, 'hello');
      await post(world, web, conversation);
      while (!(await simulation.command('look', world.isAtRest))) await simulation.sleep(500);
      await world.stop();
    });
    expect(prepared).toBe(1);
    expect(world.provider.sends).toHaveLength(1);
  } finally {
    await place.close();
  }
});

describe('a provider that asks to wait, again and again', () => {
  it.each([
    ['text', say],
    ['template', offer],
  ])('uses up no try of a %s', async (_, node) => {
    const world = await startEngineWorld(home.connection, { flow: { nodes: [start, node], edges: [edge] } });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count <= 9 ? refused(130_429, 429) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    for (let time = 1; time < 10; time++) {
      expect((await world.document(conversation)).outbox.e0).toMatchObject({ attempt: 0, postponed: time });
      world.clock.ahead += 300_000;
      await engine.settle();
    }
    expect(world.provider.sends).toHaveLength(10);
    expect((await world.messages(conversation))[1]).toMatchObject({ rank: RANKS.SENT, unknown: false });
    await world.stop();
  });

  it('is not asked for ever: after a day people see why nothing went out', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    world.provider.react = () => refused(131_056);
    const conversation = await world.write(engine, phone, 'hi');
    for (let time = 0; time < 290 && (await world.document(conversation)).head === 0; time++) {
      world.clock.ahead += 300_000;
      await engine.settle();
    }
    await world.rest();
    const [, sent] = await world.messages(conversation);
    const remedy = expect.stringMatching(/^It is not tried again .*: send it anew\. Put fewer messages/);
    expect(sent).toMatchObject({ rank: RANKS.FAILED, error: { code: '131056', remedy } });
    expect(world.provider.sends.length).toBeGreaterThan(280); // every five minutes for a day
    await world.stop();
  }, 60_000);

  it('is not asked again for what a status says has gone out meanwhile', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    world.provider.react = (_send, _signal, count) => (count === 1 ? refused(131_000, 500) : refused(131_056));
    const conversation = await world.write(engine, phone, 'hi');
    await world.eventually('a second try', () => world.provider.sends.length === 2);
    await world.status(engine, world.provider.sends[0], 'SENT');
    world.clock.ahead += 10_000;
    await world.rest();
    expect(world.provider.sends).toHaveLength(2);
    expect((await world.messages(conversation))[1]).toMatchObject({ rank: RANKS.SENT });
    await world.stop();
  });
});
