import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Gateway } from '../channels/whatsapp/gateway.ts';
import { statusElement } from '../channels/whatsapp/inbound.ts';
import { RANKS } from '../storage/messages.ts';
import { accepted, channelOf, hangs, openHome, refused, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phone = '';
let phones = 447_901_000_000;

beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  phone = String(phones++);
});

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
});
const say = (id: string, text: string) => ({ id, type: 'chat.send', config: { text } });
const talk = {
  nodes: [start, say('one', 'One'), say('two', 'Two'), { id: 'ask', type: 'chat.ask', config: { text: 'And?' } }],
  edges: [edge('start', 'next', 'one'), edge('one', 'next', 'two'), edge('two', 'next', 'ask')],
};
/** A status, not the silence, must tell. */
const patient = { silenceSecond: 1_000 };
const template = {
  nodes: [start, { id: 'offer', type: 'chat.template', config: { name: 'offer', language: 'en' } }, say('two', 'Two')],
  edges: [edge('start', 'next', 'offer'), edge('offer', 'next', 'two')],
};

describe('a send without an answer', () => {
  it('is settled by a status, and what waits behind it follows', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk, timing: patient });
    const engine = world.worker();
    world.provider.react = (send, signal) => (send.text === 'One' ? hangs(signal) : accepted(send));
    await world.write(engine, phone, 'hi');
    expect(world.provider.texts()).toEqual(['One']);
    const [open] = world.provider.sends;
    await world.status(engine, open, 'SENT');
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?']);
    await world.stop();
  });

  it('is tried once more after the silence when it is a text', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    world.provider.react = (send, signal, count) => (count === 1 ? hangs(signal) : accepted(send));
    const began = performance.now();
    const conversation = await world.write(engine, phone, 'hi');
    await world.rest();
    expect(performance.now() - began).toBeGreaterThan(120); // the silence of this world
    expect(world.provider.texts()).toEqual(['One', 'One', 'Two', 'And?']);
    expect(world.provider.sends[1]?.reference).toBe(world.provider.sends[0]?.reference);
    expect((await world.messages(conversation)).map(({ rank }) => rank)).toEqual([0, 1, 1, 1]);
    await world.stop();
  });

  it('is never tried a third time: a person sees it as unknown, until a status tells', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    world.provider.react = (send, signal) => (send.text === 'One' ? hangs(signal) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'One', 'Two', 'And?']);
    expect((await world.messages(conversation))[1]).toMatchObject({ unknown: true, rank: RANKS.PENDING });
    await world.status(engine, world.provider.sends[0], 'DELIVERED');
    expect((await world.messages(conversation))[1]).toMatchObject({ unknown: false, rank: RANKS.DELIVERED });
    await world.stop();
  });

  it('is what a status says, also when it comes just before the send is given up', async () => {
    const world = await startEngineWorld(home.connection, { flow: template });
    const web = world.worker();
    const engine = world.worker({
      store: (own) => ({
        ...own,
        markMessage: async (id, mark) => {
          if ('unknown' in mark) await world.status(web, world.provider.sends[0], 'SENT');
          await own.markMessage(id, mark);
        },
      }),
    });
    world.provider.react = (send, signal) => (send.text === 'offer' ? hangs(signal) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    await world.rest();
    expect((await world.messages(conversation))[1]).toMatchObject({ unknown: false, rank: RANKS.SENT });
    await world.stop();
  });

  it('is never tried again when it is a template, nor on a channel that says so', async () => {
    const world = await startEngineWorld(home.connection, { flow: template });
    const engine = world.worker();
    world.provider.react = (send, signal) => (send.text === 'offer' ? hangs(signal) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    await world.rest();
    expect(world.provider.texts()).toEqual(['offer', 'Two']);
    expect((await world.messages(conversation))[1]).toMatchObject({ unknown: true, rank: RANKS.PENDING });
    await world.stop();

    const early = await startEngineWorld(home.connection, { flow: template, timing: patient });
    early.provider.react = (_send, signal) => hangs(signal);
    const waiting = await early.write(early.worker(), phone, 'hi');
    expect((await early.messages(waiting))[1]).toMatchObject({ unknown: false, rank: RANKS.PENDING });
    expect((await early.document(waiting)).head).toBe(0);
    await early.stop();

    const careful = await startEngineWorld(home.connection, { flow: talk });
    careful.channel.settings.unanswered = 'unknown';
    careful.provider.react = (send, signal, count) => (count === 1 ? hangs(signal) : accepted(send));
    await careful.write(careful.worker(), phone, 'hi');
    await careful.rest();
    expect(careful.provider.texts()).toEqual(['One', 'Two', 'And?']);
    await careful.stop();
  });

  it.each([
    ['a 500 with a code', () => refused(131_000, 500)],
    ['a 502 of a proxy', () => new Response('<html>', { status: 502 })],
    ['a reset', () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }))],
    ['a 200 that is no JSON', () => new Response('hello')],
  ])('is one after %s', async (_, answer) => {
    const world = await startEngineWorld(home.connection, { flow: talk, timing: patient });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count === 1 ? answer() : accepted(send));
    await world.write(engine, phone, 'hi');
    expect(world.provider.texts()).toEqual(['One']);
    await world.status(engine, world.provider.sends[0], 'SENT');
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?']);
    await world.stop();
  });

  it.each([
    ['text', talk, ['One', 'Two', 'And?']],
    ['template', template, ['offer', 'Two']],
  ])('is none when the permit is too old: a %s goes out under the next one', async (_, flow, texts) => {
    const world = await startEngineWorld(home.connection, { flow, timing: { ...patient, lookAgain: 5_000 } });
    const clock = { monotonic: 0, pauses: 3 };
    const engine = world.worker({
      monotonic: () => clock.monotonic,
      crashpoint: (name) => {
        if ((name === 'after S8' || name === 'after S9') && clock.pauses-- > 0) clock.monotonic += 5_001;
      },
    });
    const conversation = await world.write(engine, phone, 'hi');
    expect(world.provider.sends).toEqual([]);
    expect((await world.document(conversation)).outbox.e0).toMatchObject({ state: 'queued', permit: null, attempt: 0 });
    for (let pause = 0; pause < 3; pause++) {
      world.clock.ahead += 5_000;
      await engine.settle();
    }
    await world.rest();
    expect(world.provider.texts()).toEqual(texts);
    await world.stop();
  });
});

