import { nodeTypes } from '@parley/nodes';
import type { NodeTypes } from '@parley/runtime';
import { Timestamp } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseWebhook } from '../channels/whatsapp/meta/parse.ts';
import { metaMessage, metaWebhookBody } from '../testing/meta.ts';
import { packEvent } from './codec.ts';
import type { EventRow } from './documents.ts';
import { accepted, openHome, refused, said, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phone = '';
let phones = 447_903_000_000;

beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  phone = String(phones++);
});

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const echo = {
  nodes: [start, { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}' } }],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'say' }],
};

/** A trigger with a bug: some texts make it throw. */
const buggy: NodeTypes = new Map(
  [...nodeTypes].map(([name, type]) => [
    name,
    name !== 'trigger.message'
      ? type
      : {
          ...type,
          claims: (config: never, incoming: never) => {
            if ((incoming as { message: { text: string } }).message.text === 'poison') throw new Error('a bug');
            return type.claims?.(config, incoming) ?? null;
          },
        },
  ]),
) as never;

describe('an event that cannot be delivered', () => {
  it('is set aside after three attempts where people see it, and its neighbours go on', async () => {
    const world = await startEngineWorld(home.connection, { flow: echo, nodeTypes: buggy });
    const engine = world.worker();
    const conversation = await world.hear(engine, phone, 'before');
    for (const text of ['poison', 'after']) await world.hear(engine, phone, text);
    const other = String(phones++);
    await world.write(engine, other, 'elsewhere');
    await world.rest();
    expect(world.provider.textsTo(phone)).toEqual(['You said before', 'You said after']);
    expect(world.provider.textsTo(other)).toEqual(['You said elsewhere']);
    const [parked] = await world.rows({ state: 'parked' });
    expect(parked).toMatchObject({ attempts: 3, step: { fault: { code: 'parked' } } });
    const inbound = (await world.messages(conversation)).filter(({ direction }) => direction === 'INBOUND');
    expect(inbound.map(({ text }) => text)).toEqual(['before', 'poison', 'after']);
    await world.stop();
  });

  it('lets a flow go on that waits for it: a parked answer is an error', async () => {
    const call = { id: 'call', type: 'http.request', config: { url: 'https://a.example/' } };
    const say = (id: string) => ({ id, type: 'chat.send', config: { text: id } });
    const edges = [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'call' },
      { id: 'e2', source: 'call', sourceHandle: 'next', target: 'answered' },
      { id: 'e3', source: 'call', sourceHandle: 'error', target: 'failed' },
    ];
    const flow = { nodes: [start, call, say('answered'), say('failed')], edges };
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const answer = world.provider.web;
    // Three turns ended badly with this answer in their hands, as when leases run out on a machine that stands still.
    world.provider.web = async (request) => {
      const id = await conversation;
      const [{ id: call = '', visit = 0 } = {}] = (await world.document(id)).calls;
      const row: EventRow = {
        _id: `answer.${call}`,
        organization: 'org_test',
        conversation: id,
        kind: 'answer',
        payload: { kind: 'answer', call, visit, port: 'next', set: {}, error: null },
        arrived: new Timestamp({ t: 0, i: 0 }),
        acceptedAt: new Date(),
        state: 'new',
        attempts: 3,
      };
      await world.database.collection<EventRow>('events').insertOne(packEvent(row));
      return answer(request);
    };
    const conversation = world.hear(engine, phone, 'one');
    await world.eventually('the error', () => world.provider.texts().includes('failed'));
    world.provider.web = answer;
    await world.write(engine, phone, 'two');
    await world.rest();
    expect(world.provider.texts()).toEqual(['failed', 'answered']);
    expect(await world.rows({ state: 'parked' })).toMatchObject([
      { kind: 'answer', step: { fault: { code: 'parked' } } },
    ]);
    await world.stop();
  });

  it('counts where the turn fails elsewhere, and takes no innocent one with it', async () => {
    const world = await startEngineWorld(home.connection, { flow: echo });
    const engine = world.worker({
      store: (own) => ({
        ...own,
        commit: (document, update) => {
          if (JSON.stringify(update).includes('You said too much')) throw new Error('the store refuses this document');
          return own.commit(document, update);
        },
      }),
    });
    const texts = ['one', 'two', 'too much', 'three'];
    for (const text of texts) await world.hear(engine, phone, text);
    await world.eventually('the rest', () => world.provider.texts().includes('You said three'));
    expect(world.provider.texts()).toEqual(['one', 'two', 'three'].map((text) => `You said ${text}`));
    await world.stop();
  });

  it('older than twenty days is kept and never answered', async () => {
    const world = await startEngineWorld(home.connection, { flow: echo });
    const engine = world.worker();
    const old = { ...said(phone, 'hi', 'wamid.old'), sentAt: new Date(Date.now() - 21 * 86_400_000) };
    await engine.accept(world.channel, [old as never]);
    await world.rest();
    expect(world.provider.sends).toEqual([]);
    expect(await world.rows({ state: 'raw' })).toHaveLength(1);
    await world.stop();
  });
});