describe('a provider that asks to wait', () => {
  it.each([
    [131_056, 8_000],
    [130_429, 5_000],
  ])('is asked again after its time: %i', async (code, pause) => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count === 1 ? refused(code) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    const { notBefore, state } = (await world.document(conversation)).outbox.e0 ?? {};
    expect(state).toBe('queued');
    expect((notBefore?.getTime() ?? 0) - Date.now()).toBeGreaterThan(pause - 2_000);
    await engine.settle();
    expect(world.provider.texts()).toEqual(['One']);
    world.clock.ahead += pause;
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'One', 'Two', 'And?']);
    await world.stop();
  });

  it('holds back nobody else', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    world.provider.react = (send) => (send.to === phone ? refused(131_056) : accepted(send));
    await world.write(engine, phone, 'hi');
    const other = String(phones++);
    await world.write(engine, other, 'hi');
    expect(world.provider.textsTo(other)).toEqual(['One', 'Two', 'And?']);
    await world.stop();
  });
});

describe('a send that fails', () => {
  const nodes = [start, say('one', 'One'), say('two', 'Two'), say('sorry', 'Sorry')];
  const edges = [edge('start', 'next', 'one'), edge('one', 'next', 'two')];
  const onlyOne = (send: { text: string; reference: string }) =>
    send.text === 'One' ? refused(131_026) : accepted(send);

  it('takes the error port where one is wired', async () => {
    const flow = { nodes, edges: [...edges, edge('one', 'error', 'sorry')] };
    const world = await startEngineWorld(home.connection, { flow });
    world.provider.react = onlyOne;
    const conversation = await world.write(world.worker(), phone, 'hi');
    expect(world.provider.texts()).toEqual(['One', 'Sorry']);
    expect((await world.document(conversation)).session?.status).toBe('done');
    await world.stop();
  });

  it('waits for the outcome where the error port is wired, and goes on', async () => {
    const flow = { nodes, edges: [...edges, edge('one', 'error', 'sorry')] };
    const world = await startEngineWorld(home.connection, { flow });
    await world.write(world.worker(), phone, 'hi');
    expect(world.provider.texts()).toEqual(['One', 'Two']);
    await world.stop();
  });

  it('goes to the handler of the flow where no port is wired', async () => {
    const ask = { id: 'ask', type: 'chat.ask', config: { text: 'And?' } };
    const flow = {
      nodes: [...nodes, ask],
      edges: [...edges, edge('two', 'next', 'ask')],
      settings: { onError: { target: 'sorry' } },
    };
    const world = await startEngineWorld(home.connection, { flow });
    world.provider.react = onlyOne;
    await world.write(world.worker(), phone, 'hi');
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?', 'Sorry']);
    await world.stop();
  });

  it('fails the session where nobody handles it', async () => {
    const ask = { id: 'ask', type: 'chat.ask', config: { text: 'And?' } };
    const world = await startEngineWorld(home.connection, {
      flow: { nodes: [...nodes, ask], edges: [...edges, edge('two', 'next', 'ask')] },
    });
    world.provider.react = onlyOne;
    const conversation = await world.write(world.worker(), phone, 'hi');
    await world.rest();
    expect((await world.document(conversation)).session?.status).toBe('failed');
    const [result] = await world.rows({ kind: 'result' });
    expect(result?.step?.fault).toMatchObject({ code: 'send_failed' });
    await world.stop();
  });

  it.each([
    [false, ['And?']],
    [true, ['Sorry']],
  ])('ends no flow over a reaction that the provider does not have; the error port wired: %s', async (wired, texts) => {
    const like = { id: 'like', type: 'chat.react', config: { emoji: '👍' } };
    const ask = { id: 'ask', type: 'chat.ask', config: { text: 'And?' } };
    const ways = [edge('start', 'next', 'like'), edge('like', 'next', 'ask'), edge('like', 'error', 'sorry')];
    const world = await startEngineWorld(home.connection, {
      flow: { nodes: [start, like, ask, say('sorry', 'Sorry')], edges: wired ? ways : ways.slice(0, 2) },
    });
    Object.assign(world.channel, { provider: 'twilio' });
    const twilio: Gateway = async ({ content, reference }) => {
      if (content.kind === 'text') sent.push(content.text);
      return { kind: 'accepted', providerId: `SM.${reference}` };
    };
    const sent: string[] = [];
    const conversation = await world.write(world.worker({ gateways: { twilio } }), phone, 'hi');
    await world.rest();
    expect(sent).toEqual(texts);
    expect((await world.document(conversation)).session?.status).not.toBe('failed');
    expect((await world.messages(conversation))[1]).toMatchObject({ error: { code: 'unsupported_content' } });
    await world.stop();
  });
});

describe('a status', () => {
  const ask = { id: 'ask', type: 'chat.ask', config: { text: 'And?' } };
  const flow = {
    nodes: [start, say('sorry', 'Sorry'), ask],
    edges: [edge('start', 'next', 'ask')],
    settings: { onError: { target: 'sorry' } },
  };

  it('tells the flow of a send that failed late', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    await world.write(engine, phone, 'hi');
    const { conversations } = await world.status(engine, world.provider.sends[0], 'FAILED');
    for (const conversation of conversations) engine.wake(conversation);
    await world.rest();
    expect(world.provider.texts()).toEqual(['And?', 'Sorry']);
    await world.stop();
  });

  it('tells the flow nothing where the message was delivered after all', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    await world.write(engine, phone, 'hi');
    const [sent] = world.provider.sends;
    await world.status(engine, sent, 'DELIVERED');
    await world.status(engine, sent, 'FAILED');
    await world.rest();
    expect(world.provider.texts()).toEqual(['And?']);
    expect(await world.rows({ kind: 'result' })).toEqual([]);
    await world.stop();
  });

  it('of another channel changes nothing', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    const [sent] = world.provider.sends;
    const before = await world.messages(conversation);
    const forged = await world.status(engine, sent, 'FAILED', channelOf('chn_other'));
    await world.rest();
    expect(forged.conversations).toEqual([]);
    expect(await world.messages(conversation)).toEqual(before);
    expect(world.provider.texts()).toEqual(['And?']);
    expect(await world.rows({ state: 'raw' })).toHaveLength(1);
    await world.stop();
  });

  it('never makes a message fall back, in whatever order they come', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    for (const order of permutations(['SENT', 'FAILED', 'DELIVERED', 'READ', 'SENT'] as const)) {
      const to = String(phones++);
      const conversation = await world.write(engine, to, 'hi');
      const sent = world.provider.sends.find((one) => one.to === to);
      let highest = 1;
      for (const name of order) {
        await world.status(engine, sent, name);
        const rank = (await world.messages(conversation))[1]?.rank ?? 0;
        expect(rank).toBe(Math.max(highest, RANKS[name]));
        highest = rank;
      }
    }
    await world.stop();
  });

  it('without our reference waits for the answer that names its message', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const early = statusElement({
      providerId: 'wamid.early',
      reference: null,
      status: 'FAILED',
      at: new Date(),
      error: { code: '131026', reason: 'Not on WhatsApp.' },
      raw: null,
    });
    world.provider.react = async () => {
      await engine.accept(world.channel, [early]);
      return Response.json({ messages: [{ id: 'wamid.early' }] });
    };
    const conversation = await world.write(engine, phone, 'hi');
    world.provider.react = accepted;
    await world.eventually('the sorry', () => world.provider.texts().includes('Sorry'));
    expect((await world.messages(conversation))[1]?.rank).toBe(RANKS.FAILED);
    await world.stop();
  });
});

function permutations<One>(list: readonly One[]): One[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, index) => permutations(list.toSpliced(index, 1)).map((rest) => [one, ...rest]));
}