describe('a batch', () => {
  it('of 1,000 with one malformed answers 999 and keeps the one', async () => {
    const world = await startEngineWorld(home.connection, { flow: echo });
    const engine = world.worker();
    const messages = Array.from({ length: 1_000 }, (_, index) =>
      metaMessage({ id: `wamid.batch.${index}`, from: String(447_904_000_000 + (index % 50)), text: `${index}` }),
    );
    messages[500] = { from: phone, type: 'text' } as never;
    const recent = messages.map((message) => ({ ...message, timestamp: String(Math.floor(Date.now() / 1000)) }));
    const [change] = parseWebhook(JSON.parse(metaWebhookBody({ messages: recent })));
    const { conversations } = await engine.accept(world.channel, change?.elements ?? []);
    for (const conversation of conversations) engine.wake(conversation);
    await world.rest();
    expect(world.provider.sends).toHaveLength(999);
    for (let person = 0; person < 50; person++) {
      const texts = world.provider.textsTo(String(447_904_000_000 + person));
      const numbers = texts.map((text) => Number(text.replace('You said ', '')));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    expect(await world.rows({ state: 'raw' })).toHaveLength(1);
    await world.stop();
  }, 60_000);

  it('with somebody who cannot be placed is refused, and its neighbours are answered all the same', async () => {
    const world = await startEngineWorld(home.connection, { flow: echo });
    const engine = world.worker({
      store: (own) => ({
        ...own,
        conversationOf: (organization, channel, contact, recipient) =>
          recipient.value === '447905000001'
            ? Promise.reject(new Error('this one fails'))
            : own.conversationOf(organization, channel, contact, recipient),
      }),
    });
    const batch = ['447905000000', '447905000001', '447905000002'].map((from) => said(from, 'hi', `wamid.${from}`));
    await expect(engine.accept(world.channel, batch)).rejects.toThrow('this one fails');
    await world.rest();
    expect(world.provider.sends.map(({ to }) => to).toSorted()).toEqual(['447905000000', '447905000002']);
    const healthy = world.worker();
    await healthy.accept(world.channel, batch);
    await world.rest();
    expect(world.provider.sends.slice(2).map(({ to }) => to)).toEqual(['447905000001']);
    await world.stop();
  });

  it('that waits behind a full outbox never overfills it', async () => {
    const many = Array.from({ length: 8 }, (_, index) => ({
      id: `say${index}`,
      type: 'chat.send',
      config: { text: `${index}` },
    }));
    const edges = many.map(({ id }, index) => ({
      id: `e${index}`,
      source: index === 0 ? 'start' : `say${index - 1}`,
      sourceHandle: 'next',
      target: id,
    }));
    const world = await startEngineWorld(home.connection, { flow: { nodes: [start, ...many], edges } });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count === 1 ? refused(131_056) : accepted(send));
    let conversation = '';
    for (let number = 0; number < 20; number++) conversation = await world.hear(engine, phone, `hi ${number}`);
    await engine.settle();
    const { head, next } = await world.document(conversation);
    expect(next - head).toBeGreaterThanOrEqual(32);
    expect(next - head).toBeLessThanOrEqual(64);
    world.clock.ahead += 8_000;
    await world.rest();
    expect(world.provider.sends).toHaveLength(20 * 8 + 1);
    await world.stop();
  });
});

describe('a turn that ends between two writes', () => {
  it.each(['showMessages', 'flush', 'journal', 'record', 'settle', 'release', 'permit'] as const)(
    'goes on where it stopped: %s failed once',
    async (name) => {
      const world = await startEngineWorld(home.connection, { flow: echo });
      const failures = { left: 1 };
      const engine = world.worker({
        store: (own) => ({
          ...own,
          [name]: (...given: never[]) => {
            if (failures.left-- > 0) return Promise.reject(new Error('the store went away'));
            return (own[name] as (...given: never[]) => Promise<unknown>)(...given);
          },
        }),
      });
      // The provider's word comes before its answer
      world.provider.react = async (send) => {
        await world.status(engine, send, 'SENT');
        return accepted(send);
      };
      for (const text of ['1', '2', '3']) await world.hear(engine, phone, text);
      await world.rest();
      const conversation = await world.write(engine, phone, '4');
      await world.rest();
      expect(failures.left).toBeLessThan(1);
      expect(world.provider.texts()).toEqual(['1', '2', '3', '4'].map((text) => `You said ${text}`));
      expect(await world.messages(conversation)).toHaveLength(8);
      expect(await world.rows({ state: 'done' })).toHaveLength(4);
      await world.stop();
    },
  );

  it('does not carry out a withdrawn consent twice', async () => {
    const world = await startEngineWorld(home.connection, { flow: echo });
    const engine = world.worker();
    await world.write(engine, phone, 'stop');
    await world.write(engine, phone, 'hello?');
    expect(world.provider.texts()).toEqual([expect.stringContaining('no more messages')]);
    // A person gives the consent back by hand, which an old STOP may not undo
    await world.database
      .collection('contacts')
      .updateOne({ phone: `+${phone}` }, { $set: { 'consent.service': true } });
    await world.write(engine, phone, 'and now?');
    await world.write(engine, phone, 'again');
    expect(world.provider.texts().slice(1)).toEqual(['You said and now?', 'You said again']);
    await world.stop();
  });
});
